import * as fs from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as path from 'node:path';
import { Arrived, Collector } from './arrived';
import { jarsOf, javaCommand } from './jvm';
import { answers, Program } from './program';
import { writeFiles } from '../../files';
import { Certificate } from '../faults/certificates';
import { Span } from '../harness/store-samples';
import { Loose } from '../../manifests';

/** Where OpenSearch listens, and the proxy before it. */
export interface OpenSearchPorts {
  readonly http: number;
  readonly transport: number;
  readonly proxy: number;
}

/** Who may ask the proxy. */
export interface OpenSearchLogin {
  readonly name: string;
  readonly password: string;
  readonly apiKey: string;
}

/** A plugin that is a jar of Maven, as OpenSearch loads it: from a folder with its jars, which are not in the class path, and a descriptor. */
interface Module {
  readonly name: string;
  readonly classname: string;
  readonly jars: RegExp;
  readonly permissions?: readonly string[];
}

const MODULES: readonly Module[] = [
  {
    name: 'transport-netty4', classname: 'org.opensearch.transport.Netty4Plugin', jars: /^(transport-)?netty/,
    permissions: ['java.net.SocketPermission "*", "accept,connect,resolve"', 'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"'],
  },
  { name: 'analysis-common', classname: 'org.opensearch.analysis.common.CommonAnalysisPlugin', jars: /^analysis-common/ },
];
const LOG = `appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`;

/** The user `nobody`, since OpenSearch refuses to run as root. */
const NOBODY = 65_534;

function settingsOf(folder: string, ports: OpenSearchPorts): string {
  return Object.entries({
    'cluster.name': 'sinks', 'node.name': 'one', 'discovery.type': 'single-node', 'network.host': '127.0.0.1',
    'http.port': ports.http, 'transport.port': ports.transport, 'path.data': path.join(folder, 'data'), 'path.logs': path.join(folder, 'logs'),
    // Says that it is 7.10.2, as it was called Elasticsearch: clients of that refuse others.
    'compatibility.override_main_response_version': true,
    'cluster.routing.allocation.disk.threshold_enabled': false,
  }).map(([key, value]) => `${key}: ${value}\n`).join('');
}

function writeModule(folder: string, version: string, jars: readonly string[], { name, classname, jars: own, permissions = [] }: Module): void {
  const descriptor = Object.entries({ name, 'description': name, version, 'opensearch.version': version, 'java.version': '1.8', classname, 'has.native.controller': 'false' });
  writeFiles(folder, {
    'plugin-descriptor.properties': descriptor.map(([key, value]) => `${key}=${value}\n`).join(''),
    'plugin-security.policy': `grant {\n${permissions.map((each) => `  permission ${each};\n`).join('')}};\n`,
  });
  jars.filter((jar) => own.test(path.basename(jar))).forEach((jar) => fs.copyFileSync(jar, path.join(folder, path.basename(jar))));
}

/** Writes the home of OpenSearch, and gives the jars of its class path. */
function writeHome(folder: string, ports: OpenSearchPorts): string[] {
  const home = jarsOf('opensearch');
  const [, version] = /opensearch-(\d+\.\d+\.\d+)/.exec(path.basename(home)) ?? [];
  const jars = fs.readdirSync(home).map((jar) => path.join(home, jar));
  writeFiles(folder, { 'config/opensearch.yml': settingsOf(folder, ports), 'config/log4j2.properties': LOG });
  MODULES.forEach((each) => writeModule(path.join(folder, 'modules', each.name), version, jars, each));
  ['data', 'logs', 'plugins', 'tmp'].forEach((name) => fs.mkdirSync(path.join(folder, name)));
  return jars.filter((jar) => !MODULES.some(({ jars: own }) => own.test(path.basename(jar))));
}

/** OpenSearch, and before it a proxy that has a certificate and asks for a password or an API key. While OpenSearch is away it closes connections. */
export class OpenSearch {
  private readonly server: Program;
  private readonly proxy: https.Server;

  constructor(folder: string, private readonly ports: OpenSearchPorts, certificate: Certificate, login: OpenSearchLogin) {
    const jars = writeHome(folder, ports);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).concat('.').forEach((file) => fs.chownSync(path.join(folder, file), NOBODY, NOBODY));
    }
    const options = {
      'java.security.manager': 'allow', 'log4j2.disable.jmx': 'true', 'log4j2.configurationFile': `${folder}/config/log4j2.properties`, 'io.netty.noUnsafe': 'true',
      'opensearch.path.home': folder, 'opensearch.path.conf': `${folder}/config`, 'opensearch.distribution.type': 'tar', 'opensearch.bundled_jdk': 'false',
      'java.io.tmpdir': `${folder}/tmp`,
    };
    const command = javaCommand(jars, 'org.opensearch.bootstrap.OpenSearch', Object.entries(options).map(([key, value]) => `-D${key}=${value}`));
    this.server = new Program('opensearch', folder, { ...command, user: isRoot ? NOBODY : undefined });
    const accepted = [`Basic ${Buffer.from(`${login.name}:${login.password}`).toString('base64')}`, `ApiKey ${login.apiKey}`];
    this.proxy = https.createServer({ ...certificate }, (request, response) => {
      if (accepted.includes(request.headers.authorization ?? '')) {
        this.pass(request, response);
      } else {
        request.resume().on('end', () => response.writeHead(401).end('Unauthorized'));
      }
    });
  }

  /** Starts it, and waits until it answers. */
  public start(): Promise<void> {
    return this.server.start(() => answers(`${this.url}/_cluster/health?wait_for_status=yellow&timeout=1s`));
  }

  /** Has the proxy listen. */
  public listen(): Promise<void> {
    return new Promise((resolve) => {
      this.proxy.listen(this.ports.proxy, 'localhost', resolve);
    });
  }

  /** Kills it. */
  public kill(): Promise<void> {
    return this.server.kill();
  }

  /** Ends the proxy. */
  public close(): void {
    this.proxy.close();
    this.proxy.closeAllConnections();
  }

  /** Samples of the documents in the indices of a sink, each of which is of a day. */
  public async samples(index: string, span: Span): Promise<Arrived> {
    const collector = new Collector(span);
    await this.ask(`/${index}-2*/_refresh`);
    const query = { range: { '@timestamp': { gt: span.start * 1000, lte: span.end * 1000, format: 'epoch_millis' } } };
    let page = await this.ask(`/${index}-2*/_search?scroll=1m`, { size: 5000, sort: ['_doc'], query });
    while (page.hits.hits.length > 0) {
      page.hits.hits.forEach(({ _source: document }: Loose) => addDocument(collector, document));
      page = await this.ask('/_search/scroll', { scroll: '1m', scroll_id: page._scroll_id });
    }
    return collector.arrived;
  }

  private get url(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  private async ask(page: string, body: object = {}): Promise<Loose> {
    const response = await fetch(`${this.url}${page}`, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${page}: ${text.slice(0, 1000)}`);
    }
    return JSON.parse(text);
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method, url, headers } = request;
    const inner = http.request(`${this.url}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    inner.on('error', () => response.destroy());
    request.pipe(inner);
  }
}

/** A document as a gateway writes it that acknowledges, or one that buffers. */
function addDocument(collector: Collector, { '@timestamp': at, name, labels, value, tag, prometheus }: Loose): void {
  if (tag === undefined) {
    collector.add({ __name__: name, ...labels }, at, value);
  } else {
    collector.add(tag, Date.parse(at), prometheus.value);
  }
}
