import * as http from 'node:http';

/** Samples that are easily lost or changed on their way, and such as no sink stores. */
const ODD = `odd_text{value="a \\"quoted\\\\ one,\\nb=c {d} é <e> $f"} 1
{"odd.name","service.name"="shop","service.instance.id"="a.b"} 2
odd_value{is="large whole"} 1.8446744073709552e+19
odd_value{is="largest"} 1.7976931348623157e+308
odd_value{is="smallest"} 5e-324
odd_value{is="negative"} -0.1
odd_value{is="zero"} 0
odd_value{is="many digits"} 0.30000000000000004
odd_value{is="above 2^53"} 9007199254740993
odd_value{is="NaN"} NaN
odd_value{is="infinite"} +Inf
odd_value{is="negative infinite"} -Inf
`;

/** Scrapes in which a series is there; then it ends by a stale marker. */
const SCRAPES_OF_ENDING = 4;

/** A target with odd samples, and a series that ends. */
export class OddTarget {
  private scrapes = 0;
  private readonly server = http.createServer((_, response) => {
    this.scrapes += 1;
    response.writeHead(200, { 'Content-Type': 'text/plain; version=1.0.0; escaping=allow-utf-8' }).end(`${ODD}${this.scrapes > SCRAPES_OF_ENDING ? '' : 'odd_ending 1\n'}`);
  });

  /** Has it answer at a port. */
  public listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  /** Ends it. */
  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
