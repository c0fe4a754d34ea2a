import { isIP } from 'node:net';
import { isKubernetesLabel } from './checks';
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

/** Kinds of props by their name, or by that and what declares them. */
const KINDS: { readonly [name: string]: Kind } = {
  'ignoredFilesystemTypes': regex,
  'ignoredMountPoints': regex,
  'ignoredInterfaces': regex,
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

/** What is wrong with a text; `name` is its prop, and `owner` what declares that. */
export function textProblem(text: string, name: string, owner: string): string | undefined {
  const kind = KINDS[name] ?? KINDS[`${owner}.${name}`];
  return kind?.(text);
}

/** What is wrong with the key of a mapping. */
export function keyProblem(key: string, name: string, owner: string): string | undefined {
  // Those of rules are Prometheus's own.
  return /annotations$/i.test(name) && owner !== 'AlertingRuleProps' && !isKubernetesLabel(key)
    ? `'${key}' is not the key of an annotation; write it as 'app.kubernetes.io/name'`
    : undefined;
}
