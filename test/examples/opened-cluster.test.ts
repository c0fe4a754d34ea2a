import { parse } from 'yaml';
import { find, Loose, ruleFile } from '../manifests';
import { reviewApp } from './support';

const { objects } = reviewApp('examples/opened-cluster');

const { scrape_configs: configs } = parse(find(objects, 'ConfigMap', 'prometheus-config').data!['prometheus.yml']);

test.each(['etcd', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler'])('%s is monitored, by a headless Service and with rules', (job) => {
  expect(configs.map(({ job_name: name }: Loose) => name.split('/')[0])).toContain(job);
  expect(find(objects, 'Service', job)).toMatchObject({ metadata: { namespace: 'kube-system' }, spec: { clusterIP: 'None' } });
  expect(ruleFile(objects, job)).toContain('alert: ');
});

test('the certificates of the kubelets are verified', () => {
  const kubelets = configs.filter(({ job_name: name }: Loose) => name.startsWith('kubelet/'));
  expect(kubelets).toHaveLength(3);
  kubelets.forEach(({ tls_config: tls }: Loose) => expect(tls).toEqual({ ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' }));
});
