import { JsonPatch } from 'cdk8s';

/** Data with JSON patches applied. Throws, with the place and the patch, where one does not apply. */
export function applyPatches(where: string, data: unknown, patches: readonly JsonPatch[], of: string = 'manifest'): unknown {
  return patches.reduce((patched, patch, i) => {
    try {
      const result: unknown = JsonPatch.apply(patched, patch);
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      throw new Error(`${where}: JSON patch ${i + 1} of ${patches.length} does not apply: ${reason}; each path has to exist in the ${of}, for 'add' all but its last part`);
    }
  }, data);
}
