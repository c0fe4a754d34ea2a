import { isIP } from 'node:net';
import { isKubernetesLabel, isLabelName, isMetricName, isNamespace, isObjectName, isPortName } from './checks';
import { ALERTMANAGER_SETTINGS } from './generated/alertmanager';
import { regexSentence } from './regex';
import { codeOf, didYouMean, quoteList, visible } from './text';

/** Kind of text: what is wrong with one that is none of it, or undefined. */
export type Kind = (text: string) => string | undefined;

/** The kind of texts that a pattern matches; `is` and `use` make the sentence on another text. */
function matching(pattern: RegExp, is: string, use: string): Kind {
  return (text) => (pattern.test(text) ? undefined : `'${visible(text)}' is not ${is}; ${use}`);
}

/** The same by a predicate. */
function being(isRight: (text: string) => boolean, is: string, use: string): Kind {
  return (text) => (isRight(text) ? undefined : `'${visible(text)}' is not ${is}; ${use}`);
}

const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
/** What is in no text that a person writes: control characters, and halves of pairs, which are no UTF-8. */
const UNWRITTEN = /[\0-\x08\x0b\x0c\x0e-\x1f]|\p{Cs}/u;

/** What in a text cannot be written, as a sentence. */
export function unwritten(text: string): string | undefined {
  const found = UNWRITTEN.exec(text);
  if (found === null) {
    return undefined;
  }
  const column = found.index - text.lastIndexOf('\n', found.index);
  return `the character ${codeOf(found[0])} at column ${column} is not one of a text; take it out`;
}

function seen(text: string, of: string = 'name'): string | undefined {
  const unseen = UNSEEN.exec(text)?.[0];
  return unseen === undefined ? unwritten(text) : `'${visible(text)}' has the character ${codeOf(unseen)}, which is not one of a ${of}; take it out`;
}

function line(text: string, of?: string): string | undefined {
  return seen(text, of) ?? (text.trim() === text ? undefined : `'${text}' is not without white space around it; take that away`);
}

/** The kind of lines that may not be empty. */
function filled(kind: Kind): Kind {
  return (text) => (text.trim() === '' ? `'${visible(text)}' is not a name; give one, or leave it out` : kind(text));
}

/** The kind of lines of which what takes them says what to do without one. */
function name(text: string): string | undefined {
  return text.trim() === '' ? unwritten(text) : line(text);
}

/** Kinds that are judged further where they are taken. */
const url: Kind = (text) => line(text, 'URL');
const path: Kind = (text) => line(text, 'path');

/** Only the beginning of it is shown. */
function pem(text: string): string | undefined {
  return /^-----BEGIN CERTIFICATE-----\s[^]+?^-----END CERTIFICATE-----/m.test(text)
    ? undefined
    : `'${visible(text.slice(0, 30))}${text.length > 30 ? '…' : ''}' is not a certificate in PEM form; give it from '-----BEGIN CERTIFICATE-----' to '-----END CERTIFICATE-----'`;
}

function regex(text: string): string | undefined {
  return regexSentence(text) ?? unwritten(text);
}

/** Integrations of Alertmanager, as its metrics call them. */
function integrations(): string[] {
  return Object.keys(ALERTMANAGER_SETTINGS.Receiver).flatMap((list) => /^(.+)_configs$/.exec(list)?.[1] ?? []).sort();
}

function integration(text: string): string | undefined {
  return integrations().includes(text)
    ? undefined
    : `'${visible(text)}' is not an integration of Alertmanager${didYouMean(text, integrations()) || ';'} use one of ${quoteList(integrations())}`;
}

const HOST = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::\d+)?`;
const PATH = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const REGISTRY = new RegExp(`^${HOST}(?:/${PATH})*/*$`);
const IMAGE = new RegExp(`^(?:${HOST}/)?${PATH}(?:/${PATH})*(?::\\w[-.\\w]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`);
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** A name that is looked up, with the underscores of SRV records and the dot at its end. */
const LOOKED_UP = /^(?=.{1,254}$)(?!.*[^.]{64})[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([-A-Za-z0-9_]*[A-Za-z0-9_])?)*\.?$/;
const SERVER_NAME = /^(\*\.)?[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?\.?$/;
const VERSION = /^\d+\.\d+(\.\d+)?$/;
const JOB_NAME = /^[^\s"'`\\{}$\p{C}]([^"'`\\{}$\p{C}\p{Zl}\p{Zp}]*[^\s"'`\\{}$\p{C}])?$/u;

/**
 * Kinds of texts by their names. One that is undefined is judged where it is taken, as its sentence needs more than the text: other settings, the
 * version of a program, the expression around it.
 */
export const KINDS = {
  objectName: being(isObjectName, 'the name of an object', "use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last"),
  storageClass: being((text) => text === '' || isObjectName(text), 'the name of a storage class',
    "use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last, or '' for none"),
  // Of a StatefulSet's name a label of its Pods is made that has 11 characters more, and a label has at most 63.
  constructName: matching(/^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/, 'a name for Kubernetes objects', 'use at most 52 lower-case letters, digits and dashes, a letter first'),
  volumeName: undefined,
  namespaceName: being(isNamespace, 'the name of a namespace', 'use at most 63 lower-case letters, digits and dashes, a letter or digit first and last'),
  serviceName: undefined,
  portName: undefined,
  servicePortName: being(isPortName, 'a port name', "use at most 63 lower-case letters, digits and '-'"),
  containerName: being(isNamespace, 'the name of a container', 'use at most 63 lower-case letters, digits and dashes, a letter or digit first and last'),
  labelKey: being(isKubernetesLabel, 'the key of a Kubernetes label', "write it as 'app.kubernetes.io/name'"),
  labelKeyOrAll: being((text) => text === '*' || isKubernetesLabel(text), 'the key of a label or an annotation', "write it as 'app.kubernetes.io/name', or '*' alone for all"),
  labelValue: matching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, 'the value of a Kubernetes label',
    "use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last"),
  annotationKey: being(isKubernetesLabel, 'the key of an annotation', "write it as 'app.kubernetes.io/name'"),
  annotationValue: unwritten,
  annotationPrefix: matching(DNS_NAME, 'the prefix of an annotation', "write it as a DNS name such as 'prometheus.io', without a slash"),
  apiGroup: matching(/^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'an API group', "write it as 'apps', without a version"),
  apiVersion: matching(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'a version of an API', "write it as 'v1'"),
  resourceName: matching(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'the name of a resource', "name it in the plural, as in 'deployments'"),
  kindName: matching(/^[A-Za-z]([A-Za-z0-9]*)$/, 'a kind', "write it as 'Certificate'"),
  dataKey: being((text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && !text.startsWith('..'), 'the key of a Secret or a ConfigMap',
    "use at most 253 letters, digits, '-', '_' and '.'"),
  keyOfObject: undefined,
  image: matching(IMAGE, 'the reference of an image', "write it as 'registry.example.com/path/name:tag', without a scheme"),
  registry: matching(REGISTRY, 'a registry', "write it as 'registry.example.com/mirror', without a scheme"),
  subPath: name,
  metricName: being(isMetricName, 'a metric name', 'use at least one character, no white space around it and no characters that cannot be seen, and give labels as labels'),
  labelName: being(isLabelName, 'a label name', 'use at least one character, no white space around it and no characters that cannot be seen'),
  labelText: unwritten,
  regex,
  judgedRegex: undefined,
  joinedRegex: undefined,
  relabeledLabel: undefined,
  metricPattern: filled(line),
  promQl: undefined,
  selector: undefined,
  adapterQuery: undefined,
  template: unwritten,
  ruleName: seen,
  jobName: matching(JOB_NAME, 'the name of a scrape job',
    "use at least one character, no quotes, braces, '\\' and '$', no white space around it and no characters that cannot be seen"),
  endpointName: filled(line),
  feature: name,
  integration,
  integrationKind: undefined,
  metricOfApi: undefined,
  metricPart: matching(/^(?!\d)\w*$/, 'a part of the name of a metric', "use letters, digits and '_', not a digit first"),
  collector: undefined,
  probeModule: name,
  timeOfDay: matching(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of the day', "write it as 'HH:MM', from '00:00' to '24:00'"),
  timeZone: undefined,
  url,
  host: name,
  lookedUpName: matching(LOOKED_UP, 'a name that can be looked up', "write it as 'host.example.org', without a scheme, a port or a path"),
  hostPort: name,
  serverName: being((text) => SERVER_NAME.test(text) || isIP(text) !== 0, 'the name in a certificate',
    "write it as 'host.example.org', without a scheme, a port or a path"),
  ipAddress: undefined,
  // Judged further when the monitor is made.
  instanceAddress: name,
  nodeAddress: being((text) => isIP(text) !== 0, 'an IP address', "write it as '192.0.2.1' or '2001:db8::1', without a scheme or a port"),
  ipRange: undefined,
  noProxy: matching(/^[^\s,/\p{C}]+(\/\d{1,3})?$/u, 'what is reached without a proxy',
    "write each as a domain name, an IP address or a range in CIDR notation, as in '.example.org' or '10.0.0.0/8'"),
  probeTarget: name,
  path,
  headerName: matching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'a header name', "use letters, digits and '-'"),
  headerValue: matching(/^[^\0-\x08\x0a-\x1f\x7f]*$/, 'the value of a header, which is one line', 'take line breaks out'),
  userName: being((text) => !text.includes(':'), "a user name, since a ':' ends it", 'leave the password to the Secret'),
  line: filled(line),
  name,
  roleArn: matching(/^arn:aws[-a-z]*:iam::\d{12}:role\/[^\s\p{C}]+$/u, 'the ARN of a role', "write it as 'arn:aws:iam::123456789012:role/name'"),
  templatedArn: matching(/\{\{|^arn:[^:]+:[^:]+:[^:]*:[^:]*:[^\s\p{C}]+$/u, 'an ARN', "write it as 'arn:aws:sns:eu-central-1:123456789012:alerts'"),
  exactName: name,
  phoneNumber: undefined,
  version: matching(VERSION, 'a version', "write it as '3.5.0'"),
  operatorVersion: matching(VERSION, 'a version', "write it as '0.85.0'"),
  serverVersion: undefined,
  uid: matching(/^[\w-]{1,40}$/, 'a uid of Grafana', 'use at most 40 letters, digits, dashes and underscores'),
  choice: undefined,
  filePath: seen,
  fileContent: unwritten,
  pem,
  storageEndpoint: name,
  flag: unwritten,
  setting: unwritten,
  cardColor: matching(/^(good|warning|danger|#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})|.*\{\{[^]*)$/, 'a colour', "write it as '#ff0000', or use 'good', 'warning' and 'danger'"),
  bytes: undefined,
  text: unwritten,
} as const satisfies { readonly [kind: string]: Kind | undefined };

/** Name of a kind. */
export type KindName = keyof typeof KINDS;
