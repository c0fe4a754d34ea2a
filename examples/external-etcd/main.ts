import { App, Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { EtcdMonitor, MonitoringNamespace, PrometheusServer, DataStorage, TlsClient } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'external-etcd', { namespace: 'etcd-monitoring' });
new MonitoringNamespace(chart, 'etcd-monitoring');

const prometheus = new PrometheusServer(chart, 'prometheus', {
  retention: Duration.days(30),
  storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(20) }),
});

// Made beside this app, so that no key is in a manifest:
//   kubectl -n etcd-monitoring create secret generic etcd-certs \
//     --from-file=ca.crt --from-file=healthcheck-client.crt --from-file=healthcheck-client.key
const certificates = Secret.fromSecretName(chart, 'etcd-certs', 'etcd-certs');

const etcd = new EtcdMonitor(chart, 'etcd', {
  addresses: ['192.0.2.11', '192.0.2.12', '192.0.2.13'],
  tls: TlsClient.fromSecret(certificates, {
    ca: 'ca.crt', certificate: 'healthcheck-client.crt', privateKey: 'healthcheck-client.key',
  }),
});
prometheus.monitor(etcd);

app.synth();
