import { App, Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertRouting, CapacityPlan, ClusterProfile, DataStorage, Exposure, Integration, KubernetesMonitoring, Matcher, Receiver, Route, SecretKey,
  TimeInterval, TimeRange, Weekday, WeekdayRange,
} from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'high-availability', { namespace: 'kube-ops' });

// Made beside this app; until it is there, Alertmanager runs and only the receivers that need it fail.
const secret = Secret.fromSecretName(chart, 'alert-receivers', 'alert-receivers');

const onCall = Receiver.of('on-call', Integration.pagerDuty({ routingKey: SecretKey.of(secret, 'pagerduty-routing-key') }));
const payments = Receiver.of('payments', Integration.slack({ channel: '#payments-alerts', apiUrl: SecretKey.of(secret, 'slack-url') }));
const everyone = Receiver.of('everyone', Integration.slack({ channel: '#alerts', apiUrl: SecretKey.of(secret, 'slack-url') }));
const location = 'Europe/Berlin';
const nightsAndWeekends = new TimeInterval({
  name: 'nights-and-weekends',
  times: [TimeRange.between('18:00', '24:00'), TimeRange.between('00:00', '08:00')],
  location,
  further: [{ weekdays: [WeekdayRange.between(Weekday.SATURDAY, Weekday.SUNDAY)], location }],
});

new KubernetesMonitoring(chart, 'monitoring', {
  profile: ClusterProfile.managed(),
  prometheus: {
    replicas: 2,
    cluster: 'production',
    retention: Duration.days(30),
    capacity: CapacityPlan.forSeries({ series: 500_000 }),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(200), storageClassName: 'ssd' }),
    exposure: Exposure.ingress({ host: 'prometheus.example.com', tlsSecret: Secret.fromSecretName(chart, 'prometheus-tls', 'prometheus-tls'), className: 'nginx' }),
  },
  alertmanager: {
    replicas: 3,
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1) }),
    exposure: Exposure.ingress({ host: 'alertmanager.example.com', tlsSecret: Secret.fromSecretName(chart, 'alertmanager-tls', 'alertmanager-tls'), className: 'nginx' }),
  },
  routing: new AlertRouting({
    receiver: everyone,
    routes: [
      new Route({ matchers: [Matcher.equal('severity', 'critical')], receiver: onCall, continue: true }),
      new Route({
        matchers: [Matcher.matches('namespace', 'payments|checkout')],
        receiver: payments,
        routes: [new Route({ matchers: [Matcher.equal('severity', 'warning')], muteTimeIntervals: [nightsAndWeekends] })],
      }),
    ],
    deadMansSwitch: Receiver.of('dead-mans-switch', Integration.webhook({ urlFrom: SecretKey.of(secret, 'dead-mans-switch-url') })),
  }),
});

app.synth();
