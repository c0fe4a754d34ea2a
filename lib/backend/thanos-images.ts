import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { WorkloadOptions } from '../kubernetes';

/** Port of the StoreAPI. */
export const THANOS_GRPC_PORT = 10901;
/** Port of the web server. */
export const THANOS_HTTP_PORT = 10902;

/** Image of Thanos and its version. Throws on an image of a version that the library does not know. */
export function thanosImage(where: string, options: Pick<WorkloadOptions, 'image' | 'registry'>): { readonly image: string; readonly version: string } {
  const image = imageOf('thanos', options);
  const version = versionOf('thanos', image);
  if (!atLeast(version, '0.41')) {
    throw new Error(`${where}: image '${image}' is Thanos ${version}, and the library knows 0.41 and newer; choose a newer image`);
  }
  return { image, version };
}
