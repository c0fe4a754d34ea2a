import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration, Size } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { parse, stringify } from 'yaml';
import {
  AlertingRule, AlertmanagerServer, AlertRouting, BasicAuth, Integration, PrometheusServer, Receiver, RuleGroup, SecretKey, Severity, TlsClient,
  TlsServer, WebConfig,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { find, Loose, Manifest, nameOf, ofKind } from '../../manifests';
import { until } from '../thanos/processes';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-web-'));
const PASSWORD = 'correct horse';
/** Hash of the password. */
const HASH = '$2a$04$RwK6c6urXjdaCxpeeKnBzuLHfMcUbu6rrRTe34mwtejCGnDQJxY2W';

/** The Secret with all that servers and clients read. */
const SECRET = path.join(root, 'secret');
fs.mkdirSync(SECRET);
execFileSync('openssl', [
  'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=alertmanager',
  '-addext', 'subjectAltName=DNS:alertmanager.monitoring.svc', '-keyout', 'tls.key', '-out', 'tls.crt',
], { cwd: SECRET, stdio: 'pipe' });
fs.copyFileSync(path.join(SECRET, 'tls.crt'), path.join(SECRET, 'ca.crt'));
fs.writeFileSync(path.join(SECRET, 'password'), PASSWORD);
fs.writeFileSync(path.join(SECRET, 'web.yml'), stringify({
  tls_server_config: { cert_file: path.join(SECRET, 'tls.crt'), key_file: path.join(SECRET, 'tls.key') }, basic_auth_users: { prometheus: HASH },
}));

const WEBS: { readonly [kind: string]: (secret: ISecret) => WebConfig } = {
  'certificate': (secret) => WebConfig.tls(TlsServer.fromSecret(secret)),
  'certificate and password': (secret) => WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), {
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'prometheus', password: SecretKey.of(secret, 'password') }),
  }),
};

const running: ChildProcess[] = [];

afterAll(() => {
  running.forEach((child) => child.kill('SIGKILL'));
  fs.rmSync(root, { recursive: true });
});

/** A pair on this machine: the flags and files of the manifests, with folders and addresses of this machine. */
class Pair {
  private readonly dir: string;
  private readonly objects: Manifest[];

  constructor(name: string, private readonly ports: { readonly prometheus: number; readonly alertmanager: number; readonly reloader: number }) {
    this.dir = path.join(root, name.replaceAll(' ', '-'));
    const chart = newChart();
    const alertmanager = new AlertmanagerServer(chart, 'alertmanager', {
      web: WEBS[name](Secret.fromSecretName(chart, 'web', 'am-web')),
      limits: { maxSilences: 9, maxSilenceSize: Size.kibibytes(1), maxAlertsPerName: 99, concurrentReads: 3, requestTimeout: Duration.seconds(30) },
      gossip: {
        peerTimeout: Duration.seconds(20), gossipInterval: Duration.millis(300), pushPullInterval: Duration.minutes(2),
        settleTimeout: Duration.seconds(9),
      },
      enableFeatures: ['receiver-name-in-metrics', 'muted-alerts-in-nflog'],
      dispatchStartDelay: Duration.seconds(5),
      routing: new AlertRouting({ receiver: Receiver.of('first', Integration.webhook({ url: 'http://127.0.0.1:1/' })) }),
    });
    const prometheus = new PrometheusServer(chart, 'prometheus', {
      scrapeInterval: Duration.seconds(1), scrapeTimeout: Duration.seconds(1), evaluationInterval: Duration.seconds(1), selfMonitoring: false,
    });
    prometheus.sendAlertsTo(alertmanager);
    prometheus.addRules(new RuleGroup({
      name: 'shop', rules: [new AlertingRule({ alert: 'ShopSilent', expr: 'vector(1)', severity: Severity.CRITICAL, summary: 'x', description: 'y' })],
    }));
    this.objects = manifests(chart);
    ['prometheus', 'alertmanager'].forEach((program) => {
      fs.mkdirSync(path.join(this.dir, program, 'secrets'), { recursive: true });
      fs.symlinkSync(SECRET, path.join(this.dir, program, 'secrets/am-web'));
    });
    fs.mkdirSync(path.join(this.dir, 'alertmanager/secrets/alertmanager-secrets'));
    this.write('alertmanager/config', 'alertmanager-config');
    this.write('prometheus/config', 'prometheus-config');
    ofKind(this.objects, 'ConfigMap').map(nameOf).filter((map) => map.startsWith('prometheus-rules-')).forEach((map) => this.write('prometheus/rules', map));
  }

  public get configuration(): string {
    return path.join(this.dir, 'alertmanager/config/alertmanager.yaml');
  }

  /** Containers of the Alertmanager. */
  public get containers(): Loose[] {
    return find(this.objects, 'StatefulSet', 'alertmanager').spec.template.spec.containers;
  }

  public start(): void {
    const { prometheus, alertmanager, reloader } = this.ports;
    const [server, beside] = this.containers;
    this.run('alertmanager', [...server.args, `--web.listen-address=127.0.0.1:${alertmanager}`]);
    this.run('prometheus', [...find(this.objects, 'Deployment', 'prometheus').spec.template.spec.containers[0].args, `--web.listen-address=127.0.0.1:${prometheus}`]);
    if (beside !== undefined) {
      this.run('prometheus-config-reloader', beside.args.map((arg: string) => arg.replace('=:8080', `=127.0.0.1:${reloader}`)));
    }
  }

  /** Names that a page of Prometheus has. */
  public async ofPrometheus(page: string): Promise<Loose> {
    const { data }: Loose = await (await fetch(`http://127.0.0.1:${this.ports.prometheus}/api/v1/${page}`)).json();
    return data;
  }

  /** Status and body of a page of the Alertmanager, asked with the authority of its certificate. */
  public ask(page: string, auth?: string): Promise<{ readonly status?: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const request = https.get({
        host: '127.0.0.1', port: this.ports.alertmanager, path: page, servername: 'alertmanager.monitoring.svc', ca: fs.readFileSync(path.join(SECRET, 'ca.crt'), 'utf8'), auth,
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }));
      });
      request.on('error', reject);
    });
  }

  private run(program: string, args: readonly string[]): void {
    const log = fs.openSync(path.join(this.dir, `${program}.log`), 'a');
    running.push(spawn(program, args.map((arg) => this.local(arg)), { stdio: ['ignore', log, log] }));
  }

  /** A text with the folders and the ports of this machine. */
  private local(text: string): string {
    const { alertmanager } = this.ports;
    return text.replaceAll(/\/etc\/(prometheus|alertmanager)\//g, `${this.dir}/$1/`)
      .replaceAll('127.0.0.1:9093', `127.0.0.1:${alertmanager}`)
      .replace(/=\/(prometheus|alertmanager)$/, `=${this.dir}/$1-data`);
  }

  private write(to: string, configMap: string): void {
    fs.mkdirSync(path.join(this.dir, to), { recursive: true });
    Object.entries<string>(find(this.objects, 'ConfigMap', configMap).data).forEach(([file, text]) => {
      fs.writeFileSync(path.join(this.dir, to, file), this.local(file === 'prometheus.yml' ? this.withoutDiscovery(text) : text));
    });
  }

  /** A configuration of Prometheus with addresses in the place of what it would discover. */
  private withoutDiscovery(text: string): string {
    const { alertmanager } = this.ports;
    const here = ({ kubernetes_sd_configs: _discovery, relabel_configs: _relabelings, ...config }: Loose) => (
      { ...config, static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }
    );
    const { alerting, scrape_configs: jobs, ...configuration } = parse(text);
    return stringify({
      ...configuration,
      alerting: { ...alerting, alertmanagers: alerting.alertmanagers.map(here) },
      scrape_configs: jobs.filter((job: Loose) => job.job_name === 'alertmanager/web').map(here),
    });
  }
}

describe.each(Object.keys(WEBS).map((kind, i) => ({ kind, base: 22_420 + 3 * i, auth: kind.includes('password') ? `prometheus:${PASSWORD}` : undefined })))(
  'an Alertmanager with $kind', ({ kind, base, auth }) => {
    const pair = new Pair(kind, { prometheus: base, alertmanager: base + 1, reloader: base + 2 });

    beforeAll(async () => {
      pair.start();
      await until('Alertmanager answers', async () => (await pair.ask('/-/ready', auth)).status === 200, 60);
    });

    test('answers neither in clear nor without its password', async () => {
      expect((await fetch(`http://127.0.0.1:${base + 1}/-/ready`)).status).toBe(400);
      expect((await pair.ask('/-/ready')).status).toBe(auth === undefined ? 200 : 401);
    });

    test('gets the alerts of Prometheus', async () => {
      await until('the alert is there', async () => (await pair.ask('/api/v2/alerts', auth)).body.includes('ShopSilent'), 60);
      const { activeAlertmanagers } = await pair.ofPrometheus('alertmanagers');
      expect(activeAlertmanagers).toEqual([{ url: `https://127.0.0.1:${base + 1}/api/v2/alerts` }]);
    });

    test('is scraped', async () => {
      await until('its target is up', async () => {
        const { activeTargets } = await pair.ofPrometheus('targets');
        expect(activeTargets).toMatchObject([{ health: 'up', scrapeUrl: `https://127.0.0.1:${base + 1}/metrics` }]);
        return true;
      }, 60);
    });

    test('has a change loaded by its reloader, and with a password has none', async () => {
      const { body: before } = await pair.ask('/api/v2/receivers', auth);
      expect(before).toContain('first');
      fs.writeFileSync(pair.configuration, fs.readFileSync(pair.configuration, 'utf8').replaceAll('first', 'second'));
      if (auth === undefined) {
        await until('the change is loaded', async () => (await pair.ask('/api/v2/receivers')).body.includes('second'), 60);
      } else {
        expect(pair.containers).toHaveLength(1);
      }
    });
  },
);
