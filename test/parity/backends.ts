import { App, Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { parse, stringify } from 'yaml';
import { clusterOf } from './cluster';
import { Fetched, fetched } from './compare';
import { SAMPLES } from './jobs';
import { certificate, Configured, KubeObject, operatorPrometheus, Scraped, scraped } from './parity';
import { world } from './world';
import { IPrometheus, OperatedPrometheus, OperatedPrometheusProps, PrometheusProps, PrometheusServer } from '../../lib';

const NAMESPACE = 'monitoring';

/** Some clients use it. */
const PROXY = { httpsProxy: 'http://proxy.example.com:3128' };

/** What a test puts into a chart; the Secret is there, and has all the keys that `jobs.ts` names. */
export type Fill = (parts: { readonly chart: Chart; readonly prometheus: IPrometheus; readonly secret: ISecret }) => void;

/** What a backend makes of a chart. */
export interface Backend {
  readonly targets: Fetched[];
  /** The configuration but for jobs and rule files. */
  readonly others: Omit<Scraped, 'jobs'>;
  /** The groups of its rules, by name. */
  readonly groups: { readonly [name: string]: KubeObject };
  /** The targets of one of several shards. */
  readonly ofShard: (shard: number) => Fetched[];
}

/** What the backend with the operator makes of a chart. */
export interface OperatedBackend extends Backend {
  readonly configured: Configured;
}

/** The Secret, each of whose keys but the PEM ones holds its own name, so that a secret tells where it is from. */
function shopSecret(): KubeObject {
  const pair = certificate();
  const texts = Object.fromEntries(['password', 'token', 'client'].map((key) => [key, `shop/${key}`]));
  return {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop', namespace: NAMESPACE },
    stringData: { ...texts, 'ca.crt': pair.certificate, 'tls.crt': pair.certificate, 'tls.key': pair.privateKey },
  };
}

/** The ConfigMaps of certificate authorities that `jobs.ts` names, and the one that each namespace has. */
function bundles(): KubeObject[] {
  const { certificate: pem } = certificate();
  return [['bundle', 'ca-bundle.crt'], ['kube-root-ca.crt', 'ca.crt']].map(([name, key]) => (
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: NAMESPACE }, data: { [key]: pem } }
  ));
}

/** The objects of a chart that `make` fills. */
export function synthesize(make: (chart: Chart, secret: ISecret) => void): KubeObject[] {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: NAMESPACE });
  make(chart, Secret.fromSecretName(chart, 'shop-secret', 'shop'));
  return app.charts.flatMap((one) => one.toJson());
}

function ask(objects: readonly KubeObject[], configuration: string, shard: number = 0): Pick<Backend, 'targets' | 'others'> {
  const { jobs, ...others } = scraped({
    configuration, namespace: NAMESPACE, samples: SAMPLES,
    objects: clusterOf([...objects, ...world()]),
    environment: { POD_NAME: 'prometheus-0', SHARD: `${shard}` },
  });
  return { targets: fetched(jobs), others };
}

function groupsIn(files: readonly string[]): Backend['groups'] {
  const groups: KubeObject[] = files.flatMap((file) => parse(file).groups);
  return Object.fromEntries(groups.map((group) => [group.name, group]));
}

/** The configuration in a ConfigMap, with the jobs of the further ones for which it has no room. */
function whole(config: KubeObject, configMaps: readonly KubeObject[]): string {
  const { scrape_config_files: _, scrape_configs: jobs, ...others } = parse(config.data['prometheus.yml']);
  const further = new RegExp(`^${config.metadata.name.replace(/-config$/, '')}-scrape-\\d+$`);
  const files = configMaps.filter(({ metadata }) => further.test(metadata.name)).flatMap(({ data }) => Object.values<string>(data));
  return stringify({ ...others, scrape_configs: [...jobs, ...files.flatMap((file) => parse(file).scrape_configs)] });
}

/** What a plain Prometheus, the only one among the objects, does. */
export function plainOf(objects: KubeObject[]): Backend {
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap');
  // One a shard, in their order.
  const found = configMaps.filter(({ data }) => data['prometheus.yml'] !== undefined).map((config) => whole(config, configMaps));
  const files = configMaps.filter(({ metadata }) => metadata.name.includes('-rules-'))
    .flatMap(({ data }) => Object.values<string>(data));
  return { ...ask(objects, found[0]), groups: groupsIn(files), ofShard: (shard) => ask(objects, found[shard]).targets };
}

/** What the only Prometheus of the operator does, whose configuration the operator's own code writes. */
export function operatedOf(objects: KubeObject[]): OperatedBackend {
  const configured = operatorPrometheus([...objects, shopSecret(), ...bundles()]);
  const { configuration } = configured;
  const groups = groupsIn(Object.values(configured.rules));
  return { ...ask(objects, configuration), configured, groups, ofShard: (shard) => ask(objects, configuration, shard).targets };
}

/** A chart with a plain Prometheus. */
export function plain(props: PrometheusProps, fill: Fill): Backend {
  return plainOf(synthesize((chart, secret) => fill({ chart, secret, prometheus: new PrometheusServer(chart, 'prometheus', { proxyEnvironment: PROXY, ...props }) })));
}

/** A chart with a Prometheus of the operator. */
export function operated(props: OperatedPrometheusProps, fill: Fill): OperatedBackend {
  return operatedOf(synthesize((chart, secret) => fill({ chart, secret, prometheus: new OperatedPrometheus(chart, 'prometheus', { proxyEnvironment: PROXY, ...props }) })));
}
