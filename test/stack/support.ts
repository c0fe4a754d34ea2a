import { Chart, ChartProps, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { GrafanaProps, InfluxDb2Credentials, InfluxDb2Props, InfluxDbCredentials, InfluxDbProps, KubernetesMonitoring, KubernetesMonitoringProps, SecretKey } from '../../lib';
import { Loose } from '../manifests';

/** Makes the props in the chart that the stack goes into. */
export type MakeProps = (chart: Chart) => KubernetesMonitoringProps;

/** The least that a Grafana needs. */
export const GRAFANA: GrafanaProps = {
  adminPassword: SecretKey.of(Secret.fromSecretName(new Chart(Testing.app(), 'elsewhere'), 'admin', 'grafana-admin'), 'password'),
};

/** The least that an InfluxDB needs. */
export const INFLUXDB: InfluxDbProps = {
  credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(new Chart(Testing.app(), 'elsewhere'), 'users', 'influxdb-users')),
};

/** The least that an InfluxDB 2 needs. */
export const INFLUXDB2: InfluxDb2Props = {
  credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(new Chart(Testing.app(), 'elsewhere'), 'users', 'influxdb2-users')),
};

/** A stack alone in a chart, and what it becomes. */
export class Stack {
  public readonly chart: Chart;
  public readonly construct: KubernetesMonitoring;
  public readonly objects: Loose[];
  /** What is in `prometheus.yml`. */
  public readonly configuration: Loose;
  /** All the groups of rules. */
  public readonly groups: Loose[];

  constructor(props: KubernetesMonitoringProps | MakeProps = {}, chartProps: ChartProps = {}) {
    this.chart = new Chart(Testing.app(), 'test', chartProps);
    this.construct = new KubernetesMonitoring(this.chart, 'monitoring', typeof props === 'function' ? props(this.chart) : props);
    this.objects = Testing.synth(this.chart);
    this.configuration = parse(this.one('ConfigMap', `${this.construct.prometheus.serviceName}-config`).data['prometheus.yml']);
    this.groups = this.of('ConfigMap').filter(({ metadata }) => metadata.name.includes('-rules-'))
      .flatMap(({ data }) => Object.values<string>(data)).flatMap((text) => parse(text).groups);
  }

  /** `kind namespace/name` of each object, in the order of the output. */
  public get identities(): string[] {
    return this.objects.map(({ kind, metadata }) => [kind, [metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/')].join(' '));
  }

  /** The objects of some kinds. */
  public of(...kinds: string[]): Loose[] {
    return this.objects.filter(({ kind }) => kinds.includes(kind));
  }

  /** The only object of a kind and name. */
  public one(kind: string, name: string): Loose {
    const found = this.of(kind).filter(({ metadata }) => metadata.name === name);
    expect(found).toHaveLength(1);
    return found[0];
  }

  /** The workloads, by name. */
  public get workloads(): { [name: string]: Loose } {
    return Object.fromEntries(this.of('Deployment', 'StatefulSet', 'DaemonSet').map((workload) => [workload.metadata.name, workload]));
  }

  /** The Pods of the workloads. */
  public get pods(): Loose[] {
    return Object.values(this.workloads).map((workload) => workload.spec.template.spec);
  }

  /** The scrape configs of a job. */
  public scrapes(job: string): Loose[] {
    return this.configuration.scrape_configs.filter(({ job_name: name }: Loose) => name.split('/')[0] === job);
  }

  /** The jobs, each once. */
  public get jobs(): string[] {
    return [...new Set<string>(this.configuration.scrape_configs.map(({ job_name: name }: Loose) => name.split('/')[0]))];
  }

  /** The names of all alerts. */
  public get alerts(): string[] {
    return this.groups.flatMap(({ rules }) => rules).map(({ alert }) => alert).filter((alert) => alert !== undefined);
  }

  /** The jobs that the rules speak of, each once. */
  public get jobsInRules(): string[] {
    const matchers = JSON.stringify(this.groups).matchAll(/\bjob=~?\\"([^"\\{]+)\\"/g);
    return [...new Set([...matchers].flatMap(([, jobs]) => jobs.split('|')))];
  }

  /** What some role grants to Prometheus, one line a rule. */
  public get granted(): string[] {
    return this.of('ClusterRole', 'Role').filter(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === 'prometheus')
      .flatMap(({ kind, metadata, rules }) => rules.map((rule: Loose) => (
        `${kind === 'Role' ? metadata.namespace : 'cluster'}: ${rule.verbs.join()} ${(rule.resources ?? rule.nonResourceURLs).join()}`
      )));
  }

  /** Everything as text. */
  public get text(): string {
    return JSON.stringify(this.objects);
  }
}
