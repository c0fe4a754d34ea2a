import { inPlain, Manifest } from './manifests';

function isSecret(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Secret' && 'data' in value && !('stringData' in value);
}

/** Jest's hook: a snapshot shows the texts of a Secret, as `stringData`, that a manifest has in base64. */
export function test(value: unknown): boolean {
  return isSecret(value);
}

/** Jest's hook: prints the Secret with its texts. */
export function serialize<C, R>(secret: Manifest, config: C, indentation: string, depth: number, refs: R,
  printer: (value: unknown, config: C, indentation: string, depth: number, refs: R) => string): string {
  return printer(inPlain(secret), config, indentation, depth, refs);
}
