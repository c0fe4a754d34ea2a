import { Chart, Duration } from 'cdk8s';
import {
  ApiServerMonitor, BlackboxExporter, CoreDnsMonitor, EtcdMonitor, KubeletMonitor, NodeExporterDaemonSet, OperatedPrometheus, PrometheusServer,
} from '../../lib';
import { STRUCTS } from '../../lib/generated/api-types';
import { newChart } from '../charts';

type Make = (chart: Chart, rules: object) => unknown;

/** What takes the options that have a warning and a critical threshold of one thing. */
const TAKERS: { readonly [struct: string]: readonly Make[] } = {
  ApiServerRuleOptions: [(chart, rules) => new ApiServerMonitor(chart, 'made', { rules })],
  BlackboxRuleOptions: [(chart, rules) => new BlackboxExporter(chart, 'made', { rules })],
  CoreDnsRuleOptions: [(chart, rules) => new CoreDnsMonitor(chart, 'made', { rules })],
  EtcdRuleOptions: [(chart, rules) => new EtcdMonitor(chart, 'made', { rules })],
  KubeletRuleOptions: [(chart, rules) => new KubeletMonitor(chart, 'made', { rules })],
  NodeRuleOptions: [(chart, rules) => new NodeExporterDaemonSet(chart, 'made', { rules })],
  PrometheusRuleOptions: [
    (chart, rules) => new PrometheusServer(chart, 'made', { rules }), (chart, rules) => new OperatedPrometheus(chart, 'made', { rules }),
  ],
};

const PAIRS = Object.entries(STRUCTS).filter(([struct]) => struct.endsWith('RuleOptions')).flatMap(([struct, props]) => (
  Object.entries(props).filter(([name]) => name.includes('Warning')).map(([warning, type]) => ({ struct, warning, type }))
));

test.each(PAIRS)('$struct: $warning and its critical threshold keep their order', ({ struct, warning, type }) => {
  const critical = warning.replace('Warning', 'Critical');
  expect(STRUCTS[struct]).toHaveProperty(critical, type);
  const value = (amount: number) => type === '?Duration' ? Duration.minutes(amount) : amount;
  for (const make of TAKERS[struct]) {
    const errors = [[1, 2], [2, 1]].flatMap(([ofWarning, ofCritical]) => {
      try {
        make(newChart(), { [warning]: value(ofWarning), [critical]: value(ofCritical) });
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(errors).toEqual([expect.stringMatching(new RegExp(`test/made: rules\\.${critical}: (1m|2m|1|2) is (above|below) '${warning}', .*; give one`))]);
    expect(() => make(newChart(), { [warning]: value(2), [critical]: value(2) })).not.toThrow();
  }
});
