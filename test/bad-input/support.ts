import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { ISecret, Secret, Service } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertingRuleProps, AlertRouting, AlertRoutingProps, AlertmanagerServer, IMonitored, Matcher, PrometheusServer, PrometheusServerProps,
  Integration, Receiver, Route, RouteProps, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, SecretKey, Severity,
} from '../../lib';
import { inTempDir } from '../files';

/** A mistake, what the message has to name of it, and an app that makes it. */
export interface Mistake {
  readonly mistake: string;
  /** Where the user has to look. */
  readonly place: string;
  /** What was got. */
  readonly value: string;
  /** What is allowed, or what to do. */
  readonly wayOut: string;
  readonly app: (chart: Chart) => void;
}

/** What an app said when it was synthesized, and the files that it left. */
export interface Outcome {
  readonly message: string;
  readonly files: string[];
}

/** Synthesizes an app as `node main.js` does, into a directory of its own. */
export function synthesize(app: (chart: Chart) => void): Outcome {
  return inTempDir((dir) => {
    const outdir = path.join(dir, 'dist');
    const files = () => (fs.existsSync(outdir) ? fs.readdirSync(outdir) : []);
    try {
      const synthesized = new App({ outdir });
      // A chart before and after, whose files must not be there either.
      new Chart(synthesized, 'before');
      app(new Chart(synthesized, 'shop', { namespace: 'ops' }));
      new Chart(synthesized, 'later');
      synthesized.synth();
      return { message: '', files: files() };
    } catch (error) {
      return { message: error instanceof Error ? error.message : String(error), files: files() };
    }
  });
}

export function prometheus(chart: Chart, props: PrometheusServerProps = {}): PrometheusServer {
  return new PrometheusServer(chart, 'prometheus', props);
}

/** A Secret that is in the cluster already. */
export function existing(chart: Chart, name: string): ISecret {
  return Secret.fromSecretName(chart, `existing-${name}`, name);
}

/** A Secret that the app makes. */
export function secretOf(chart: Chart, name: string, keys: { [key: string]: string }, namespace?: string): Secret {
  return new Secret(chart, `secret-${name}`, { metadata: { name, namespace }, stringData: keys });
}

/** A Service with two ports. */
export function webService(chart: Chart): Service {
  return new Service(chart, 'web', { metadata: { name: 'web', labels: { app: 'web' } }, ports: [{ name: 'http', port: 80 }, { name: 'metrics', port: 9100 }] });
}

export function jobOf(props: ScrapeEndpointProps, name: string = 'web'): ScrapeJob {
  return ScrapeJob.fromService({ name, labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', ...props })] });
}

export function alert(props: Partial<AlertingRuleProps> = {}): AlertingRule {
  return new AlertingRule({
    alert: 'ShopSilent', expr: 'sum(rate(shop_requests_total[5m])) == 0', severity: Severity.CRITICAL, summary: 'the shop is silent', description: 'no request', ...props,
  });
}

export function groupOf(...rules: AlertingRule[]): RuleGroup {
  return new RuleGroup({ name: 'shop', rules });
}

export function thing(job: ScrapeJob, ...rules: AlertingRule[]): IMonitored {
  return { monitoring: { jobs: [job], rules: RuleSet.of(groupOf(...rules)) } };
}

/** A receiver whose URL is in a Secret of the cluster. */
export function hook(chart: Chart, name: string): Receiver {
  return Receiver.of(name, Integration.webhook({ urlFrom: SecretKey.of(existing(chart, name), 'url') }));
}

export function to(receiver: Receiver, props: RouteProps = {}): Route {
  return new Route({ receiver, matchers: [Matcher.equal('team', receiver.name)], ...props });
}

export function alertmanager(chart: Chart, routing: AlertRoutingProps): void {
  new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting(routing) });
}
