import * as net from 'node:net';

/** A memcached that keeps what it is sent, with the few commands that Thanos uses. */
export class Memcached {
  public readonly items = new Map<string, { readonly flags: string; readonly value: Buffer }>();
  private readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer((socket) => this.serve(socket));

  /** Listens on a port of the loopback. */
  public async start(port: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  /** Ends at once, with all connections. */
  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.server.close(resolve);
    });
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  private serve(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    socket.on('data', (part) => {
      rest = Buffer.concat([rest, part]);
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const words = rest.subarray(0, end).toString().split(' ');
        const size = words[0] === 'set' ? Number(words[4]) + 2 : 0;
        if (rest.length < end + 2 + size) {
          return;
        }
        socket.write(this.answer(words, rest.subarray(end + 2, end + size)));
        rest = rest.subarray(end + 2 + size);
      }
    });
  }

  private answer([command, key, ...more]: readonly string[], value: Buffer): Buffer {
    if (command === 'set') {
      this.items.set(key, { flags: more[0], value: Buffer.from(value) });
      return Buffer.from('STORED\r\n');
    }
    const found = [key, ...more].flatMap((each) => {
      const item = this.items.get(each);
      return item === undefined ? [] : [Buffer.from(`VALUE ${each} ${item.flags} ${item.value.length} 1\r\n`), item.value, Buffer.from('\r\n')];
    });
    return Buffer.concat([...found, Buffer.from('END\r\n')]);
  }
}
