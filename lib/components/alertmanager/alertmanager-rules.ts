import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { counted, downRule, RuleContext, jobMatcher, jobRules, latest, promql, reloaderRule } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

const INSTANCE = 'Alertmanager {{ with $labels.pod }}{{ $labels.namespace }}/{{ . }}{{ else }}{{ $labels.instance }}{{ end }}';
const CLUSTER = 'Alertmanager {{ with $labels.service }}{{ $labels.namespace }}/{{ . }}{{ else }}{{ $labels.job }}{{ end }}';
const FAILED = alertmanagerThresholds().failedNotificationsPercent / 100;
const BY_CLUSTER = 'by (cluster, job, namespace, service)';

const SEE_LOG = 'Its log says why{{ with $labels.pod }}: `kubectl -n {{ $labels.namespace }} logs {{ . }} -c alertmanager`{{ end }}.';
const SEE_LOGS = 'Their logs say why{{ with $labels.service }}: '
  + '`kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/name=alertmanager -c alertmanager`{{ end }}.';

/** Matcher of its replicas, after a comma, without the config reloader beside each. */
const SERVERS = ', endpoint!="reloader-web"';

/** Default name of the scrape job. */
export const ALERTMANAGER_JOB = 'alertmanager';

/** Options of the rules about Alertmanager. */
export interface AlertmanagerRuleOptions {
  /**
   * Integrations whose failure on all replicas is critical, such as `pagerduty`; that of others is a warning.
   * @default - all of them
   */
  readonly criticalIntegrations?: string[];
}

/** Facts about an Alertmanager that its rules follow. */
export interface AlertmanagerRuleContext extends RuleContext {
  /** Whether a config-reloader runs beside it. True if undefined. */
  readonly configReloader?: boolean;
}

/** Rules about Alertmanager, its replicas together, and the config reloader beside it. */
export function alertmanagerRules(
  { jobName = ALERTMANAGER_JOB, configReloader = true }: AlertmanagerRuleContext = {}, options: AlertmanagerRuleOptions = {},
): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(
    jobName,
    ALERTMANAGER_JOB,
    trustedGroup({
      name: 'alertmanager.rules',
      rules: [
        downRule({
          alert: 'AlertmanagerDown', what: 'Alertmanager', jobName, matchers: SERVERS,
          consequence: 'if it does not run, nobody is notified by it, of this alert either',
        }),
        ...configuration(job), ...delivery(job, options), ...membership(job), ...availability(job),
      ],
    }),
    trustedGroup({ name: 'alertmanager-config-reloader', rules: configReloader ? [reloaderRule(job, 'Alertmanager')] : [] }),
  );
}

/** Thresholds of the alerts about Alertmanager, which colour dashboards too. */
export function alertmanagerThresholds() {
  return { failedNotificationsPercent: 1 };
}

function configuration(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'AlertmanagerFailedReload',
      expr: `max_over_time(alertmanager_config_last_reload_successful{${job}}[5m]) == 0`,
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: 'Alertmanager cannot load its configuration',
      description: `${INSTANCE} keeps the old configuration because the new one is invalid. When it restarts, it will not start. ${SEE_LOG}`,
    }),
    trustedAlert({
      alert: 'AlertmanagerConfigInconsistent',
      expr: `count ${BY_CLUSTER} (count_values ${BY_CLUSTER} ("config_hash", ${latest(`alertmanager_config_hash{${job}}`)})) > 1`,
      for: Duration.minutes(20),
      severity: Severity.CRITICAL,
      summary: 'The replicas of an Alertmanager have different configurations',
      description: `The replicas of ${CLUSTER} have had {{ $value }} different configurations for [for]: notifications depend on which replica sends them. ${SEE_LOGS}`,
    }),
  ];
}

function delivery(job: string, options: AlertmanagerRuleOptions): AlertingRule[] {
  const { criticalIntegrations } = options;
  const integrations = JSON.stringify(criticalIntegrations?.join('|') ?? '');
  const levels = criticalIntegrations === undefined ? [{ matcher: '', severity: Severity.CRITICAL }] : [
    { matcher: `, integration=~${integrations}`, severity: Severity.CRITICAL },
    { matcher: `, integration!~${integrations}`, severity: Severity.WARNING },
  ];
  return [
    trustedAlert({
      alert: 'AlertmanagerFailedToSendAlerts',
      expr: `${failures(job)}\n> ${FAILED}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A replica of Alertmanager fails to send notifications',
      description: `${INSTANCE} fails to send {{ $value | humanizePercentage }} of its notifications by {{ $labels.integration }}. ${SEE_LOG}`,
    }),
    ...levels.map(({ matcher, severity }) => trustedAlert({
      alert: 'AlertmanagerClusterFailedToSendAlerts',
      expr: `min by (cluster, job, namespace, service, integration) (\n${failures(`${job}${matcher}`)}\n) > ${FAILED}`,
      for: Duration.minutes(5),
      severity,
      summary: 'All replicas of Alertmanager fail to send notifications',
      description: `Every replica of ${CLUSTER} fails to send at least {{ $value | humanizePercentage }} of its notifications by `
        + `{{ $labels.integration }}: some are not sent by any of them. ${SEE_LOGS}`,
    })),
  ];
}

function failures(matchers: string): string {
  return promql`
    sum without (reason) (rate(alertmanager_notifications_failed_total{${matchers}}[15m]))
      / rate(alertmanager_notifications_total{${matchers}}[15m])`;
}

function membership(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'AlertmanagerMembersInconsistent',
      expr: promql`
        max_over_time(alertmanager_cluster_members{${job}}[5m])
          < on (cluster, job, namespace, service) group_left ()
        count ${BY_CLUSTER} (max_over_time(alertmanager_cluster_members{${job}}[5m]))`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'A replica of Alertmanager does not see the others',
      description: `${INSTANCE} has been seeing only ${counted('replica')}, itself among them, fewer than there are, for [for]: notifications may be sent more than once. `
        + 'See that its replicas reach each other at the port of the cluster.',
    }),
    trustedAlert({
      alert: 'AlertmanagerClusterFailedPeers',
      expr: `max_over_time(alertmanager_cluster_failed_peers{${job}}[5m]) > 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A replica of Alertmanager has lost others',
      description: `${INSTANCE} has been without {{ $value }} of the replicas that it knew for [for].`,
    }),
  ];
}

/** The config reloader is a target of the same job and does not count. */
function availability(job: string): AlertingRule[] {
  const servers = `${job}${SERVERS}`;
  return [
    trustedAlert({
      alert: 'AlertmanagerClusterDown',
      expr: promql`
        count ${BY_CLUSTER} (avg_over_time(up{${servers}}[5m]) < 0.5)
          / count ${BY_CLUSTER} (up{${servers}})
        >= 0.5`,
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'Half of the replicas of an Alertmanager or more are down',
      description: `{{ $value | humanizePercentage }} of the replicas of ${CLUSTER} have not answered most of the time.`,
    }),
    trustedAlert({
      alert: 'AlertmanagerClusterCrashlooping',
      expr: promql`
        count ${BY_CLUSTER} (changes(process_start_time_seconds{${servers}}[10m]) > 4)
          / count ${BY_CLUSTER} (up{${servers}})
        >= 0.5`,
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'Half of the replicas of an Alertmanager or more crash again and again',
      description: `{{ $value | humanizePercentage }} of the replicas of ${CLUSTER} have restarted 5 times or more in [10m].`,
    }),
  ];
}
