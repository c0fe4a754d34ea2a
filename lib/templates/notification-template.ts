import { checkGoTemplate, TemplateDialect } from './go-template';

const OF_ALERTS = "alerts have it: write '.CommonLabels' for what all have, or '{{ range .Alerts }}{{ .Labels.namespace }}{{ end }}'";
const OF_RULES = 'notifications have no value; write it into an annotation of the alert, and that here';

/**
 * Templates of notifications, with the functions of the newest Alertmanager.
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */
const NOTIFICATIONS: TemplateDialect = {
  program: 'Alertmanager',
  functions: [
    'toUpper', 'toLower', 'title', 'trimSpace', 'join', 'match', 'safeHtml', 'safeUrl', 'urlUnescape', 'reReplaceAll', 'stringSlice', 'routeLabels',
    'date', 'tz', 'now', 'since', 'humanizeDuration', 'toDate', 'mustToDate', 'addDuration', 'toJson', 'base64encode', 'base64decode', 'list', 'append',
    'dict',
  ],
  variables: ['$'],
  fields: new Map([
    ['Receiver', 0], ['Status', 0], ['ExternalURL', 0], ['NotificationReason', 0], ['Alerts', 1], ['GroupLabels', 2], ['CommonLabels', 2],
    ['CommonAnnotations', 2], ['RouteLabels', 2],
  ]),
  fieldOf: new Map(),
  instead: new Map([
    ['$labels', OF_ALERTS], ['Labels', OF_ALERTS], ['Annotations', OF_ALERTS], ['StartsAt', OF_ALERTS], ['EndsAt', OF_ALERTS],
    ['GeneratorURL', OF_ALERTS], ['Fingerprint', OF_ALERTS], ['$value', OF_RULES], ['Value', OF_RULES],
    ['$externalURL', "write '.ExternalURL'"], ['$externalLabels', 'notifications have no external labels; they are among the labels of the alerts'],
    ['lowercase', "write 'toLower'"], ['uppercase', "write 'toUpper'"], ['default', "write '{{ or .CommonLabels.team \"none\" }}'"],
  ]),
};

/** Throws unless Alertmanager can expand `text` in a notification: Go's grammar, the functions that exist, and the fields of the notification. */
export function checkNotificationTemplate(where: string, text: string): void {
  checkGoTemplate(where, text, NOTIFICATIONS);
}
