/** Port of the reloader's own metrics. */
export const RELOADER_PORT = 8080;
/** Name of that port. */
export const RELOADER_PORT_NAME = 'reloader-web';
