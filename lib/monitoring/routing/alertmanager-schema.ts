import { isClassicLabelName } from '../../checks';
import { clientFault, headersFault, tlsFault } from '../../client-rules';
import { alertmanagerConditions, ALERTMANAGER_SETTINGS } from '../../generated/alertmanager';
import { isGiven, isJsonMap, JsonMap, printed } from '../../json';
import { SettingFault, SettingSchema } from '../../settings';
import { settingOf } from '../../upstream';

function routeFault(route: JsonMap): SettingFault | undefined {
  const zero = ['group_interval', 'repeat_interval'].find((key) => route[key] === 0 || (typeof route[key] === 'string' && /^(?:0[a-z]*)+$/.test(route[key])));
  if (zero !== undefined) {
    return { at: '', says: `${zero} is zero, which Alertmanager refuses; give a minute or more` };
  }
  const groupBy: readonly unknown[] = Array.isArray(route.group_by) ? route.group_by : [];
  const twice = groupBy.find((label, i) => groupBy.indexOf(label) !== i || label === '');
  if (twice !== undefined) {
    return { at: 'group_by', says: `'${printed(twice)}' is ${twice === '' ? 'no label' : 'named twice'}; take it out` };
  }
  if (groupBy.includes('...') && groupBy.length > 1) {
    return { at: 'group_by', says: "'...' groups by all labels; leave out the others" };
  }
  const named = [...namesOf(route.match), ...namesOf(route.match_re)].find((label) => !isClassicLabelName(label));
  return named === undefined ? undefined : { at: '', says: `'match' knows letters, digits and '_' in names of labels, got '${named}'; write it in 'matchers'` };
}

function namesOf(value: unknown): string[] {
  return isJsonMap(value) ? Object.keys(value) : [];
}

function inhibitionFault(rule: JsonMap): SettingFault | undefined {
  const sides = [['source_matchers', 'source_match', 'source_match_re'], ['target_matchers', 'target_match', 'target_match_re']];
  const named = sides.flat().filter((key) => key.endsWith('match') || key.endsWith('_re')).flatMap((key) => namesOf(rule[key])).find((label) => !isClassicLabelName(label));
  return named === undefined ? undefined : { at: '', says: `'source_match' and 'target_match' know letters, digits and '_' in names of labels, got '${named}'; write it in 'source_matchers'` };
}

function receiverFault({ name, labels }: JsonMap): SettingFault | undefined {
  return isJsonMap(labels) && labels.name !== undefined && labels.name !== name
    ? { at: 'labels', says: `the label 'name' is that of the receiver, got '${printed(labels.name)}'; leave it out` }
    : undefined;
}

/** Outputs of recorded events, each of which has a name. */
const OUTPUTS = ['FileOutputConfig', 'WebhookOutputConfig', 'KafkaOutputConfig', 'StdoutOutputConfig'];

function namelessFault({ name }: JsonMap): SettingFault | undefined {
  return isGiven(name) ? undefined : { at: '', says: "there is no 'name', which Alertmanager needs; give one" };
}

function webhookOutputFault(data: JsonMap): SettingFault | undefined {
  return namelessFault(data) ?? (isGiven(data.url) || isGiven(data.url_file) ? undefined : { at: '', says: "there is no 'url', which Alertmanager needs; give one" });
}

function tracingFault({ compression }: JsonMap): SettingFault | undefined {
  return isGiven(compression) && compression !== 'gzip' ? { at: 'compression', says: `'${printed(compression)}' is not a compression; use 'gzip', or leave it out` } : undefined;
}

const schemaOf = (): SettingSchema => ({
  program: 'Alertmanager',
  // a webhook of the cluster has none
  harmless: ['WebhookConfig.url', 'WebhookOutputConfig.url'],
  // the URL of Slack's API for apps, unlike that of a webhook
  harmlessTexts: ['https://slack.com/api/chat.postMessage'],
  templated: true,
  types: ALERTMANAGER_SETTINGS,
  conditions: alertmanagerConditions(),
  more: {
    Route: routeFault,
    InhibitRule: inhibitionFault,
    Receiver: receiverFault,
    HTTPClientConfig: clientFault,
    OAuth2: clientFault,
    TLSConfig: tlsFault,
    Headers: (data) => headersFault(data, ''),
    TracingConfig: tracingFault,
    ...Object.fromEntries(OUTPUTS.map((type) => [type, namelessFault])),
    WebhookOutputConfig: webhookOutputFault,
  },
});

let schema: SettingSchema | undefined;

/** The configuration of Alertmanager. */
export function alertmanagerSchema(): SettingSchema {
  schema ??= schemaOf();
  return schema;
}

/** The type of the items in a list of a receiver; undefined where the list is unknown. */
export function typeOfIntegration(kind: string): string | undefined {
  return settingOf(ALERTMANAGER_SETTINGS, settingOf(ALERTMANAGER_SETTINGS, 'Root', 'receivers')?.holds ?? '', kind)?.holds;
}
