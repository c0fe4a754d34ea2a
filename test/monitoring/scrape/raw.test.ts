import { Secret } from 'cdk8s-plus-27';
import { OperatedPrometheus, PrometheusServer, ScrapeJob, SecretKey } from '../../../lib';
import { manifests, newChart } from '../../charts';
import { find, Loose } from '../../manifests';

test('mounts the Secrets whose files it names, on both backends', () => {
  const config = {
    static_configs: [{ targets: ['db.example.org:9104'] }], scheme: 'https',
    basic_auth: { username: 'prometheus', password_file: '/etc/prometheus/secrets/db/password' }, tls_config: { ca_file: '/etc/prometheus/secrets/db/ca.crt' },
  };
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'db', 'db');
  const job = ScrapeJob.raw('db', config, { secrets: [SecretKey.of(secret, 'password'), SecretKey.of(secret, 'ca.crt')] });
  new PrometheusServer(chart, 'plain').addScrapeJob(job);
  new OperatedPrometheus(chart, 'operated').addScrapeJob(job);
  const objects = manifests(chart);
  const mounts = (spec: Loose) => (spec.containers ?? [])
    .flatMap(({ volumeMounts = [] }: Loose) => volumeMounts)
    .concat(spec.volumeMounts ?? [])
    .map(({ mountPath }: Loose) => mountPath);
  expect(mounts(find(objects, 'Deployment', 'plain').spec.template.spec)).toContain('/etc/prometheus/secrets/db');
  expect(mounts(find(objects, 'Prometheus', 'operated').spec)).toContain('/etc/prometheus/secrets/db');
  expect(() => ScrapeJob.raw('db', config)).toThrow("ScrapeJob.raw('db'): 'basic_auth.password_file' names the file '/etc/prometheus/secrets/db/password', which is not mounted; give its SecretKey in 'secrets'");
  expect(() => ScrapeJob.raw('db', { static_configs: [] }, { secrets: [SecretKey.of(secret, 'password')] })).toThrow("nothing reads the file '/etc/prometheus/secrets/db/password'");
});
