import { isIP } from 'node:net';
import { isKubernetesLabel, isNamespace } from './checks';
import { ALERTMANAGER_SETTINGS } from './generated/alertmanager';
import { regexProblem } from './regex';
import { didYouMean, quoteList } from './text';

/** Kind of text: what is wrong with one that is none of it, or undefined. */
type Kind = (text: string) => string | undefined;

const SERVER_NAME = /^(\*\.)?[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?\.?$/;

function regex(text: string): string | undefined {
  const problem = regexProblem(text);
  return problem === undefined ? undefined : `'${text}' is not a regular expression (RE2), ${problem}; put a backslash before characters that stand for themselves`;
}

function jobName(text: string): string | undefined {
  return /^[\w ./:-]+$/.test(text) ? undefined : `'${text}' is not the name of a scrape job; write it as the job has it, without quotes or a regular expression`;
}

function serverName(text: string): string | undefined {
  return SERVER_NAME.test(text) || isIP(text) !== 0
    ? undefined
    : `'${text}' is not the name in a certificate; write it as 'host.example.org', without a scheme, a port or a path`;
}

function userName(text: string): string | undefined {
  return text.includes(':') ? `'${text}' is not a user name, since a ':' ends it; leave the password to the Secret` : undefined;
}

function headerValue(text: string): string | undefined {
  return /[\0-\x08\x0a-\x1f\x7f]/.test(text) ? `${JSON.stringify(text)} is not the value of a header, which is one line; take line breaks out` : undefined;
}

/** Integrations of Alertmanager, as its metrics call them. */
function integrations(): string[] {
  return Object.keys(ALERTMANAGER_SETTINGS.Receiver).flatMap((list) => /^(.+)_configs$/.exec(list)?.[1] ?? []).sort();
}

function integration(text: string): string | undefined {
  return integrations().includes(text)
    ? undefined
    : `'${text}' is not an integration of Alertmanager${didYouMean(text, integrations()) || ';'} use one of ${quoteList(integrations())}`;
}

function namespace(text: string): string | undefined {
  return isNamespace(text) ? undefined : `'${text}' is not the name of a namespace, which is lower-case letters, digits and dashes`;
}

/** Kinds of props by their name, or by that and what declares them. */
const KINDS: { readonly [name: string]: Kind } = {
  'ignoredFilesystemTypes': regex,
  'ignoredMountPoints': regex,
  'ignoredInterfaces': regex,
  'ignoredDisks': regex,
  'ignoredUnits': regex,
  'ignoredTargets': regex,
  'ignoredVolumeNamespaces': regex,
  'KubeletDiscovery.service.namespace': namespace,
  'KubeStateRuleOptions.namespaces': regex,
  'versionedJobs': jobName,
  'kubeStateJobName': jobName,
  'apiServerJobName': jobName,
  'kubeletJobName': jobName,
  serverName,
  'criticalIntegrations': integration,
  'BasicAuthProps.username': userName,
  'headers': headerValue,
};

/** Names, ids and the like, which are one line with something on it, and without white space around it. */
const LINES = new Set([
  'authIdentity', 'authUsername', 'hello', 'cluster', 'labelFromKey', 'list', 'valueFrom', 'labelsFromPath', 'toParty', 'toTag', 'toUser', 'weChatCorpId', 'issuerName',
  'environment', 'resourceGroup', 'reopenTransition', 'resolveTransition', 'wontFixResolution', 'queryClass', 'validRcodes', 'externalId',
  'sessionName', 'CustomResourceGaugeProps.path', 'CustomResourceInfoProps.path', 'CustomResourceStateSetProps.path', 'AzureDiscoveryOptions.clientId',
  'AzureDiscoveryOptions.tenantId', 'Ec2DiscoveryOptions.region', 'Ec2DiscoveryOptions.roleArn', 'NodeScrapeProps.portName', 'JiraProps.priority', 'RuleEditOptions.group',
  'ScrapeEndpointProps.name',
]);
/** The same, where what takes them says what to do without one. */
const NAMES = new Set(['container', 'org', 'bucket', 'topic', 'defaultTenant', 'Receiver.of.name', 'TimeIntervalProps.name']);

function line(text: string): string | undefined {
  const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/u.exec(text)?.[0];
  if (unseen !== undefined) {
    return `${JSON.stringify(text)} has the character ${codeOf(unseen)}, which is not one of a name; take it out`;
  }
  return text.trim() === text ? undefined : `'${text}' is not without white space around it; take that away`;
}

function filledLine(text: string): string | undefined {
  return text.trim() === '' ? `'${text}' is not a name; give one, or leave it out` : line(text);
}

/** Texts that a program reads byte by byte or as a pattern, and names that what takes them judges. */
const JUDGED_THERE = ['send', 'expect', 'separator', 'replacement', 'regex', 'label', 'targetLabel', 'sourceLabels'];

/** What is in no text that a person writes: control characters, and halves of pairs, which are no UTF-8. */
function unwritten(text: string): string | undefined {
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f]|\p{Cs}/u.exec(text);
  if (found === null) {
    return undefined;
  }
  const column = found.index - text.lastIndexOf('\n', found.index);
  return `the character ${codeOf(found[0])} at column ${column} is not one of a text; take it out`;
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with a text; `name` is its prop, and `owner` what declares that. */
export function textProblem(text: string, name: string, owner: string): string | undefined {
  const of = `${owner}.${name}`;
  const isAmong = (names: ReadonlySet<string>) => names.has(name) || names.has(of);
  const problem = (KINDS[name] ?? KINDS[of])?.(text) ?? (JUDGED_THERE.includes(name) ? undefined : unwritten(text));
  return problem ?? (isAmong(LINES) ? filledLine(text) : isAmong(NAMES) && text.trim() !== '' ? line(text) : undefined);
}

/** What is wrong with the key of a mapping. */
export function keyProblem(key: string, name: string, owner: string): string | undefined {
  // Those of rules are Prometheus's own.
  return /annotations$/i.test(name) && owner !== 'AlertingRuleProps' && !isKubernetesLabel(key)
    ? `'${key}' is not the key of an annotation; write it as 'app.kubernetes.io/name'`
    : undefined;
}
