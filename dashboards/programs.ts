/** Rows about a program as such, which those of the control plane have in common. */
import { collapsed, Row } from './grafana/dashboard';
import type { Link } from './grafana/json';
import { Sized, stateTimeline, timeSeries } from './grafana/panels';
import { after, quantile, rate, toApiServer } from './queries';

interface Instances {
  /** Matchers of the series of the program. */
  readonly matchers: string;
  /** Labels by which its instances are told apart, and their name in a legend. */
  readonly by: string;
  readonly legend: string;
  readonly links?: Link[];
}

/** CPU, memory and goroutines of each instance. */
export function processes({ matchers, by, legend, links }: Instances): Row {
  const panel = (title: string, description: string, unit: 'short' | 'bytes', expr: string) => timeSeries(title, {
    description: `${description}, of the twenty instances with the most.`, unit, width: 8, links, queries: [{ expr: `topk(20, ${expr})`, legend }],
  });
  return collapsed(
    'Process',
    panel('CPU of the process', 'Cores in use', 'short', `sum by (${by}) (${rate(`process_cpu_seconds_total{${matchers}}`)})`),
    panel('Memory of the process', 'Resident memory. Steady growth is a leak', 'bytes', `sum by (${by}) (process_resident_memory_bytes{${matchers}})`),
    panel('Goroutines', 'Goroutines. Steady growth is a leak', 'short', `sum by (${by}) (go_goroutines{${matchers}})`),
  );
}

/** Requests of a program to the API server, by status code. */
export function apiRequests(matchers: string, width: 12 | 24 = 12): Sized {
  return timeSeries('API requests', {
    description: 'Requests to the API server per second, by status code. 429 is throttling, 5xx a fault of the API server, 401 and 403 missing rights.',
    unit: 'reqps', stacked: true, width, links: [toApiServer],
    queries: [{ expr: `sum by (code) (${rate(`rest_client_requests_total{${matchers}}`)})`, legend: '{{code}}' }],
  });
}

/** Latency of these requests. Watches have none, so that a program that does nothing else, such as kube-proxy, has none either. */
export function apiLatency(matchers: string): Sized {
  return timeSeries('API latency', {
    description: 'Latency of requests to the API server as the program sees it, 99th percentile, by verb. Much above that of the API server: look at the network.',
    unit: 's', min: 0, links: [toApiServer],
    queries: [{ expr: quantile(0.99, 'rest_client_request_duration_seconds', matchers, 'verb'), legend: '{{verb}}' }],
  });
}

/** The instance that is the leader, of a program that elects one by a Lease of this name. */
export function leadership(lease: string, matchers: string): Sized {
  return stateTimeline('Leader', {
    description: 'Instances of the program: the leader works, the others stand by. Frequent changes mean that Leases are not renewed in time.', unit: 'none', height: 5,
    words: { 0: { text: 'standby', color: 'blue' }, 1: { text: 'leader', color: 'green' } },
    queries: [{ expr: `max by (instance) (leader_election_master_status{${matchers}${after(`name="${lease}"`)}})`, legend: '{{instance}}' }],
  });
}
