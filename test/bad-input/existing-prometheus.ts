import { Chart, Duration } from 'cdk8s';
import { alert, existing, groupOf, jobOf, Mistake, secretOf } from './support';
import {
  AlertRouting, Authorization, BasicAuth, ExistingAlertmanager, ExistingPrometheus, ExistingPrometheusProps, KubeletDiscovery, KubeletMonitor,
  KubernetesMonitoring, MonitoringBackend, ObjectSelector, Receiver, RemoteWrite, ScrapeEndpoint, ScrapeJob, SecretKey,
} from '../../lib';

function theirs(chart: Chart, props: ExistingPrometheusProps = {}): ExistingPrometheus {
  return new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' }, ...props });
}

/** Mistakes about a Prometheus of others, most of which its operator would answer by leaving the object out. */
export const EXISTING_PROMETHEUS: Mistake[] = [
  {
    mistake: 'a label that the Prometheus of others does not select',
    place: "shop/prometheus: scrape job 'web' becomes a ServiceMonitor: 'selectors.others'", value: 'the objects have release=kps', wayOut: "say release: 'stack' in 'labels'",
    app: (chart) => theirs(chart, { selectors: { others: ObjectSelector.labels({ release: 'stack' }) } }).addScrapeJob(jobOf({})),
  },
  {
    mistake: 'a label whose key is misspelt, which the Prometheus of others does not select',
    place: "shop/prometheus: rule file 'shop' becomes a PrometheusRule: 'selectors.rules'", value: "no label 'release', but 'relase'", wayOut: "say release: 'kps' in 'labels'",
    app: (chart) => theirs(chart, { labels: { relase: 'kps' }, selectors: { rules: ObjectSelector.labels({ release: 'kps' }) } }).addRules(groupOf(alert())),
  },
  {
    mistake: 'a namespace into which the Prometheus of others does not look',
    place: "shop/prometheus: scrape job 'web' becomes a ServiceMonitor: 'selectors.serviceMonitors'", value: "the objects are made in 'ops'", wayOut: "name one of the former by 'namespace'",
    app: (chart) => theirs(chart, { selectors: { serviceMonitors: ObjectSelector.all().inNamespaces('monitoring') } }).addScrapeJob(jobOf({})),
  },
  {
    mistake: 'a kind that the Prometheus of others does not select',
    place: 'shop/prometheus', value: "scrape job 'db' becomes a ScrapeConfig", wayOut: "have 'scrapeConfigSelector' set in its resource",
    app: (chart) => theirs(chart, { selectors: { scrapeConfigs: ObjectSelector.none() } }).addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db:9104'] })),
  },
  {
    mistake: 'a label that no object can have',
    place: 'shop/prometheus: labels', value: "'my team' of 'team'", wayOut: 'use at most 63 letters',
    app: (chart) => theirs(chart, { labels: { team: 'my team' } }),
  },
  {
    mistake: 'a raw job for a Prometheus of others',
    place: 'shop/prometheus', value: "scrape job 'mine' is raw", wayOut: 'describe it as another ScrapeJob',
    app: (chart) => theirs(chart).addScrapeJob(ScrapeJob.raw('mine', { static_configs: [] })),
  },
  {
    mistake: 'an Alertmanager for a Prometheus of others',
    place: 'shop/prometheus', value: 'alerts are sent where the resource of the Prometheus says', wayOut: "add the Alertmanager to its 'alerting'",
    app: (chart) => theirs(chart).sendAlertsTo(new ExistingAlertmanager({ namespace: 'monitoring', serviceName: 'alertmanager' })),
  },
  {
    mistake: 'a remote store for a Prometheus of others',
    place: 'shop/prometheus', value: 'samples are sent where the resource of the Prometheus says', wayOut: "add the store to its 'remoteWrite'",
    app: (chart) => theirs(chart).addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com/write' })),
  },
  {
    mistake: 'a token that no scrape class of the Prometheus of others names',
    place: "shop/prometheus: scrape job 'kubelet', endpoint 'metrics'", value: 'by the token of the service account', wayOut: "name by 'scrapeClass' a class of the Prometheus resource",
    app: (chart) => theirs(chart).monitor(new KubeletMonitor(chart, 'kubelet', { discovery: KubeletDiscovery.nodes() })),
  },
  {
    mistake: 'the token of a Prometheus of others for Pods',
    place: "shop/prometheus: scrape job 'web', endpoint 'http'", value: 'which a PodMonitor gets by a scrape class alone', wayOut: "authorization.credentialsFile '/var/run/secrets",
    app: (chart) => theirs(chart).addScrapeJob(ScrapeJob.fromPods({
      name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', authorization: Authorization.serviceAccountToken() })],
    })),
  },
  {
    mistake: 'a timeout above the interval that a Prometheus of others has by default',
    place: "shop/prometheus: scrape job 'web', endpoint 'http'", value: 'timeout 45s is longer than 30s', wayOut: "give the endpoint an 'interval', or say the Prometheus's by 'scrapeInterval'",
    app: (chart) => theirs(chart).addScrapeJob(jobOf({ timeout: Duration.seconds(45) })),
  },
  {
    mistake: 'targets elsewhere of a Prometheus of others that ignores namespace selectors',
    place: 'shop/prometheus', value: 'looks for targets in all namespaces', wayOut: "say by 'namespace' where the targets are",
    app: (chart) => theirs(chart, { ignoresNamespaceSelectors: true }).addScrapeJob(jobOf({})),
  },
  {
    mistake: 'a Secret of another namespace than the monitor',
    place: 'shop/prometheus', value: "Secret 'client' is made in namespace 'bank'", wayOut: 'make it there',
    app: (chart) => theirs(chart).addScrapeJob(jobOf({
      basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secretOf(chart, 'client', { password: '' }, 'bank'), 'password') }),
    })),
  },
  {
    mistake: 'a header from a Secret, which a monitor cannot say',
    place: "shop/prometheus: scrape job 'web', endpoint 'http'", value: 'got headers or secretHeaders', wayOut: 'leave it out',
    app: (chart) => theirs(chart).addScrapeJob(jobOf({ secretHeaders: { 'X-Token': SecretKey.of(existing(chart, 'client'), 'token') } })),
  },
  {
    mistake: 'a Prometheus of others that monitors itself, wherever it is',
    place: 'shop/prometheus', value: 'it is not known where the Prometheus is', wayOut: "say so by the prop 'service'",
    app: (chart) => {
      const prometheus = theirs(chart);
      prometheus.monitor(prometheus);
    },
  },
  {
    mistake: 'a version of Prometheus that is none',
    place: 'shop/prometheus: version', value: "'v3' is not a version", wayOut: "write it as '3.5.0'",
    app: (chart) => theirs(chart, { version: 'v3' }),
  },
  {
    mistake: 'a setting that an older operator does not know',
    place: 'shop/prometheus', value: "scrape job 'web' has 'nativeHistograms'", wayOut: 'leave it out, or have the operator upgraded',
    app: (chart) => theirs(chart, { operatorVersion: '0.80.0' }).addScrapeJob(jobOf({ nativeHistograms: true })),
  },
  {
    mistake: 'the name of a feature, misspelt',
    place: 'shop/prometheus: enableFeatures', value: "no feature 'promql-duration-expresion'", wayOut: "did you mean 'promql-duration-expr'?",
    app: (chart) => theirs(chart, { enableFeatures: ['promql-duration-expresion'] }),
  },
  {
    mistake: 'a name that cannot begin those of objects',
    place: 'shop/prometheus: name', value: "'Shop_1' is not a name for Kubernetes objects", wayOut: 'use at most 52',
    app: (chart) => theirs(chart, { name: 'Shop_1' }),
  },
  {
    mistake: 'routing in a stack whose Alertmanager others make',
    place: 'shop/monitoring', value: "got 'routing' together with MonitoringBackend.existing()", wayOut: 'take it out, or choose another backend',
    app: (chart) => new KubernetesMonitoring(chart, 'monitoring', {
      backend: MonitoringBackend.existing(), routing: new AlertRouting({ receiver: Receiver.of('nobody') }),
    }),
  },
];
