import { parse } from 'yaml';
import { reviewApp } from './examples/support';
import { find, Loose } from './manifests';

const { objects } = reviewApp('.', 'examples/opened-cluster');

test('has no target that a kubeadm or kind cluster hides, and no alert that would fire for the lack of it', () => {
  const { scrape_configs: configs } = parse(find(objects, 'ConfigMap', 'prometheus-config').data!['prometheus.yml']);
  expect(new Set(configs.map(({ job_name: name }: Loose) => name.split('/')[0]))).toEqual(new Set([
    'alertmanager', 'annotated-pods', 'annotated-services', 'apiserver', 'blackbox-exporter', 'certificates', 'coredns', 'grafana', 'kube-state-metrics', 'kubelet',
    'node-exporter', 'probed-ingresses', 'probed-services', 'prometheus',
  ]));
  const alerts = objects.filter(({ metadata }) => metadata.name.startsWith('prometheus-rules-')).flatMap(({ data = {} }) => Object.values<string>(data))
    .flatMap((text) => parse(text).groups).flatMap(({ rules }: Loose) => rules.map(({ alert = '' }: Loose) => alert));
  expect(alerts.length).toBeGreaterThan(100);
  expect(alerts.filter((alert) => /^(KubeScheduler|KubeControllerManager|KubeProxy|etcd)/.test(alert))).toEqual([]);
});
