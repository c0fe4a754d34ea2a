import * as http from 'node:http';

/** A web server in front of a store, which answers each request late while it is slow. */
export class SlowFront {
  /** Seconds until a request is passed on. */
  public delay = 0;
  private readonly server: http.Server;

  constructor(store: number) {
    this.server = http.createServer((request, response) => {
      const { url, method, headers } = request;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        setTimeout(() => {
          // whoever gave up sends it again
          if (response.destroyed) {
            return;
          }
          const behind = http.request({ port: store, host: '127.0.0.1', path: url, method, headers }, (answer) => {
            response.writeHead(answer.statusCode ?? 502);
            answer.pipe(response);
          });
          behind.on('error', () => response.destroy());
          behind.end(Buffer.concat(chunks));
        }, this.delay * 1000);
      });
    });
  }

  public listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
