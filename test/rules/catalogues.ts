import { COMPONENTS } from '../../lib/components/catalogue';
import { RuleSet } from '../../lib/monitoring/rules';

/** Of a component that has more rules than by default: all of them. */
const ALL_PARTS: { readonly [component in keyof typeof COMPONENTS]?: RuleSet } = {
  'alertmanager': COMPONENTS.alertmanager.rules({}, { criticalIntegrations: ['pagerduty', 'opsgenie'] }),
  'etcd': COMPONENTS.etcd.rules({ extensiveMetrics: true }),
  'kube-state': COMPONENTS['kube-state'].rules({ shards: 2 }),
  'prometheus': COMPONENTS.prometheus.rules({
    records: ['shop:requests:rate5m', 'shop:errors:rate5m'], series: { sampleLimit: 100_000, plannedSeries: 100_000 }, volume: { bytes: 100_000_000_000, retentionBytes: 80_000_000_000 },
  }),
  'node': COMPONENTS.node.rules({ systemd: true }),
};

/** The rules of every component with all their parts switched on; the name is that of the file with the cases. */
export const CATALOGUES: { readonly [component: string]: RuleSet } = Object.fromEntries(
  Object.entries(COMPONENTS).map(([name, { rules }]) => [name, rules()]).concat(Object.entries(ALL_PARTS)),
);
