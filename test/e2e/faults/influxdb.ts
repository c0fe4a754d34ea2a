import * as fs from 'node:fs';
import * as path from 'node:path';
import { influxDbPath, influxDbSamples, Samples, Span } from '../harness/store-samples';
import { Place, Processes } from '../thanos/processes';

const PASSWORDS = { 'admin-password': 'admin', 'write-password': 'write', 'read-password': 'read', 'token': 'admin:admin' };

/** The InfluxDB `influxdb` of the manifests as a process. Its users are those of the Secret `users`, whose `token` is the administrator's. */
export class LocalInfluxDb {
  /** Folder with the files of the Secret `users`. */
  public readonly secrets: { readonly users: string };

  constructor(private readonly programs: Processes, private readonly port: number) {
    this.secrets = { users: programs.folder('users') };
    Object.entries(PASSWORDS).forEach(([key, text]) => fs.writeFileSync(path.join(this.secrets.users, key), text));
  }

  public get place(): Place {
    return {
      name: 'influxdb', workload: ['StatefulSet', 'influxdb'], container: 'influxdb', ports: { 8086: this.port }, shared: { '/var/lib/influxdb': 'influxdb-data' },
      secrets: this.secrets, env: { INFLUXDB_BIND_ADDRESS: '127.0.0.1:0' },
    };
  }

  /** Runs the init container and then the server, as the Pod does. */
  public async start(): Promise<void> {
    await this.programs.run({ ...this.place, name: 'influxdb-initialize', container: 'initialize', ports: {} });
    await this.programs.start(this.place);
  }

  /** Runs a statement as the administrator. */
  public async run(statement: string): Promise<void> {
    expect((await this.ask(`/query?q=${encodeURIComponent(statement)}`, 'POST')).ok).toBe(true);
  }

  /** Its samples. */
  public async samples(span: Span, database?: string): Promise<Samples> {
    return influxDbSamples(await (await this.ask(influxDbPath(span, database))).text(), span);
  }

  private ask(page: string, method: string = 'GET'): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${page}`, { method, headers: { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` } });
  }
}
