import { parse } from 'yaml';
import { find, Loose, ruleFile } from '../manifests';
import { reviewApp } from './support';

const { files, objects } = reviewApp('examples/annotated-apps', 'examples/opened-cluster');

/** Whether a job keeps only targets whose labels, among others `label`, match. */
function keeps(job: string, label: string, value: string): boolean {
  return configOf(job).relabel_configs.some(({ action, source_labels: labels, regex }: Loose) => (
    action === 'keep' && labels.includes(label) && regex.split(';')[labels.indexOf(label)] === value
  ));
}

function configOf(job: string): Loose {
  const { scrape_configs: configs } = parse(find(objects, 'ConfigMap', 'prometheus-config').data!['prometheus.yml']);
  return configs.find(({ job_name: name }: Loose) => name.split('/')[0] === job);
}

test('keeps applications and monitoring in a file each', () => {
  expect(Object.keys(files)).toEqual(['apps.k8s.yaml', 'monitoring.k8s.yaml']);
});

test.each([
  ['annotated-pods', 'pod', 'scrape'], ['annotated-services', 'service', 'scrape'], ['probed-services', 'service', 'probe'], ['probed-ingresses', 'ingress', 'probe'],
])('job %s takes what the annotation of a %s asks for', (job, kind, annotation) => {
  expect(keeps(job, `__meta_kubernetes_${kind}_annotation_prometheus_io_${annotation}`, 'true')).toBe(true);
});

test('the job of the shop takes its Service only', () => {
  const name = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.labels?.app === 'shop')!.metadata.name;
  expect(keeps('shop', '__meta_kubernetes_service_name', name)).toBe(true);
  expect(configOf('shop').kubernetes_sd_configs).toEqual([{ role: 'endpointslice', namespaces: { names: ['apps'] } }]);
});

test('the rules of the shop are evaluated as they were edited', () => {
  const { groups } = parse(ruleFile(objects, 'shop'));
  expect(groups[0].rules[1]).toMatchObject({ alert: 'ShopSilent', for: '5m', labels: { severity: 'page' } });
});

test('discovery reads Pods, Services, EndpointSlices and Ingresses of all namespaces, and nothing else', () => {
  const { rules }: Loose = find(objects, 'ClusterRole', 'app-monitoring-prometheus');
  expect(rules).toEqual([
    { apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list', 'watch'] },
  ]);
});
