import { Chart } from 'cdk8s';
import { hook, Mistake, prometheus, secretOf } from './support';
import {
  AlertmanagerConfig, AlertmanagerServer, AlertRouting, BlackboxExporter, DashboardConfigMaps, ExistingAlertmanager, ExistingPrometheus, Exposure,
  GrafanaDashboardResources, Inhibition, LabelExpression, Matcher, MonitoringNamespace, OperatedAlertmanager, OperatedPrometheus, PrometheusServer,
  Route, ScrapeJob, ServiceScrapeProps,
} from '../../lib';

const NAME = 'kubernetes.io/metadata.name';

function services(props: Partial<ServiceScrapeProps>): () => ScrapeJob {
  return () => ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, ...props });
}

/** Mistakes about labels and namespaces, by which nothing would be selected. */
const SELECTIONS: Mistake[] = [
  {
    mistake: 'a space in the value of a label of Services',
    place: "ScrapeJob 'web': labels['app']", value: "'my web'", wayOut: 'use at most 63 letters',
    app: services({ labels: { app: 'my web' } }),
  },
  {
    mistake: 'a space in the value of a label of Pods',
    place: "ScrapeJob 'web': labels['app']", value: "'my web'", wayOut: 'use at most 63 letters',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'my web' } }),
  },
  {
    mistake: 'a space in the value of a label of a namespace',
    place: "shop/bank: labels['team']", value: "'our team'", wayOut: 'use at most 63 letters',
    app: (chart) => new MonitoringNamespace(chart, 'bank', { labels: { team: 'our team' } }),
  },
  {
    mistake: 'another Pod Security level among the labels of a namespace',
    place: 'shop/bank', value: "'pod-security.kubernetes.io/warn' to 'baseline'", wayOut: 'leave it out',
    app: (chart) => new MonitoringNamespace(chart, 'bank', { labels: { 'pod-security.kubernetes.io/warn': 'baseline' } }),
  },
  {
    mistake: 'a space in the value of a label by which a sidecar finds dashboards',
    place: "shop/boards: discoveryLabels['grafana']", value: "'yes please'", wayOut: 'use at most 63 letters',
    app: (chart) => new DashboardConfigMaps(chart, 'boards', { discoveryLabels: { grafana: 'yes please' } }),
  },
  {
    mistake: 'a space in the value of a label by which dashboards find a Grafana',
    place: "shop/boards: grafanaLabels['app']", value: "'my grafana'", wayOut: 'use at most 63 letters',
    app: (chart) => new GrafanaDashboardResources(chart, 'boards', { grafanaLabels: { app: 'my grafana' } }),
  },
  {
    mistake: 'a label that has a value and has not',
    place: "ScrapeJob 'web'", value: "'t in (a)' and 't notin (a)' can match nothing", wayOut: 'leave one of them out',
    app: services({ labelExpressions: [LabelExpression.in('t', 'a'), LabelExpression.notIn('t', 'a')] }),
  },
  {
    mistake: 'a label that is there and is missing',
    place: "ScrapeJob 'web'", value: "'t' and '!t' can match nothing", wayOut: 'leave one of them out',
    app: services({ labelExpressions: [LabelExpression.exists('t'), LabelExpression.doesNotExist('t')] }),
  },
  {
    mistake: 'a label that has one value and is one of others',
    place: "ScrapeJob 'web'", value: "'app in (web)' and 'app in (db, cache)' can match nothing", wayOut: 'leave one of them out',
    app: services({ labelExpressions: [LabelExpression.in('app', 'db', 'cache')] }),
  },
  {
    mistake: 'a label that has a value and is missing',
    place: "ScrapeJob 'web'", value: "'app in (web)' and '!app' can match nothing", wayOut: 'leave one of them out',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, labelExpressions: [LabelExpression.doesNotExist('app')] }),
  },
  {
    mistake: 'a label of namespaces that has one value and another',
    place: "ScrapeJob 'web': namespaces", value: "'team in (a)' and 'team in (b)' can match nothing", wayOut: 'leave one of them out',
    app: services({ namespaceLabels: { team: 'a' }, namespaceExpressions: [LabelExpression.in('team', 'b')] }),
  },
  {
    mistake: 'a label of nodes that is there and is missing',
    place: "ScrapeJob 'nodes'", value: "'gpu' and '!gpu' can match nothing", wayOut: 'leave one of them out',
    app: () => ScrapeJob.fromNodes({ name: 'nodes', labelExpressions: [LabelExpression.exists('gpu'), LabelExpression.doesNotExist('gpu')] }),
  },
  {
    mistake: 'labels of Services to probe that exclude each other',
    place: "ScrapeJob 'web'", value: "'app in (web)' and 'app in (db)' can match nothing", wayOut: 'leave one of them out',
    app: (chart) => ScrapeJob.fromProbes({
      name: 'web', prober: new BlackboxExporter(chart, 'blackbox'), module: 'http_2xx', labels: { app: 'web' }, labelExpressions: [LabelExpression.in('app', 'db')],
    }),
  },
];

/** Mistakes about the names of namespaces, which the API server would find. */
const NAMESPACES: Mistake[] = [
  {
    mistake: 'the name of a namespace in an expression that is none',
    place: "ScrapeJob 'web'", value: "'Bad_Name' is not the name of a namespace", wayOut: 'lower-case letters, digits and dashes',
    app: services({ namespaceExpressions: [LabelExpression.in(NAME, 'Bad_Name')] }),
  },
  ...['Ops', ''].map((namespace): Mistake => ({
    mistake: `the namespace '${namespace}' of a Prometheus of others`,
    place: 'shop/theirs: namespace', value: `'${namespace}' is not the name of a namespace`, wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => new ExistingPrometheus(chart, 'theirs', { namespace }),
  })),
  {
    mistake: 'a capital letter in the namespace of a Prometheus',
    place: 'shop/prometheus: namespace', value: "'Ops'", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => prometheus(chart, { namespace: 'Ops' }),
  },
  {
    mistake: 'an empty namespace of an Alertmanager',
    place: 'shop/alertmanager: namespace', value: "''", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { namespace: '' }),
  },
  {
    mistake: "a capital letter in the namespace of a team's routing",
    place: 'shop/team: namespace', value: "'Team'", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => new AlertmanagerConfig(chart, 'team', { namespace: 'Team', routing: new AlertRouting({ receiver: hook(chart, 'team') }) }),
  },
  {
    mistake: 'a capital letter in the namespace of a chart',
    place: 'Bank/prometheus: namespace of the chart', value: "'Bank'", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => prometheus(new Chart(chart.node.root, 'Bank', { namespace: 'Bank' })),
  },
];

/** Mistakes about an Alertmanager that is made elsewhere. */
const ALERTMANAGERS: Mistake[] = [
  ...[
    { mistake: 'the path of the API in the prefix of an Alertmanager', props: { host: 'am.example.com', pathPrefix: '/api/v2/alerts' }, wayOut: "write it as '/'" },
    { mistake: 'a query in the prefix of an Alertmanager', props: { host: 'am.example.com', pathPrefix: '/a?x=1' }, wayOut: "without spaces, '?' and '#'" },
    { mistake: 'an Alertmanager of the Pod itself', props: { host: 'localhost' }, wayOut: 'name the host at which the cluster reaches the Alertmanager' },
    { mistake: 'an Alertmanager at an address that is none', props: { host: '999.1.1.1' }, wayOut: "or '192.0.2.1:1234'" },
  ].map(({ mistake, props, wayOut }): Mistake => ({
    mistake,
    place: `ExistingAlertmanager.outside('${props.host}')`, value: props.pathPrefix ?? props.host, wayOut,
    app: (chart) => prometheus(chart).sendAlertsTo(ExistingAlertmanager.outside(props)),
  })),
  {
    mistake: 'an address of a target that is none',
    place: "ScrapeJob 'db': targets", value: "'300.0.0.1:9104'", wayOut: "or '192.0.2.1:1234'",
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['300.0.0.1:9104'] }),
  },
];

/** Mistakes about Pods, of which another backend makes one right. */
const VOLUMES: Mistake[] = [
  {
    mistake: 'a volume of the other backend in a sidecar of a Prometheus of the operator',
    place: "shop/prometheus: containers: 'backup': volumeMounts", value: "no volume 'data'", wayOut: "mount one of 'prometheus-prometheus-db'",
    app: (chart) => new OperatedPrometheus(chart, 'prometheus', { containers: [{ name: 'backup', image: 'backup:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] }),
  },
  {
    mistake: 'a volume of the operator in a sidecar of a Prometheus without one',
    place: "shop/prometheus: containers: 'backup': volumeMounts", value: "no volume 'prometheus-prometheus-db'", wayOut: "mount one of 'data'",
    app: (chart) => prometheus(chart, { containers: [{ name: 'backup', image: 'backup:1', volumeMounts: [{ name: 'prometheus-prometheus-db', mountPath: '/data' }] }] }),
  },
];

const host = 'mon.example.com';

/** Mistakes about programs that are exposed, each of them rightly. */
const EXPOSURES: Mistake[] = [
  {
    mistake: 'one node port of two programs',
    place: 'shop/alertmanager', value: "node port 30090 leads to 'shop/prometheus' already", wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { exposure: Exposure.nodePort(30090) });
      new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.nodePort(30090) });
    },
  },
  {
    mistake: 'a node port among those of the replicas of another program',
    place: 'shop/alertmanager', value: "node port 30091 leads to 'shop/prometheus' already", wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { replicas: 2, replicaServices: Exposure.nodePort(30090) });
      new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.nodePort(30091) });
    },
  },
  {
    mistake: 'one host and path of two Ingresses',
    place: 'shop/alertmanager', value: "host 'mon.example.com' with path '/' leads to 'shop/prometheus' already", wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { exposure: Exposure.ingress({ host }) });
      new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.ingress({ host: 'am.example.com', additionalHosts: [host] }) });
    },
  },
  {
    mistake: 'one host and path of two routes of a Gateway',
    place: 'shop/alertmanager', value: "host 'mon.example.com' with path '/m' leads to 'shop/prometheus' already", wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { exposure: Exposure.httpRoute({ host, gateway: 'web', path: '/m' }) });
      new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.httpRoute({ host, gateway: 'web', gatewayNamespace: 'ops', path: '/m/' }) });
    },
  },
  {
    mistake: 'the certificate of an Ingress in another namespace',
    place: 'shop/prometheus: exposure', value: "Secret 'cert' is made in namespace 'bank'", wayOut: "Ingresses use only Secrets of their own, 'ops'; make it there",
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host, tlsSecret: secretOf(chart, 'cert', {}, 'bank') }) }),
  },
  ...[PrometheusServer, OperatedPrometheus, AlertmanagerServer, OperatedAlertmanager].map((server): Mistake => ({
    mistake: `a Secret with which to pull images of ${server.name} in another namespace`,
    place: 'shop/it: imagePullSecrets', value: "Secret 'pull' is made in namespace 'bank'", wayOut: "Pods use only Secrets of their own, 'ops'; make it there",
    app: (chart) => new server(chart, 'it', { imagePullSecrets: [secretOf(chart, 'pull', {}, 'bank')] }),
  })),
];

function ofTeam(chart: Chart, ...matchers: Matcher[]): void {
  const routes = [new Route({ matchers: [Matcher.equal('team', 'shop')], routes: [new Route({ matchers })] })];
  new AlertmanagerConfig(chart, 'team', { routing: new AlertRouting({ receiver: hook(chart, 'team'), routes }) });
}

/** Mistakes about alerts that never reach the routing of a team. */
const TEAMS: Mistake[] = [
  {
    mistake: "a route of a team for another team's namespace",
    place: 'shop/team: Route {namespace="bank"}', value: 'the matcher namespace="bank", and only alerts with namespace="ops"', wayOut: 'leave the matcher out',
    app: (chart) => ofTeam(chart, Matcher.equal('namespace', 'bank')),
  },
  {
    mistake: 'a route of a team that excludes its namespace',
    place: 'shop/team: Route', value: 'namespace!~"o.s|bank"', wayOut: "say 'receivesAllNamespaces'",
    app: (chart) => ofTeam(chart, Matcher.notMatches('namespace', 'o.s|bank')),
  },
  {
    mistake: "an inhibition of a team by alerts of another team's namespace",
    place: 'shop/team: an inhibition', value: 'namespace="bank"', wayOut: 'make the resource in the namespace of the alerts',
    app: (chart) => new AlertmanagerConfig(chart, 'team', {
      routing: new AlertRouting({
        receiver: hook(chart, 'team'), inhibitions: [new Inhibition({ source: [Matcher.equal('namespace', 'bank')], target: [Matcher.equal('severity', 'info')] })],
      }),
    }),
  },
];

/** Mistakes of which each part alone is right. */
export const CONTRADICTIONS: Mistake[] = [...SELECTIONS, ...NAMESPACES, ...ALERTMANAGERS, ...VOLUMES, ...EXPOSURES, ...TEAMS];
