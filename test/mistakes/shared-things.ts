import { AlertmanagerServer, DataStorage, Exposure, NodeExporterDaemonSet, OperatedAlertmanager, PrometheusServer, RemoteWrite } from '../../lib';
import { operated, prometheus, secondChart } from './support';
import { Mistake } from '../bad-input/support';

/** Two that want one thing. */
export const SHARED_THINGS: Mistake[] = [
  {
    mistake: 'one port of the nodes',
    place: 'shop/b', value: '9100', wayOut: 'choose another',
    app: (chart) => prometheus(chart).monitor(new NodeExporterDaemonSet(chart, 'a'), new NodeExporterDaemonSet(chart, 'b', { jobName: 'other' })),
  },
  {
    mistake: 'one node port, with the operator',
    place: 'shop/alertmanager', value: '30090', wayOut: 'choose another',
    app: (chart) => {
      operated(chart, { exposure: Exposure.nodePort(30090) });
      new OperatedAlertmanager(chart, 'alertmanager', { exposure: Exposure.nodePort(30090) });
    },
  },
  {
    mistake: 'one name of two Prometheus in two charts',
    place: 'second/prometheus', value: "'prometheus'", wayOut: "'name'",
    app: (chart) => {
      prometheus(chart);
      new PrometheusServer(secondChart(chart), 'prometheus');
    },
  },
  {
    mistake: 'one name of two Alertmanagers in two charts',
    place: 'second/alertmanager', value: "'alertmanager'", wayOut: "'name'",
    app: (chart) => {
      new AlertmanagerServer(chart, 'alertmanager');
      new AlertmanagerServer(secondChart(chart), 'alertmanager');
    },
  },
  {
    mistake: 'one URL of two remote writes',
    place: 'shop/prometheus', value: "'https://a/w'", wayOut: "'name'",
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://a/w' }), new RemoteWrite({ url: 'https://a/w' })] }),
  },
  {
    mistake: 'one claim of two Prometheus in two charts',
    place: 'second/other', value: "folder 'prometheus-db' of claim 'metrics'", wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { storage: DataStorage.existingClaim('metrics') });
      new PrometheusServer(secondChart(chart), 'other', { storage: DataStorage.existingClaim('metrics') });
    },
  },
  {
    mistake: 'one node port',
    place: 'shop/alertmanager', value: '30090', wayOut: 'choose another',
    app: (chart) => {
      prometheus(chart, { exposure: Exposure.nodePort(30090) });
      new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.nodePort(30090) });
    },
  },
];
