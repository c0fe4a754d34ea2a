import * as fs from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Certificate, certificate } from './certificates';
import { LocalInfluxDb } from './influxdb';
import { now, pause, WritingPrometheus } from './writing-prometheus';
import {
  DataStorage, Delivery, ForwardOptions, InfluxDb, InfluxDbCredentials, MetricSelection, PrometheusServer, RuleEdit, SecretKey, Sink, TlsClient,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Place, Processes } from '../thanos/processes';

/**
 * A Prometheus that forwards to InfluxDB behind three web servers, one of which shows a good certificate, one that of another authority, and one that
 * of another name; and to the second as if it were Kafka. Each has a gateway that acknowledges and one that buffers.
 */
const BASE = 22_420;
const PORTS = { prometheus: BASE, influxdb: BASE + 1, good: BASE + 2, stranger: BASE + 3, misnamed: BASE + 4 };
const SERVERS = ['good', 'stranger', 'misnamed'] as const;
const DELIVERIES = [['acknowledged', Delivery.acknowledged()], ['buffered', Delivery.buffered(Duration.minutes(6))]] as const;
const SELECTED = 'go_.+|process_.+|up';
const ALERTS = ['SinkGatewayDeliveryFailing', 'SinkGatewayBufferFilling', 'SinkGatewayNotConnected', 'SinkGatewayDown', 'PrometheusRemoteWriteBehind', 'PrometheusRemoteStorageFailures'];
const chart = newChart();
const users = Secret.fromSecretName(chart, 'users', 'users');
new InfluxDb(chart, 'influxdb', { credentials: InfluxDbCredentials.fromSecret(users), storage: DataStorage.emptyDir() });
const interval = Duration.seconds(2);
const server = new PrometheusServer(chart, 'prometheus', { scrapeInterval: interval, evaluationInterval: interval });
const tls = TlsClient.secretCa(SecretKey.of(Secret.fromSecretName(chart, 'authority', 'authority'), 'ca.crt'));

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-certificates-'));
const gateways = [...SERVERS, 'kafka'].flatMap((to, i) => DELIVERIES.map(([kind, delivery], n) => {
  const name = `${to}-${kind}`;
  const options: ForwardOptions = { name, delivery, samplesPerSecond: 200, select: MetricSelection.keep(SELECTED) };
  server.forward(to === 'kafka'
    ? Sink.kafka({ brokers: [`localhost:${PORTS.stranger}`], topic: 'metrics', tls })
    : Sink.influxDb({ url: `https://localhost:${PORTS[to as typeof SERVERS[number]]}`, bucket: name, token: SecretKey.of(users, 'token'), tls }), options);
  const port = BASE + 10 + 4 * i + 2 * n;
  return { name, write: port, metrics: kind === 'acknowledged' ? port : port + 1 };
}));
server.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(5))));

const programs = new Processes(root, manifests(chart));
const influxDb = new LocalInfluxDb(programs, PORTS.influxdb);
const certificates = {
  good: certificate(programs.folder('good'), 'localhost'),
  stranger: certificate(programs.folder('stranger'), 'localhost'),
  misnamed: certificate(programs.folder('misnamed'), 'elsewhere.example.com'),
};
// what the gateways trust
fs.writeFileSync(path.join(programs.folder('authority'), 'ca.crt'), certificates.good.cert + certificates.misnamed.cert);
const secrets = { ...influxDb.secrets, authority: programs.folder('authority') };

/** A web server in front of the InfluxDB. */
class Front {
  public answered = 0;
  private readonly server: https.Server;

  constructor(given: Certificate) {
    this.server = https.createServer({ ...given }, (request, response) => {
      this.answered += 1;
      const { url, method, headers } = request;
      const behind = http.request({ port: PORTS.influxdb, host: '127.0.0.1', path: url, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      behind.on('error', () => response.destroy());
      request.pipe(behind);
    });
  }

  public listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(port, 'localhost', resolve);
    });
  }

  /** Shows another certificate from now on. */
  public show(given: Certificate): void {
    this.server.setSecureContext({ ...given });
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const fronts = { good: new Front(certificates.good), stranger: new Front(certificates.stranger), misnamed: new Front(certificates.misnamed) };
const prometheus = new WritingPrometheus(programs, PORTS.prometheus, {
  jobs: { prometheus: PORTS.prometheus, ...Object.fromEntries(gateways.map(({ name, metrics }) => [name, metrics])) },
  urls: Object.fromEntries(gateways.map(({ name, write }) => [name, `http://127.0.0.1:${write}/api/v1/write`])),
});

function gatewayAt({ name, write, metrics }: typeof gateways[number]): Place {
  const ports = { 4195: write, 9273: metrics };
  const local = (text: string) => Object.entries(ports).reduce((all, [port, own]) => all.replaceAll(new RegExp(`(?<![\\w.]):${port}\\b`, 'g'), `127.0.0.1:${own}`), text);
  return {
    name, workload: ['Deployment', name], container: 'sink-gateway', ports, shared: {}, secrets, files: { 'bento.yaml': local, 'telegraf.conf': local },
  };
}

afterAll(async () => {
  await programs.stopAll();
  Object.values(fronts).forEach((front) => front.close());
  fs.rmSync(root, { recursive: true });
});

const all = (servers: readonly string[]) => servers.flatMap((name) => DELIVERIES.map(([kind]) => `${name}-${kind}`));

/** Waits until InfluxDB has what the Prometheus has, by these gateways. */
async function complete(names: readonly string[], start: number): Promise<void> {
  const span = { start, end: now() - 5 };
  for (const name of names) {
    await prometheus.hasAlike(name, span, (given) => influxDb.samples(given, name), { metrics: SELECTED });
  }
}

let began = 0;

test('gateways deliver to a server with a good certificate', async () => {
  await Promise.all(SERVERS.map((name) => fronts[name].listen(PORTS[name])));
  await influxDb.start();
  for (const name of all(SERVERS)) {
    await influxDb.run(`CREATE DATABASE "${name}"`);
  }
  await Promise.all(gateways.map((gateway) => programs.start(gatewayAt(gateway))));
  await prometheus.start();
  await pause(10);
  began = now();
  await pause(20);
  await complete(all(['good']), began);
});

test('a certificate of another authority or another name gets nothing, is an alert of its gateways, and harms no other', async () => {
  const bad = ['kafka', 'misnamed', 'stranger'];
  await prometheus.untilFiring([
    ...bad.flatMap((name) => [`PrometheusRemoteWriteBehind ${name}-acknowledged`, `SinkGatewayBufferFilling ${name}-buffered`, `SinkGatewayDeliveryFailing ${name}-acknowledged`]),
    'SinkGatewayNotConnected kafka-buffered',
  ], 400);
  expect((await prometheus.firing()).filter((alert) => / (prometheus|good-.+)$/.test(alert))).toEqual([]);
  expect([fronts.stranger.answered, fronts.misnamed.answered]).toEqual([0, 0]);
  await complete(all(['good']), began);
});

test('nothing is lost once the certificate is the right one', async () => {
  fronts.stranger.show(certificates.good);
  fronts.misnamed.show(certificates.good);
  await complete(all(SERVERS), began);
});
