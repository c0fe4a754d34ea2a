import { App, Chart, Duration, Size } from 'cdk8s';
import {
  ClusterProfile, DataStorage, Exposure, KubernetesMonitoring, ObjectStorage, SecretKey, ThanosCompactor, ThanosQuery, ThanosStore,
} from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'thanos', { namespace: 'kube-ops' });

const objectStorage = ObjectStorage.s3({ bucket: 'example-metrics', region: 'eu-central-1' });
// The bucket is reached by the role of the service account.
const serviceAccountAnnotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/metrics' };

const monitoring = new KubernetesMonitoring(chart, 'monitoring', {
  profile: ClusterProfile.managed(),
  prometheus: {
    replicas: 2,
    cluster: 'production',
    retention: Duration.days(2),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(50) }),
    thanos: { objectStorage },
    serviceAccountAnnotations,
  },
  grafana: { adminPassword: SecretKey.fromSecretName(chart, 'grafana-admin', 'password') },
});

const store = new ThanosStore(chart, 'thanos-store', { objectStorage, serviceAccountAnnotations });
const compactor = new ThanosCompactor(chart, 'thanos-compact', {
  objectStorage,
  serviceAccountAnnotations,
  retention: { raw: Duration.days(30), fiveMinutes: Duration.days(180), oneHour: Duration.days(730) },
});
const query = new ThanosQuery(chart, 'thanos-query', {
  replicas: 2,
  stores: [monitoring.prometheus, store],
  exposure: Exposure.ingress({ host: 'thanos.example.com', className: 'nginx' }),
});

monitoring.prometheus.monitor(store, compactor, query);
monitoring.grafana?.show(store, compactor, query);
monitoring.grafana?.addDataSource(query.dataSource());

app.synth();
