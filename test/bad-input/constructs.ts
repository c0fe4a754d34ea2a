import { ApiObject, Chart } from 'cdk8s';
import { ConfigMap, Deployment, Namespaces, Pods, Service } from 'cdk8s-plus-34';
import { Construct } from 'constructs';
import { Mistake, prometheus } from './support';
import { BlackboxExporter, ExistingPrometheus, LabelExpression, ScrapeEndpoint, ScrapeJob } from '../../lib';

const METRICS = [new ScrapeEndpoint({ port: 'metrics' })];

function deployment(chart: Chart): Deployment {
  return new Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'web', ports: [{ name: 'metrics', number: 9090 }] }] });
}

function service(chart: Chart, name: string = 'web'): ApiObject {
  return new ApiObject(chart, name, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ name: 'metrics', port: 9090 }] } });
}

/** Mistakes about the constructs that are scraped, and about what selects targets. */
export const CONSTRUCTS: Mistake[] = [
  {
    mistake: 'a workload as a Service',
    place: "ScrapeJob 'web': 'shop/web'", value: "is Deployment 'web', not a Service", wayOut: 'scrape Pods by ScrapeJob.fromPods()',
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: deployment(chart) }),
  },
  {
    mistake: 'a Service as Pods',
    place: "ScrapeJob 'web': 'shop/web'", value: "is Service 'web', not a workload", wayOut: 'scrape a Service by ScrapeJob.fromService()',
    app: (chart) => ScrapeJob.fromPods({ name: 'web', pods: service(chart) }),
  },
  {
    mistake: 'an object that runs no Pods',
    place: "ScrapeJob 'web': 'shop/web'", value: "is ConfigMap 'web'", wayOut: 'give a workload or a selection of Pods',
    app: (chart) => ScrapeJob.fromPods({ name: 'web', pods: new ConfigMap(chart, 'web', { metadata: { name: 'web' } }) }),
  },
  {
    mistake: 'a construct that makes nothing',
    place: "ScrapeJob 'web': 'shop/web'", value: 'makes no object', wayOut: 'give a Service',
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: new Construct(chart, 'web') }),
  },
  {
    mistake: 'a chart with two Services',
    place: "ScrapeJob 'web': 'shop'", value: "has Service 'web' and Service 'api'", wayOut: "pass that one, of an Include from its 'apiObjects'",
    app: (chart) => {
      service(chart);
      service(chart, 'api');
      ScrapeJob.fromService({ name: 'web', service: chart });
    },
  },
  {
    mistake: 'a port that a Service of no library lacks',
    place: "ScrapeJob 'web': endpoint 'metric'", value: "port 'metric'", wayOut: "did you mean 'metrics'?",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: service(chart), endpoints: [new ScrapeEndpoint({ port: 'metric' })] }),
  },
  {
    mistake: 'a Service without ports as yet',
    place: "ScrapeJob 'web': the manifest of 'shop/web'", value: 'A service must be configured with a port', wayOut: 'complete the object before it is given to the job',
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: new Service(chart, 'web', { ports: [] }), endpoints: METRICS }),
  },
  {
    mistake: 'a name of a host as a Service with endpoints',
    place: "ScrapeJob 'web'", value: "Service 'web' is of type ExternalName", wayOut: 'scrape its host by ScrapeJob.fromStaticTargets()',
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: new Service(chart, 'web', { metadata: { name: 'web' }, externalName: 'example.com' }) }),
  },
  {
    mistake: 'the DNS name of a Service in the place of its name',
    place: "ScrapeJob 'dns': serviceName", value: "'kube-dns.kube-system'", wayOut: "name its namespace by 'namespaces'",
    app: () => ScrapeJob.fromService({ name: 'dns', serviceName: 'kube-dns.kube-system', endpoints: METRICS }),
  },
  {
    mistake: 'a port to probe that the Service lacks',
    place: "ScrapeJob 'web'", value: "port 'https' is to be probed", wayOut: "Service 'web' has 'metrics'",
    app: (chart) => new BlackboxExporter(chart, 'blackbox').probeServices({ name: 'web', service: service(chart), port: 'https' }),
  },
  {
    mistake: 'a condition without values',
    place: "LabelExpression In 'tier'", value: 'no value is named', wayOut: 'use LabelExpression.exists()',
    app: () => LabelExpression.in('tier'),
  },
  {
    mistake: 'a regular expression as the value of a label',
    place: 'LabelExpression.notIn: values[0]', value: "'front.*'", wayOut: 'at most 63 letters, digits',
    app: () => LabelExpression.notIn('tier', 'front.*'),
  },
  {
    mistake: 'a condition that the Pods do not meet',
    place: "ScrapeJob 'web': labelExpressions", value: "'team'", wayOut: "leave 'labelExpressions' out",
    app: (chart) => ScrapeJob.fromPods({ name: 'web', pods: deployment(chart), labelExpressions: [LabelExpression.exists('team')] }),
  },
  {
    mistake: 'a label that a selection of Pods contradicts',
    place: "ScrapeJob 'web': labels", value: 'app=api is asked for, and app=web is selected already', wayOut: 'leave one of them out',
    app: (chart) => ScrapeJob.fromPods({ name: 'web', pods: Pods.select(chart, 'web', { labels: { app: 'web' } }), labels: { app: 'api' } }),
  },
  {
    mistake: 'conditions on namespaces that leave none',
    place: "ScrapeJob 'web'", value: "'namespaceExpressions' leave no namespace", wayOut: 'each has to hold',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'], namespaceExpressions: [LabelExpression.notIn('kubernetes.io/metadata.name', 'shop')] }),
  },
  {
    mistake: 'labels of a namespace that is known',
    place: "ScrapeJob 'web'", value: "got 'namespaceLabels'", wayOut: 'leave it out',
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: service(chart), namespaceLabels: { team: 'cart' } }),
  },
  {
    mistake: 'labels of namespaces for a Prometheus that does not read them',
    place: "shop/prometheus: scrape job 'web'", value: 'this one is 3.5.0', wayOut: "choose a newer image, or name them by 'namespaces'",
    app: (chart) => {
      const pods = Pods.select(chart, 'web', { namespaces: Namespaces.select(chart, 'teams', { labels: { team: 'cart' } }) });
      prometheus(chart, { image: 'quay.io/prometheus/prometheus:v3.5.0' }).addScrapeJob(ScrapeJob.fromPods({ name: 'web', pods, endpoints: METRICS }));
    },
  },
  {
    mistake: 'labels of namespaces for a Prometheus of others',
    place: "shop/prometheus: scrape job 'web'", value: 'for which no resource of the operator has a field', wayOut: "name them by 'namespaces', or exclude some",
    app: (chart) => new ExistingPrometheus(chart, 'prometheus').addScrapeJob(ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, namespaceLabels: { team: 'cart' } })),
  },
  {
    mistake: 'a label of the node that hides the target\'s own',
    place: "ScrapeJob 'web': copyNodeLabels", value: "'node'", wayOut: 'copy it by a relabeling to another name',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, copyNodeLabels: ['node'] }),
  },
  {
    mistake: 'a label name of Prometheus as the one that gives the job',
    place: "ScrapeJob 'web': jobLabel", value: "'app.kubernetes.io/'", wayOut: "as 'app.kubernetes.io/name'",
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, jobLabel: 'app.kubernetes.io/' }),
  },
  {
    mistake: 'a port of Pods that no container can have',
    place: "ScrapeJob 'web': endpoint 'prometheus-metrics'", value: "'prometheus-metrics'", wayOut: 'at most 15 characters',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'prometheus-metrics' })] }),
  },
  {
    mistake: 'a port by name and by a pattern',
    place: "ScrapeEndpoint 'http'", value: "portPattern 'http.*'", wayOut: 'name the ports by one of them',
    app: () => new ScrapeEndpoint({ port: 'http', portPattern: 'http.*' }),
  },
  {
    mistake: 'a pattern that no port of the Service matches',
    place: "ScrapeJob 'web'", value: "portPattern 'metrics-.+'", wayOut: "it has 'metrics (9090)'",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: service(chart), endpoints: [new ScrapeEndpoint({ portPattern: 'metrics-.+' })] }),
  },
];
