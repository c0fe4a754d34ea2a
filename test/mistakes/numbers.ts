import { Duration, Size } from 'cdk8s';
import { BlackboxExporter, CoreDnsMonitor, DataStorage, EtcdMonitor } from '../../lib';
import { js, kubelets, nodes, operated, prometheus } from './support';
import { Mistake } from '../bad-input/support';

/** Numbers, durations and sizes out of bounds. */
export const NUMBERS: Mistake[] = [
  {
    mistake: 'a certificate that is critical before it is a warning',
    place: 'shop/blackbox: rules', value: 'certificateCritical', wayOut: 'below',
    app: (chart) => prometheus(chart).monitor(new BlackboxExporter(chart, 'blackbox', { rules: { certificateWarning: Duration.days(5), certificateCritical: Duration.days(20) } })),
  },
  {
    mistake: 'a negative percentage',
    place: 'shop/nodes: rules.cpuPercent', value: '-1', wayOut: 'up to 100',
    app: (chart) => nodes(chart, { rules: { cpuPercent: -1 } }),
  },
  {
    mistake: 'free space that is critical before it is a warning',
    place: 'shop/nodes: rules', value: 'freeSpaceCriticalPercent', wayOut: 'below',
    app: (chart) => nodes(chart, { rules: { freeSpaceWarningPercent: 5, freeSpaceCriticalPercent: 10 } }),
  },
  {
    mistake: 'an infinite percentage',
    place: 'shop/nodes: rules.memoryPercent', value: 'Infinity', wayOut: 'values that are set',
    app: (chart) => nodes(chart, { rules: { memoryPercent: Infinity } }),
  },
  {
    mistake: 'throttling in more than all periods',
    place: 'shop/kubelet: rules.throttledPercent', value: '300', wayOut: 'up to 100',
    app: (chart) => kubelets(chart, { rules: { throttledPercent: 300 } }),
  },
  {
    mistake: 'more than the whole quota of etcd',
    place: 'shop/etcd: rules.quotaPercent', value: '101', wayOut: 'up to 100',
    app: (chart) => prometheus(chart).monitor(new EtcdMonitor(chart, 'etcd', { rules: { quotaPercent: 101 } })),
  },
  {
    mistake: 'a latency of zero',
    place: 'shop/coredns: rules.latency', value: 'zero', wayOut: 'above 0',
    app: (chart) => prometheus(chart).monitor(new CoreDnsMonitor(chart, 'coredns', { rules: { latency: Duration.seconds(0) } })),
  },
  {
    mistake: 'a retention of 1000 years for the operator',
    place: 'shop/prometheus: retention', value: '365000d', wayOut: '292',
    app: (chart) => operated(chart, { retention: Duration.days(365000) }),
  },
  {
    mistake: 'a retention of 1000 years',
    place: 'shop/prometheus: retention', value: '365000d', wayOut: '292',
    app: (chart) => prometheus(chart, { retention: Duration.days(365000) }),
  },
  {
    mistake: 'a query timeout of zero',
    place: 'shop/prometheus: query.timeout', value: 'zero', wayOut: 'above 0',
    app: (chart) => prometheus(chart, { query: { timeout: Duration.seconds(0) } }),
  },
  {
    mistake: 'more than the whole query load',
    place: 'shop/prometheus: rules.queryLoadPercent', value: '150', wayOut: 'up to 100',
    app: (chart) => prometheus(chart, { rules: { queryLoadPercent: 150 } }),
  },
  {
    mistake: 'a threshold as text',
    place: 'shop/prometheus: rules.queryLoadPercent', value: "'80'", wayOut: 'a number',
    app: (chart) => prometheus(chart, { rules: { queryLoadPercent: js('80') } }),
  },
  {
    mistake: 'a lag of zero',
    place: 'shop/prometheus: rules.remoteWriteLag', value: '0', wayOut: 'above 0',
    app: (chart) => prometheus(chart, { rules: { remoteWriteLag: Duration.seconds(0) } }),
  },
  {
    mistake: 'a limit of half a kibibyte',
    place: 'DataStorage.emptyDir: sizeLimit', value: '0.5', wayOut: 'whole kibibytes',
    app: (chart) => prometheus(chart, { storage: DataStorage.emptyDir({ sizeLimit: Size.kibibytes(0.5) }) }),
  },
];
