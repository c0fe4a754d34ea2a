import { kubeletThresholds } from '../lib/components/kubelet/kubelet-thresholds';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, kubelet, objects, ofRow, toNamespace } from './queries';

const at = limits(kubeletThresholds());
const volumes = kubelet('namespace=~"$namespace"');
const claims = objects('namespace=~"$namespace"');
const percent = { unit: 'percent', min: 0, max: 100, decimals: 1 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const full = [at('usedVolumeWarningPercent', 'orange'), at('usedVolumeCriticalPercent', 'red')];
// Pods on several nodes may share a volume.
const by = (metric: string) => `max by (namespace, persistentvolumeclaim) (${metric}{${volumes}})`;
const used = `100 - 100 * ${by('kubelet_volume_stats_available_bytes')} / ${by('kubelet_volume_stats_capacity_bytes')}`;
const inodes = `100 - 100 * ${by('kubelet_volume_stats_inodes_free')} / (${by('kubelet_volume_stats_inodes')} > 0)`;
const days = `(${by('kubelet_volume_stats_available_bytes')} / (-max by (namespace, persistentvolumeclaim) (deriv(kubelet_volume_stats_available_bytes{${volumes}}[6h])) > 0))`;
const top20 = (expr: string) => [{ expr: `topk(20, ${expr})`, legend: '{{namespace}}/{{persistentvolumeclaim}}' }];

export default dashboard({
  uid: 'kubernetes-volumes',
  title: 'Kubernetes / Persistent volumes',
  description: 'Claims and their volumes: which are nearly full, when they will be, and which have no volume or one that cannot be used.',
  topic: 'kubernetes',
  jobs: ['kubelet', 'kube-state-metrics'],
  variables: [labelVariable('namespace', 'Namespace', `kube_persistentvolumeclaim_info{${objects()}}`, true)],
  alerts: 'alertname=~"KubePersistentVolume.+", namespace=~"$namespace"',
  rows: [
    top(
      stat('Fullest volume', {
        description: 'Used share of the volume with the least room. At 100% its Pods cannot write.', ...percent, thresholds: full, noValue: 'no volume',
        query: `max(${used})`,
      }),
      stat('Fullest by inodes', {
        description: 'Used share of the inodes of the volume with the fewest left. Without one no file can be made.', ...percent, thresholds: full, noValue: 'no volume',
        query: `max(${inodes})`,
      }),
      stat('Claims without volume', {
        description: 'Claims that are pending or have lost their volume. Pods that need them do not start.', ...number, thresholds: [step(1, 'orange')],
        query: `sum(kube_persistentvolumeclaim_status_phase{${claims}, phase!="Bound"}) or vector(0)`,
      }),
      stat('Failed volumes', {
        description: 'Volumes that could not be made or given back.', ...number, thresholds: [step(1, 'red')],
        query: `sum(kube_persistentvolume_status_phase{${objects('phase="Failed"')}}) or vector(0)`,
      }),
      stat('Requested', {
        description: 'Space that the claims request.', unit: 'bytes', min: 0, query: `sum(kube_persistentvolumeclaim_resource_requests_storage_bytes{${claims}})`,
      }),
      alertsFiring('alertname=~"KubePersistentVolume.+", namespace=~"$namespace"'),
    ),
    row(
      'Volumes',
      table('Volumes by use', {
        description: 'Volumes of claims that Pods have mounted, with room and inodes, and the time until they are full at the pace of the last six hours.',
        sortBy: 'Used', height: 10, noValue: 'No Pod has mounted a volume whose driver says how full it is',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'persistentvolumeclaim', name: 'Claim' },
          { query: by('kubelet_volume_stats_capacity_bytes'), name: 'Size', unit: 'bytes' },
          { query: by('kubelet_volume_stats_available_bytes'), name: 'Available', unit: 'bytes' },
          { query: used, name: 'Used', ...percent, bar: true, thresholds: full },
          { query: inodes, name: 'Inodes used', ...percent, bar: true, thresholds: full },
          { query: days, name: 'Full in', unit: 's', decimals: 1 },
        ],
      }),
    ),
    row(
      'Over time',
      timeSeries('Space used', {
        description: 'Used share of the space, the twenty fullest volumes. Dashed are the thresholds of the alerts.', ...percent, thresholds: full, queries: top20(used),
      }),
      timeSeries('Inodes used', {
        description: 'Used share of the inodes, the twenty volumes with the fewest left.', ...percent, thresholds: full, queries: top20(inodes),
      }),
    ),
    row(
      'Claims',
      table('Claims by phase', {
        description: 'Claims with their class and phase. A pending one waits for a volume or for the first Pod that needs it.', sortBy: 'Requested', noValue: 'No claims',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'persistentvolumeclaim', name: 'Claim' },
          { label: 'storageclass', name: 'Class' },
          { label: 'phase', name: 'Phase' },
          {
            query: `max by (namespace, persistentvolumeclaim, storageclass, phase) (
              kube_persistentvolumeclaim_resource_requests_storage_bytes{${claims}}
              * on (cluster, namespace, persistentvolumeclaim) group_left (phase) (kube_persistentvolumeclaim_status_phase{${claims}} == 1)
              * on (cluster, namespace, persistentvolumeclaim) group_left (storageclass) kube_persistentvolumeclaim_info{${claims}}
            )`,
            name: 'Requested', unit: 'bytes',
          },
        ],
      }),
    ),
  ],
});
