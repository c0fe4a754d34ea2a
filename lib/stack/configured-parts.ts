import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { MonitoringPart } from './monitoring-part';
import { COMPONENTS } from '../components/catalogue';
import { quoteList } from '../text';

/** Parts that the props configure, each with the prop that does. */
export function configuredParts(props: KubernetesMonitoringProps): ReadonlyMap<string, string> {
  const given: ReadonlyArray<readonly [string, string, object | undefined]> = [
    [MonitoringPart.PROMETHEUS_OPERATOR, 'backend.operator', props.backend?._operator?.operator],
    [MonitoringPart.ALERTMANAGER, 'routing', props.routing],
    ...Object.values(COMPONENTS).flatMap((component) => (
      'prop' in component ? [[component.part, component.prop, props[component.prop]] as const] : []
    )),
  ];
  return new Map(given.filter(([, , value]) => value !== undefined).map(([part, prop]) => [part, prop]));
}

/** Throws when a part is both configured and left out. */
export function checkWithout(where: string, configured: ReadonlyMap<string, string>, without: readonly MonitoringPart[]): void {
  const both = without.flatMap((part) => configured.get(part) ?? []);
  if (both.length > 0) {
    throw new Error(`${where}: got ${quoteList(both)} together with 'without' of the same part; take it out of one of them`);
  }
}

/** Throws when the props configure what a stack for an existing Prometheus does not make. */
export function checkExisting(where: string, props: KubernetesMonitoringProps): void {
  const { backend, prometheus, alertmanager, routing, victoriaMetrics, influxDb, influxDb2 } = props;
  const parts = { prometheus, alertmanager, routing, victoriaMetrics, influxDb, influxDb2 };
  const given = Object.entries(parts).flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  if (backend?._existing !== undefined && given.length > 0) {
    throw new Error(`${where}: got ${quoteList(given)} together with MonitoringBackend.existing(), whose Prometheus and Alertmanager others make; take ${given.length === 1 ? 'it' : 'them'} out, or choose another backend`);
  }
}

/** Throws when an agent, which evaluates no rules and sends no alerts, is to have what is for these alone. */
export function checkAgent(where: string, { prometheus, routing, alertmanager, ruleEdits = [] }: KubernetesMonitoringProps): void {
  const given = Object.entries({ routing, alertmanager, ruleEdits: ruleEdits.length === 0 ? undefined : ruleEdits });
  const idle = given.flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  if (prometheus?.agent && idle.length > 0) {
    throw new Error(`${where}: got ${quoteList(idle)} with prometheus.agent, and an agent evaluates no rules and sends no alerts; leave 'agent' out, or configure alerts where the rules are evaluated`);
  }
}

/** Throws when the props of the stack and those of a part say one thing twice. */
export function checkNotTwice(where: string, props: KubernetesMonitoringProps): void {
  if (props.routing !== undefined && props.alertmanager?.routing !== undefined) {
    throw new Error(`${where}: got both 'routing' and 'alertmanager.routing'; take one of them out`);
  }
  const inPart = props.nodeExporter?.namespace;
  if (props.nodeNamespace !== undefined && inPart !== undefined && inPart !== props.nodeNamespace) {
    throw new Error(`${where}: nodeNamespace is '${props.nodeNamespace}' and nodeExporter.namespace '${inPart}'; take one of them out`);
  }
}
