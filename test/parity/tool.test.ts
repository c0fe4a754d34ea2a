import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { clusterOf } from './cluster';
import { differences, fetched, Fetched } from './compare';
import { SAMPLES } from './jobs';
import { certificate, KubeObject, operatorAlertmanager, operatorPrometheus, scraped } from './parity';
import { world } from './world';
import { PrometheusServer, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { PROGRAMS } from '../../lib/versions';

const API = 'monitoring.coreos.com/v1';
const NAMESPACE = 'monitoring';

function prometheus(spec: KubeObject = {}, kind: string = 'Prometheus'): KubeObject {
  const apiVersion = kind === 'Prometheus' ? API : 'monitoring.coreos.com/v1alpha1';
  return {
    apiVersion,
    kind,
    metadata: { name: 'main', namespace: NAMESPACE },
    spec: { serviceMonitorSelector: { matchLabels: { team: 'cart' } }, serviceDiscoveryRole: 'EndpointSlice', ...spec },
  };
}

/** The ServiceMonitor that asks for what `plain` asks for. */
function serviceMonitor(endpoint: KubeObject = {}, labels: KubeObject = { team: 'cart' }, name: string = 'shop'): KubeObject {
  return {
    apiVersion: API,
    kind: 'ServiceMonitor',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: {
      selector: { matchLabels: { app: 'shop', tier: 'web' } },
      namespaceSelector: { matchNames: ['shop'] },
      endpoints: [{
        port: 'http',
        relabelings: [
          { sourceLabels: ['__meta_kubernetes_pod_node_name'], regex: '(.+)', targetLabel: 'node' },
          { targetLabel: 'job', replacement: 'shop' },
        ],
        ...endpoint,
      }],
    },
  };
}

function secret(data: { readonly [key: string]: string }): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop', namespace: NAMESPACE }, stringData: data };
}

function fetchedBy(configuration: string): Fetched[] {
  return fetched(scraped({ configuration, objects: clusterOf(world()), namespace: NAMESPACE, samples: SAMPLES }).jobs);
}

function operated(...objects: KubeObject[]): Fetched[] {
  return fetchedBy(operatorPrometheus(objects).configuration);
}

function plain(): Fetched[] {
  const chart = new Chart(new App(), 'test', { namespace: NAMESPACE });
  const server = new PrometheusServer(chart, 'prometheus', { selfMonitoring: false, resources: { noMemoryLimit: true } });
  server.addScrapeJob(ScrapeJob.fromService({ name: 'shop', labels: { app: 'shop', tier: 'web' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
  return fetchedBy(chart.toJson().find(({ kind, data }) => kind === 'ConfigMap' && data['prometheus.yml'] !== undefined)?.data['prometheus.yml']);
}

test('the code of each program is that of its image', () => {
  const required = (folder: string, name: string) => {
    const module = fs.readFileSync(path.join(__dirname, '..', '..', 'tools', folder, 'go.mod'), 'utf8');
    return new RegExp(`^\\s*github.com/${name} (\\S+)`, 'm').exec(module)?.[1];
  };
  expect(required('parity', 'prometheus-operator/prometheus-operator')).toBe(PROGRAMS.prometheusOperator.version);
  expect(required('parity', 'prometheus-operator/prometheus-operator/pkg/apis/monitoring')).toBe(PROGRAMS.prometheusOperator.version);
  // Prometheus 3.5.1 is the Go module v0.305.1
  expect(required('promtool', 'prometheus/prometheus')?.replace(/^v0\.(\d)(\d\d)\./, (_, major: string, minor: string) => `v${major}.${Number(minor)}.`))
    .toBe(PROGRAMS.prometheus.version);
  expect(required('amtool', 'prometheus/alertmanager')).toBe(PROGRAMS.alertmanager.version);
});

describe('the configuration of the operator', () => {
  test('is made of what the selectors select, with the defaults of the API server', () => {
    const { configuration, selected, ignored } = operatorPrometheus([
      prometheus(), serviceMonitor(), serviceMonitor({}, { team: 'stock' }, 'other'),
    ]);
    expect(selected).toEqual(['ServiceMonitor monitoring/shop']);
    expect(ignored).toEqual(['ServiceMonitor monitoring/other']);
    expect(configuration).toContain('job_name: serviceMonitor/monitoring/shop/0');
    expect(configuration).toContain('role: endpointslice');
    expect(configuration).toMatch(/^global:\n {2}scrape_interval: 30s\n/);
  });

  test('is that of an agent, too', () => {
    const { configuration, rules } = operatorPrometheus([
      prometheus({ remoteWrite: [{ url: 'https://metrics.example.com/write' }] }, 'PrometheusAgent'), serviceMonitor(),
    ]);
    expect(configuration).toContain('job_name: serviceMonitor/monitoring/shop/0');
    expect(configuration).toContain('url: https://metrics.example.com/write');
    expect(rules).toEqual({});
  });

  test('has the rules that the Prometheus selects', () => {
    const rule = (name: string, expr: string) => ({
      apiVersion: API, kind: 'PrometheusRule', metadata: { name, namespace: NAMESPACE }, spec: { groups: [{ name, rules: [{ record: 'a:b', expr }] }] },
    });
    const { rules, selected } = operatorPrometheus([prometheus({ ruleSelector: {} }), rule('good', 'up')]);
    expect(Object.keys(rules)).toEqual(['monitoring-good-.yaml']);
    expect(selected).toEqual(['PrometheusRule monitoring/good']);
    expect(() => operatorPrometheus([prometheus({ ruleSelector: {} }), rule('bad', 'up)')])).toThrow('PrometheusRule monitoring/bad: invalid rule');
  });

  test.each<[string, KubeObject[], string]>([
    ['rejects', [prometheus(), serviceMonitor({ interval: '10s', scrapeTimeout: '20s' })], 'the operator rejects:\nServiceMonitor monitoring/shop: endpoints[0]: '],
    ['does not know', [prometheus(), serviceMonitor({ prot: 'http' })], 'ServiceMonitor monitoring/shop: unknown field "spec.endpoints[0].prot"'],
    ['does not find', [prometheus(), serviceMonitor({ authorization: { credentials: { name: 'shop', key: 'token' } } })], 'authorization: failed to get authorization'],
    ['has twice', [prometheus(), prometheus(), serviceMonitor()], "want one Prometheus '', got 2 of 2"],
  ])('is not made of what it %s', (_, objects, message) => {
    expect(() => operatorPrometheus(objects)).toThrow(message);
  });
});

describe('what is fetched', () => {
  test('is compared by what it is, not by how it is said', () => {
    expect(operated(prometheus(), serviceMonitor())).toHaveLength(8);
    expect(differences(plain(), operated(prometheus(), serviceMonitor()))).toEqual([]);
  });

  test('differs by settings, labels and series, each said once', () => {
    const monitor = serviceMonitor({
      honorLabels: true, interval: '1m', path: '/stats',
      relabelings: [{ targetLabel: 'job', replacement: 'shop' }],
      metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'up' }],
    });
    const found = differences(plain(), operated(prometheus(), monitor));
    expect(found).toEqual(expect.arrayContaining([
      'shop/http: settings.honor_labels: nothing | true',
      'shop/http: interval: "30s" | "1m"',
      'shop/http: labels.node: "node-2" | nothing',
      'shop/http: series.0: nothing | null',
    ]));
    expect(found.filter((line) => line.includes('honor_labels'))).toHaveLength(1);
  });

  test('may be missing on either side', () => {
    const targets = plain();
    const [first, ...others] = targets;
    expect(differences(targets, others)).toEqual([`shop/http: only one has ${first.url}`]);
    expect(differences(others, targets)).toEqual([`shop/http: only the other has ${first.url}`]);
  });

  test('names secrets by where they are from', () => {
    const pair = certificate();
    const from = (key: string) => ({ name: 'shop', key });
    const [{ settings }] = operated(
      prometheus(),
      secret({ 'user': 'shop/user', 'password': 'shop/password', 'tls.crt': pair.certificate, 'tls.key': pair.privateKey }),
      serviceMonitor({
        scheme: 'https', basicAuth: { username: from('user'), password: from('password') },
        tlsConfig: { ca: { secret: from('tls.crt') }, cert: { secret: from('tls.crt') }, keySecret: from('tls.key') },
      }),
    );
    expect(settings).toMatchObject({
      basic_auth: { username: 'shop/user', password: 'shop/password' }, tls_config: { ca: 'shop/tls.crt', cert: 'shop/tls.crt', key: 'shop/tls.key' },
    });
  });

  test('is not found by discovery of other kinds', () => {
    const configuration = 'scrape_configs: [{ job_name: a, http_sd_configs: [{ url: "http://127.0.0.1:1" }] }]';
    expect(() => scraped({ configuration, objects: [], namespace: NAMESPACE })).toThrow('http_sd_configs');
  });
});

describe('the configuration of an Alertmanager', () => {
  const alertmanager = (spec: KubeObject = {}) => ({ apiVersion: API, kind: 'Alertmanager', metadata: { name: 'main', namespace: NAMESPACE }, spec });
  const text = (receiver: string) => ({
    ...secret({ 'alertmanager.yaml': `route: { receiver: main }\nreceivers: [{ name: main, ${receiver} }]\n` }),
    metadata: { name: 'alertmanager-main', namespace: NAMESPACE },
  });
  const discord = 'discord_configs: [{ webhook_url_file: /etc/alertmanager/secrets/discord/url }]';

  test('is the text of the Secret as long as no AlertmanagerConfigs are selected', () => {
    expect(operatorAlertmanager([alertmanager(), text('')])).toMatchObject({ asIs: true, selected: [], refused: '' });
    expect(operatorAlertmanager([alertmanager(), text(discord)])).toMatchObject({
      asIs: true, configuration: expect.stringContaining(discord), refused: expect.stringContaining('webhook_url_file'),
    });
  });

  test('has routes of AlertmanagerConfigs where they are selected, and is read strictly then', () => {
    const config = {
      apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', metadata: { name: 'cart', namespace: NAMESPACE },
      spec: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
    };
    const { asIs, selected, configuration } = operatorAlertmanager([alertmanager({ alertmanagerConfigSelector: {} }), text(''), config]);
    expect({ asIs, selected }).toEqual({ asIs: false, selected: ['monitoring/cart'] });
    expect(configuration).toContain('receiver: monitoring/cart/team');
    expect(() => operatorAlertmanager([alertmanager({ alertmanagerConfigSelector: {} }), text(discord), config])).toThrow('webhook_url_file');
  });
});
