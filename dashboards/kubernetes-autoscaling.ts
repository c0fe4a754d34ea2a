import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { after, alertsFiring, objects, ofRow, ofSeries, toNamespace, toWorkload } from './queries';

const ns = 'namespace=~"$namespace"';
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const alerts = `alertname=~"KubeHpa.+|KubePdb.+", ${ns}`;
const scaler = (of: string, matchers: string = '') => `kube_horizontalpodautoscaler_${of}{${objects(`${ns}${after(matchers)}`)}}`;
const budget = (of: string) => `kube_poddisruptionbudget_status_${of}{${objects(ns)}}`;

const current = scaler('status_current_replicas');
const wanted = scaler('status_desired_replicas');
const [least, most] = [scaler('spec_min_replicas'), scaler('spec_max_replicas')];
const ofMaximum = `100 * ${current} / ${most}`;
const ofTarget = `100 * ${scaler('status_target_metric')} / ${scaler('spec_target_metric')}`;
const able = scaler('status_condition', 'condition=~"AbleToScale|ScalingActive", status="true"');
const changes = (window: '$__range' | '$__rate_interval') => `changes(${wanted}[${window}])`;

const byScaler = (vector: string) => `max by (namespace, horizontalpodautoscaler) (${vector})`;
const byMetric = (vector: string) => `max by (namespace, horizontalpodautoscaler, metric_name, metric_target_type) (${vector})`;
const byBudget = (vector: string) => `max by (namespace, poddisruptionbudget) (${vector})`;
const topScalers = (vector: string) => [{ expr: `topk(10, ${byScaler(vector)})`, legend: '{{namespace}}/{{horizontalpodautoscaler}}' }];
const inNamespace = [toNamespace(ofSeries('namespace'))];
const namespaceColumn = { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] };
const scalerColumn = { label: 'horizontalpodautoscaler', name: 'Autoscaler' };
const NO_SCALER = 'No HorizontalPodAutoscaler';

export default dashboard({
  uid: 'kubernetes-autoscaling',
  title: 'Kubernetes / Autoscaling and disruption budgets',
  description: 'HorizontalPodAutoscalers that cannot follow their load, and PodDisruptionBudgets that are broken or keep nodes from being drained.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics'],
  variables: [labelVariable('namespace', 'Namespace', `kube_pod_info{${objects()}}`, true)],
  alerts,
  from: 'now-6h',
  rows: [
    top(
      stat('At maximum', {
        description: 'Autoscalers with as many replicas as they may have. More load makes their Pods slow.', ...number, thresholds: [step(1, 'orange')],
        query: `count(${current} == ${most} and ${most} != ${least}) or vector(0)`,
      }),
      stat('Cannot scale', {
        description: 'Autoscalers that do not get their metrics, or cannot change the replicas. They stay as they are, whatever the load is.', ...number,
        thresholds: [step(1, 'orange')], query: `count(min by (cluster, namespace, horizontalpodautoscaler) (${able}) == 0) or vector(0)`,
      }),
      stat('Changes of replicas', {
        description: 'Changes of the number of replicas that autoscalers want within the time that is shown. Many are one that swings.', ...number, course: false,
        noValue: 'no autoscaler', query: `sum(${changes('$__range')})`,
      }),
      stat('Broken budgets', {
        description: 'Disruption budgets with fewer healthy Pods than they ask for.', ...number, thresholds: [step(1, 'orange')],
        query: `count(${budget('current_healthy')} < ${budget('desired_healthy')} and ${budget('expected_pods')} > 0) or vector(0)`,
      }),
      stat('Budgets that allow nothing', {
        description: 'Disruption budgets that let no Pod go now. Nodes with their Pods cannot be drained, and an upgrade waits there.', ...number,
        thresholds: [step(1, 'orange')], query: `count(${budget('pod_disruptions_allowed')} == 0 and ${budget('expected_pods')} > 0) or vector(0)`,
      }),
      alertsFiring(alerts),
    ),
    row(
      'Autoscalers',
      table('Autoscalers by use', {
        description: 'Each autoscaler with the replicas that it has, wants and may have. A click leads to the workload that it scales.', sortBy: 'Of maximum', noValue: NO_SCALER,
        columns: [
          namespaceColumn,
          scalerColumn,
          { label: 'scaletargetref_name', name: 'Scales', links: [toWorkload(ofRow('Namespace'), ofRow('Scales'))] },
          {
            query: `max by (namespace, horizontalpodautoscaler, scaletargetref_name) (
              ${current} * on (cluster, namespace, horizontalpodautoscaler) group_left (scaletargetref_name) ${scaler('info')}
            )`,
            name: 'Replicas', unit: 'short', decimals: 0,
          },
          { query: byScaler(wanted), name: 'Wanted', unit: 'short', decimals: 0 },
          { query: byScaler(least), name: 'Minimum', unit: 'short', decimals: 0 },
          { query: byScaler(most), name: 'Maximum', unit: 'short', decimals: 0 },
          { query: byScaler(ofMaximum), name: 'Of maximum', ...percent, max: 100, bar: true, thresholds: [step(100, 'orange')] },
          {
            query: `min by (namespace, horizontalpodautoscaler) (${able})`, name: 'Can scale', unit: 'none',
            words: { 0: { text: 'no', color: 'orange' }, 1: { text: 'yes', color: 'green' } },
          },
        ],
      }),
      table('Metrics by target', {
        description: 'Each metric that an autoscaler looks at, against its target. Above the target replicas are added; a metric without a value now is not served.',
        sortBy: 'Of target', noValue: NO_SCALER,
        columns: [
          namespaceColumn,
          scalerColumn,
          { label: 'metric_name', name: 'Metric' },
          { label: 'metric_target_type', name: 'Kind of target' },
          { query: byMetric(scaler('status_target_metric')), name: 'Now', unit: 'short', decimals: 2 },
          { query: byMetric(scaler('spec_target_metric')), name: 'Target', unit: 'short', decimals: 2 },
          { query: byMetric(ofTarget), name: 'Of target', ...percent },
        ],
      }),
    ),
    row(
      'Scaling',
      timeSeries('Replicas', {
        description: 'Replicas of the ten largest workloads that are scaled.', ...number, links: inNamespace, noValue: NO_SCALER, queries: topScalers(current),
      }),
      timeSeries('Replicas of maximum', {
        description: 'Replicas against the most that there may be, the ten nearest to it. At 100%, the dashed line, nothing follows more load.', ...percent, max: 100,
        thresholds: [step(100, 'orange')], links: inNamespace, noValue: NO_SCALER, queries: topScalers(ofMaximum),
      }),
      timeSeries('Metrics of target', {
        description: 'Metrics against their targets, the ten farthest above. Where one stays above, the autoscaler is at its maximum or cannot scale.', ...percent,
        links: inNamespace, noValue: NO_SCALER,
        queries: [{ expr: `topk(10, ${byMetric(ofTarget)})`, legend: '{{namespace}}/{{horizontalpodautoscaler}} {{metric_name}}' }],
      }),
      timeSeries('Changes by autoscaler', {
        description: 'Changes of the replicas that autoscalers want, the ten with the most. Up and down again and again needs a longer stabilization window.', ...number,
        bars: true, links: inNamespace, noValue: 'No autoscaler changes anything', queries: topScalers(`${changes('$__rate_interval')} > 0`),
      }),
    ),
    row(
      'Disruption budgets',
      table('Budgets by Pods', {
        description: 'Each disruption budget with its Pods, and how many of them may go now. Without Pods its selector fits nothing, and it protects nothing.',
        sortBy: 'Healthy', noValue: 'No PodDisruptionBudget',
        columns: [
          namespaceColumn,
          { label: 'poddisruptionbudget', name: 'Budget' },
          { query: byBudget(budget('expected_pods')), name: 'Pods', unit: 'short', words: { 0: { text: 'none', color: 'orange' } } },
          { query: byBudget(budget('current_healthy')), name: 'Healthy', unit: 'short', decimals: 0 },
          { query: byBudget(budget('desired_healthy')), name: 'Needed', unit: 'short', decimals: 0 },
          { query: byBudget(budget('pod_disruptions_allowed')), name: 'May go', unit: 'short', words: { 0: { text: 'none', color: 'orange' } } },
        ],
      }),
      timeSeries('Pods that may go', {
        description: 'Pods that each disruption budget lets go, the ten that allow least. At 0 for long, nodes cannot be drained.', ...number, width: 24, links: inNamespace,
        noValue: 'No PodDisruptionBudget',
        queries: [{ expr: `bottomk(10, ${byBudget(budget('pod_disruptions_allowed'))})`, legend: '{{namespace}}/{{poddisruptionbudget}}' }],
      }),
    ),
  ],
});
