import { Size } from 'cdk8s';
import { AlertmanagerServer, DataStorage, Integration, RuleEdit, Severity } from '../../lib';
import { key, notified, operated, prometheus, ruleFile } from './support';
import { Mistake } from '../bad-input/support';

/** Parts that contradict each other. */
export const CONTRADICTIONS: Mistake[] = [
  {
    mistake: 'a file in Latin-1',
    place: 'rule file', value: 'UTF-8', wayOut: 'UTF-8',
    app: (chart) => ruleFile(chart, Buffer.from('groups:\n  - name: a\n    rules:\n      - alert: X\n        expr: up == 0\n        annotations: {summary: "K\xfche"}\n', 'latin1')),
  },
  {
    mistake: 'an integration that no receiver has',
    place: 'shop/alertmanager: rules.criticalIntegrations', value: "'pagerduty'", wayOut: 'receiver',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { rules: { criticalIntegrations: ['pagerduty'] } }),
  },
  {
    mistake: 'a password without a user',
    place: 'Integration.email', value: 'authPassword', wayOut: 'authUsername',
    app: (chart) => notified(chart, Integration.email({ to: ['o@x.y'], smtp: { smarthost: 'm:587', from: 'a@b.c', authPassword: key(chart, 'mail') } })),
  },
  {
    mistake: 'the image latest, with the operator',
    place: 'shop/prometheus: image', value: 'latest', wayOut: 'version',
    app: (chart) => operated(chart, { image: 'quay.io/prometheus/prometheus:latest' }),
  },
  {
    mistake: 'an edit of what another edit leaves out',
    place: "RuleEdit.severity('Watchdog')", value: 'Watchdog', wayOut: 'leave',
    app: (chart) => prometheus(chart).adjustRules(RuleEdit.without('Watchdog'), RuleEdit.severity('Watchdog', Severity.INFO)),
  },
  {
    mistake: 'a retention above the limit of the volume',
    place: 'shop/prometheus: retentionSize', value: '10Gi', wayOut: '5Gi',
    app: (chart) => prometheus(chart, { retentionSize: Size.gibibytes(10), storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(5) }) }),
  },
];
