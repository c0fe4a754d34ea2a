/** The path of a URL without a slash at its end, which a program serves everything below; empty without one. */
export function urlPath(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).pathname.replace(/\/+$/, '');
}
