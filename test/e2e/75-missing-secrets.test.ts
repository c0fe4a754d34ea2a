import { Chart, Duration } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, AlertRouting, Authorization, ExistingAlertmanager, MonitoringNamespace, PrometheusServer, Integration, Receiver, RemoteWrite,
  Scheme, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient,
} from 'cdk8s-prometheus';
import { deployed, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';

const NAME = 'e2e-missing-secrets';
const api = new PrometheusApi(NAME);
const NOWHERE = 'https://nowhere.e2e-missing-secrets.svc';

function tls(secret: ISecret): TlsClient {
  return TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
}

/** Secrets in every place where one can be named; none of them is ever made. */
function appWithoutSecrets(chart: Chart): void {
  new MonitoringNamespace(chart, NAME);
  const missing = (name: string) => Secret.fromSecretName(chart, name, name);
  const prometheus = new PrometheusServer(chart, 'prometheus', { terminationGracePeriod: Duration.seconds(5) });
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({
    name: 'guarded',
    targets: ['127.0.0.1:9999'],
    endpoints: [new ScrapeEndpoint({
      scheme: Scheme.HTTPS, tls: tls(missing('scrape-tls')), authorization: Authorization.bearer(SecretKey.of(missing('scrape-token'), 'token')),
    })],
  }));
  prometheus.addRemoteWrite(new RemoteWrite({
    url: `${NOWHERE}/api/v1/write`, tls: tls(missing('store-tls')), authorization: Authorization.bearer(SecretKey.of(missing('store-token'), 'token')),
  }));
  prometheus.sendAlertsTo(new ExistingAlertmanager({
    namespace: NAME, serviceName: 'nowhere', scheme: Scheme.HTTPS, tls: tls(missing('alerts-tls')),
  }));
  const receiverTls = missing('receiver-tls');
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager', {
    routing: new AlertRouting({
      receiver: Receiver.of('guarded', Integration.webhook({
        url: NOWHERE,
        httpConfig: {
          tls: tls(receiverTls),
        },
      })),
    }),
  }));
}

describe('Secrets that are missing', () => {
  given(240, async () => {
    await deployed(NAME, () => synthesize(NAME, appWithoutSecrets));
  });

  scenario('keep neither Prometheus nor Alertmanager from starting, and take only their own target down', 120, async () => {
    await eventually('all other targets are up', 100, async () => {
      const targets = await api.activeTargets();
      const up = targets.filter(({ health }) => health === 'up').map(({ scrapePool }) => scrapePool).sort();
      expect(up).toEqual(['alertmanager/reloader-web', 'alertmanager/web', 'prometheus/reloader-web', 'prometheus/web']);
      // A target that needs what is missing is there and down, so that an alert can say so.
      const others = targets.filter(({ health }) => health !== 'up').map(({ scrapePool, health }) => `${scrapePool} ${health}`);
      expect(others).toEqual(['guarded/metrics down']);
    });
    expect(await api.configuration()).toContain(`url: ${NOWHERE}/api/v1/write`);
    expect((await api.activeAlertmanagers()).some((url) => url.includes(':9093'))).toBe(true);
  });
});
