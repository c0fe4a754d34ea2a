/** Stats, columns and graphs of the network of Pods, which dashboards sum by namespace, by workload or by Pod. */
import { row, Row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import type { Link } from './grafana/json';
import { mirrored, stat } from './grafana/panels';
import { alertsFiring } from './queries';
import { network, traffic } from './workloads';

/** Things by which a dashboard sums the network of Pods. */
export interface Level {
  /** Label of the things, which is also what one of them is called. */
  readonly label: 'namespace' | 'workload' | 'pod';
  readonly name: string;
  readonly names: string;
  /** A value of each Pod, summed by the label. */
  readonly sum: (vector: string) => string;
  /** Matchers of the Pods. */
  readonly matchers: string;
  /** Links of a series. */
  readonly links: Link[];
  /** Matchers of the alerts. */
  readonly alerts: string;
}

const DIRECTIONS = [['receive', 'received'], ['transmit', 'sent']] as const;
const percent = { unit: 'percent', min: 0, max: 100, decimals: 2 } as const;
const lost = [step(1, 'orange')];

/** Received and sent together. */
const both = (of: 'packets' | 'packets_dropped' | 'errors', matchers: string): string => (
  `(${DIRECTIONS.map(([direction]) => network(direction, of, matchers)).join(' + ')})`
);
export const bothWays = (matchers: string): string => `(${DIRECTIONS.map(([direction]) => traffic(direction, matchers)).join(' + ')})`;

/** The first row: traffic, losses, and how much of the traffic is of one thing. */
export function networkStats({ name, sum, matchers, alerts }: Level): Row {
  const shareOf = (of: 'packets_dropped' | 'errors') => `100 * sum(${sum(both(of, matchers))}) / (sum(${sum(both('packets', matchers))}) > 0)`;
  const idle = { ...percent, noValue: 'no packets' };
  return top(
    ...DIRECTIONS.map(([direction, verb]) => stat(verb === 'sent' ? 'Sent' : 'Received', {
      description: `Bits a second that the Pods have ${verb}. Pods in the network of their node are left out here and below.`, unit: 'bps', min: 0,
      noValue: 'no traffic', query: `sum(${sum(traffic(direction, matchers))})`,
    })),
    stat('Packets dropped', {
      description: 'Packets that were dropped on the way into a Pod or out of it, against those that passed. TCP gets slow from a tenth of a percent on.', ...idle,
      thresholds: [step(0.1, 'orange'), step(1, 'red')], query: shareOf('packets_dropped'),
    }),
    stat('Packets damaged', {
      description: 'Packets with errors, against those that passed. A healthy network has none.', ...idle,
      thresholds: [step(0.1, 'orange'), step(1, 'red')], query: shareOf('errors'),
    }),
    stat(`Busiest ${name}`, {
      description: `Share of the traffic that the busiest ${name} has. A ${name} far above its usual share is the first to look at.`, ...idle, decimals: 0,
      query: `100 * max(${sum(bothWays(matchers))}) / (sum(${sum(bothWays(matchers))}) > 0)`,
    }),
    alertsFiring(alerts),
  );
}

/** Columns of a table. */
export function networkColumns({ sum, matchers }: Level) {
  return [
    ...DIRECTIONS.map(([direction, verb]) => ({ query: sum(traffic(direction, matchers)), name: verb === 'sent' ? 'Sent' : 'Received', unit: 'bps' as const })),
    ...DIRECTIONS.map(([direction, verb]) => ({
      query: sum(network(direction, 'packets', matchers)), name: `Packets ${verb}`, unit: 'pps' as const, decimals: 0,
    })),
    { query: sum(both('packets_dropped', matchers)), name: 'Dropped', unit: 'pps' as const, decimals: 1, thresholds: lost },
    { query: sum(both('errors', matchers)), name: 'Damaged', unit: 'pps' as const, decimals: 1, thresholds: lost },
  ];
}

/** Rates and losses over time. */
export function networkGraphs({ label, name, names, sum, matchers, links }: Level): Row[] {
  const graph = (title: string, description: string, unit: 'bps' | 'pps', of: (direction: 'receive' | 'transmit') => string) => mirrored(title, {
    description, unit, below: /sent/, links,
    queries: DIRECTIONS.map(([direction, verb]) => ({ expr: `topk(10, ${sum(of(direction))})`, legend: `{{${label}}} ${verb}` })),
  });
  const packets = (of: 'packets' | 'packets_dropped' | 'errors') => (direction: 'receive' | 'transmit') => network(direction, of, matchers);
  return [
    row(
      'Rate',
      graph(`Traffic by ${name}`, `Bits a second that the ten busiest ${names} receive, above, and send, below.`, 'bps', (direction) => traffic(direction, matchers)),
      graph(`Packets by ${name}`, `Packets a second that the ten busiest ${names} receive, above, and send, below. Many small ones cost more CPU than few large ones.`,
        'pps', packets('packets')),
    ),
    row(
      'Errors',
      graph(`Packets dropped by ${name}`, 'Packets a second that were dropped on their way in, above, and out, below, the ten with the most. Buffers were full, or a policy did it.',
        'pps', packets('packets_dropped')),
      graph(`Packets damaged by ${name}`, 'Packets a second with errors on their way in, above, and out, below, the ten with the most. Interfaces or drivers fail.',
        'pps', packets('errors')),
    ),
  ];
}
