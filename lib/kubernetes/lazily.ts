import { Lazy } from 'cdk8s';

/** A value that is asked for when the manifest is written; it stands where the type of the value is wanted. */
export function lazily<T>(produce: () => T): T {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- cdk8s types what is said later as any
  return Lazy.any({ produce });
}
