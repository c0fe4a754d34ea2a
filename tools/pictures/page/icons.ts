declare global {
  /** Grafana's icons by their paths, such as `unicons/angle-down.svg`. Written into the page before this runs. */
  const ICONS: Readonly<Record<string, string | undefined>>;
}

/** Answers requests for icons, the only ones that Grafana's components make, from what the page holds. */
export function serveIcons(): void {
  globalThis.fetch = (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const icon = ICONS[url.replace(/^.*\/img\/icons\//, '')];
    return Promise.resolve(icon === undefined ? new Response('', { status: 404 }) : new Response(icon, { headers: { 'content-type': 'image/svg+xml' } }));
  };
}
