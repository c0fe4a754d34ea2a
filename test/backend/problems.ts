import { Chart } from 'cdk8s';
import {
  AlertingRule, OperatedPrometheus, OperatedPrometheusProps, PrometheusServer, PrometheusServerProps, Rule, RuleGroup, Severity,
} from '../../lib';
import { newChart } from '../charts';

export type Prometheus = PrometheusServer | OperatedPrometheus;
export type Fill = (prometheus: Prometheus, chart: Chart) => void;

export function alert(expr: string): Rule {
  return new AlertingRule({ alert: 'A', expr, severity: Severity.INFO, summary: 's', description: 'd' });
}

export function group(...rules: Rule[]): RuleGroup {
  return new RuleGroup({ name: 'shop', rules });
}

export function validated(chart: Chart): string[] {
  return chart.node.findAll().flatMap(({ node }) => node.validate());
}

/** What is wrong once all is known. */
export function problems(fill: Fill, props: PrometheusServerProps = {}): string[] {
  const chart = newChart();
  fill(new PrometheusServer(chart, 'prometheus', props), chart);
  return validated(chart);
}

/** The same of a Prometheus that an operator runs. */
export function problemsWithOperator(fill: Fill, props: OperatedPrometheusProps): string[] {
  const chart = newChart();
  fill(new OperatedPrometheus(chart, 'prometheus', props), chart);
  return validated(chart);
}
