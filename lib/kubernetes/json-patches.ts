import { JsonPatch } from 'cdk8s';
import { isJsonMap } from '../json';

/** A patch as a message names it: `replace of '/spec/replicas'`. */
function named(patch: JsonPatch): string {
  const operation: unknown = patch._toJson();
  return isJsonMap(operation) ? `${String(operation.op)} of '${String(operation.path)}'` : 'no operation';
}

/** Data with JSON patches applied. Throws, with the place and the patch, where one does not apply. */
export function applyPatches(where: string, data: unknown, patches: readonly JsonPatch[], of: string = 'manifest'): unknown {
  return patches.reduce((patched, patch, i) => {
    try {
      const result: unknown = JsonPatch.apply(patched, patch);
      return result;
    } catch (error) {
      const said = named(patch);
      const wayOut = said.startsWith('test') ? `the ${of} has another value there, take the test out` : `each path has to exist in the ${of}, for 'add' all but its last part`;
      throw new Error(`${where}: JSON patch ${i + 1} of ${patches.length} does not apply, ${said}; ${wayOut}`, { cause: error });
    }
  }, data);
}
