import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AlertmanagerServer, ApiServiceTls, Grafana, InfluxDb, InfluxDb2, InfluxDb2Credentials, InfluxDbCredentials, MetricsServer, ObjectStorage,
  PrometheusAdapter, PrometheusOperator, PrometheusServer, RemoteWrite, RuleSet, SecretKey, Sink, SinkGateway, ThanosCompactor, ThanosQuery,
  ThanosQueryFrontend, ThanosReceive, ThanosRuler, ThanosStore, VictoriaMetrics,
} from '../../lib';
import { Component, COMPONENTS } from '../../lib/components/catalogue';
import { IMonitored } from '../../lib/monitoring';

type Components = typeof COMPONENTS;

/** Components with a scrape job whose constructs are not in the catalogue. */
type Elsewhere = {
  [name in keyof Components]: Components[name] extends { readonly construct: unknown } ? never
    : Components[name] extends { readonly jobName: string } ? name : never
}[keyof Components];

/** Makes the construct of a component, whose scrape job has the default name unless it is given. */
type Maker = (scope: Construct, id: string, options?: { readonly jobName?: string }) => IMonitored;

const tls = ApiServiceTls.certManager();
const objectStorage = ObjectStorage.gcs({ bucket: 'blocks' });
const stores = { stores: [], addresses: ['far:10901'] };

const MAKERS: { readonly [name in Elsewhere]: Maker } = {
  'operator': (scope, id, options) => new PrometheusOperator(scope, id, options),
  'prometheus': (scope, id, options) => new PrometheusServer(scope, id, { ...options, remoteWrites: [new RemoteWrite({ url: 'https://store.example.com' })] }),
  'alertmanager': (scope, id, options) => new AlertmanagerServer(scope, id, options),
  'metrics-server': (scope, id, options) => new MetricsServer(scope, id, { ...options, tls }),
  'prometheus-adapter': (scope, id, options) => new PrometheusAdapter(scope, id, { ...options, tls, prometheus: new PrometheusServer(scope, `${id}-asked`) }),
  'victoria-metrics': (scope, id, options) => new VictoriaMetrics(scope, id, options),
  'influxdb': (scope, id, options) => (
    new InfluxDb(scope, id, { ...options, credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(scope, `${id}-users`, 'users')) })
  ),
  'influxdb2': (scope, id, options) => (
    new InfluxDb2(scope, id, { ...options, credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(scope, `${id}-users`, 'users')) })
  ),
  'grafana': (scope, id, options) => (
    new Grafana(scope, id, { ...options, adminPassword: SecretKey.of(Secret.fromSecretName(scope, `${id}-admin`, 'admin'), 'password') })
  ),
  'thanos-sidecar': (scope, id, options) => sidecarOf(new PrometheusServer(scope, id, { cluster: 'north', thanos: { ...options, objectStorage } })),
  'thanos-query': (scope, id, options) => new ThanosQuery(scope, id, { ...options, ...stores }),
  'thanos-query-frontend': (scope, id, options) => new ThanosQueryFrontend(scope, id, { ...options, query: new ThanosQuery(scope, `${id}-asked`, stores) }),
  'thanos-store': (scope, id, options) => new ThanosStore(scope, id, { ...options, objectStorage }),
  'thanos-receive': (scope, id, options) => new ThanosReceive(scope, id, options),
  'thanos-rule': (scope, id, options) => new ThanosRuler(scope, id, {
    ...options, query: new ThanosQuery(scope, `${id}-asked`, stores), ruleSets: { shop: RuleSet.fromText('groups: [{ name: shop, rules: [{ record: a:b, expr: vector(1) }] }]') },
  }),
  'thanos-compact': (scope, id, options) => new ThanosCompactor(scope, id, { ...options, objectStorage }),
  'sink-gateway': (scope, id, options) => new SinkGateway(scope, id, { ...options, sink: Sink.kafka({ brokers: ['kafka:9092'], topic: 'metrics' }) }),
};

/** The part of a Prometheus that is its sidecar's. */
function sidecarOf({ monitoring: { jobs = [], rules = RuleSet.EMPTY, dashboards = [] } }: IMonitored): IMonitored {
  return {
    monitoring: {
      jobs: jobs.slice(1),
      rules: RuleSet.of(...rules.groups.filter(({ name }) => name.startsWith('thanos-sidecar'))),
      dashboards: dashboards.filter(({ uid }) => uid === 'thanos-sidecar'),
    },
  };
}

const elsewhere = new Map<string, Maker>(Object.entries(MAKERS));

function makerOf(name: string, { construct: Made }: Component): Maker | undefined {
  return Made === undefined ? elsewhere.get(name) : (scope, id, options) => new Made(scope, id, options);
}

/** All components with a scrape job, each with the maker of its construct. */
export const MADE = Object.entries<Component>(COMPONENTS).flatMap(([name, component]): Array<[string, Component, Maker]> => {
  const make = makerOf(name, component);
  return make === undefined ? [] : [[name, component, make]];
});
