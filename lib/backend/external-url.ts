import { checkServedPath, checkUrl } from '../checks';
import { Exposure } from '../kubernetes';
import { urlPath } from '../text';

/** Props that say under which URL browsers reach a program. */
interface ExternalUrlProps {
  readonly externalUrl?: string;
  readonly exposure?: Exposure;
}

/**
 * The URL by which browsers reach a program: the prop, else that of the exposure. Throws when it is none, has a path that the program cannot be
 * served below, or another one than the exposure.
 */
export function externalUrlOf(where: string, { externalUrl, exposure }: ExternalUrlProps): string | undefined {
  if (externalUrl === undefined) {
    return exposure?._externalUrl;
  }
  const at = `${where}: externalUrl`;
  checkUrl(externalUrl, at);
  // As it is written: URL would resolve '..'.
  checkServedPath(externalUrl.replace(/^[^:]+:\/\/[^/?#]*/, '') || '/', at);
  const [path, exposed] = [urlPath(externalUrl), exposure?._path];
  if (exposed !== undefined && exposed !== path) {
    throw new Error(`${at}: '${externalUrl}' has the path '${path || '/'}', and 'exposure' leads '${exposed}' to the program; write both with the same path`);
  }
  return externalUrl;
}
