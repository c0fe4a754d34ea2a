import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  AlertingRule, AlertingRuleProps, AlertmanagerServer, AlertRouting, AlertRoutingProps, BlackboxExporter, BlackboxModule, Integration, KubeletMonitor,
  KubeletMonitorProps, NodeExporterDaemonSet, NodeExporterDaemonSetProps, OperatedPrometheus, OperatedPrometheusProps, PrometheusServer,
  PrometheusServerProps, Receiver, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, SecretKey, ServiceScrapeProps, SlackProps,
} from '../../lib';
import { inTempDir } from '../files';
import { existing } from '../bad-input/support';
import { Loose } from '../manifests';

/** What plain JavaScript passes where TypeScript would say no. */
export function js(value: unknown): Loose {
  return value;
}

/** A variable of the environment that is not set, as `process.env.X!` reads it. */
export const UNSET: string = js(undefined);

export function prometheus(chart: Chart, props: PrometheusServerProps = {}): PrometheusServer {
  return new PrometheusServer(chart, 'prometheus', props);
}

export function operated(chart: Chart, props: OperatedPrometheusProps = {}): OperatedPrometheus {
  return new OperatedPrometheus(chart, 'prometheus', props);
}

/** A key of a Secret in the cluster. */
export function key(chart: Chart, name: string): SecretKey {
  return SecretKey.of(existing(chart, name), 'key');
}

/** Another chart of the same app. */
export function secondChart(chart: Chart): Chart {
  return new Chart(App.of(chart), 'second', { namespace: chart.namespace });
}

/** A Prometheus that monitors nodes. */
export function nodes(chart: Chart, props: NodeExporterDaemonSetProps): void {
  prometheus(chart).monitor(new NodeExporterDaemonSet(chart, 'nodes', props));
}

/** A Prometheus that monitors kubelets. */
export function kubelets(chart: Chart, props: KubeletMonitorProps): void {
  prometheus(chart).monitor(new KubeletMonitor(chart, 'kubelet', props));
}

/** A blackbox exporter with these modules, or its own. */
export function blackbox(chart: Chart, ...modules: BlackboxModule[]): BlackboxExporter {
  return new BlackboxExporter(chart, 'blackbox', modules.length === 0 ? {} : { modules });
}

/** A Prometheus with one alerting rule. */
export function rule(chart: Chart, props: Partial<AlertingRuleProps>): void {
  prometheus(chart).addRules(new RuleGroup({ name: 'shop', rules: [shopAlert(props)] }));
}

export function shopAlert(props: Partial<AlertingRuleProps> = {}): AlertingRule {
  return new AlertingRule({ alert: 'ShopSilent', expr: 'up == 0', summary: 'the shop is silent', description: 'no request', ...props });
}

/** A job of Services with the label `app: web`. */
export function webJob(props: ScrapeEndpointProps = {}, more: Partial<ServiceScrapeProps> = {}): ScrapeJob {
  return ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', ...props })], ...more });
}

/** A Prometheus with that job. */
export function scrape(chart: Chart, props: ScrapeEndpointProps = {}, more: Partial<ServiceScrapeProps> = {}): void {
  prometheus(chart).addScrapeJob(webJob(props, more));
}

/** An Alertmanager with this routing. */
export function routing(chart: Chart, props: AlertRoutingProps): void {
  new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting(props) });
}

/** An Alertmanager that notifies by these integrations. */
export function notified(chart: Chart, ...integrations: Integration[]): void {
  routing(chart, { receiver: Receiver.of('ops', ...integrations) });
}

/** An Alertmanager that notifies a channel of Slack. */
export function slack(chart: Chart, props: Partial<SlackProps>): void {
  notified(chart, Integration.slack({ channel: '#ops', apiUrl: key(chart, 'slack'), ...props }));
}

/** A receiver by webhook. */
export function hook(name: string = 'hook'): Receiver {
  return Receiver.of(name, Integration.webhook({ url: 'http://hook.ops.svc:8080/x' }));
}

/** A Prometheus with a file of rules. */
export function ruleFile(chart: Chart, text: string | Buffer): void {
  inTempDir((dir) => {
    const file = path.join(dir, 'rules.yaml');
    fs.writeFileSync(file, text);
    prometheus(chart).addRuleSet(RuleSet.fromFile(file));
  });
}
