import { isJsonMap } from './json';

/** A secret that a manifest would show. */
export interface ShownSecret {
  /** Place of its value, `receivers[0].name`. */
  readonly path: string;
  /** The verb and the rest of a sentence on that place. */
  readonly says: string;
  /** Setting that names a file instead, if the program has one. */
  readonly file?: string;
}

/** Last words of names whose values are secrets: `client_secret`, `apiKey`, `X-Auth-Token`. */
const SECRET_NAME = new RegExp(`(^|_)(${[
  'password', 'passwd', 'pwd', 'passphrase', 'secret', 'token', 'jwt', 'credentials?', 'authorization', 'cookie', 'assertion', 'connection_string', 'webhook_url',
  'secret_access_key', '(api|auth|license|subscription|private|secret|account|signing|encryption|shared|integration|routing|service|user)_?key',
].join('|')})$`);

/** `apiKey`, `API-Key` and `api.key` as `api_key`. */
function inSnakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Whether a name, of a header, a parameter or a key, is that of a secret as a rule. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(inSnakeCase(name));
}

/** What is rendered or replaced where the text is read: `{{ .Labels.x }}`, `$(NAME)` and `${NAME}`. */
const PLACEHOLDER = /\{\{[^"'`]*?\}\}|\$\([^()]*\)|\$\{[^{}]*\}/g;

/** A text without what is put in only where it is read. */
function literal(text: string): string {
  return text.replace(PLACEHOLDER, '').trim();
}

/** Whether nothing of a text is known before it is read. */
export function isPlaceholder(text: string): boolean {
  return literal(text) === '';
}

/** A URL in a text: scheme, host with user, path and parameters; what is rendered may hold any character. */
const URLS = /\b([a-z][a-z0-9+.-]*):\/\/((?:\{\{.*?\}\}|[^\s/?#"'<>])*)((?:\{\{.*?\}\}|[^\s"'<>])*)/gi;

/**
 * URLs that let everybody who knows them post.
 * @see https://api.slack.com/messaging/webhooks
 * @see https://discord.com/developers/docs/resources/webhook
 * @see https://core.telegram.org/bots/api#authorizing-your-bot
 */
const SECRET_URL = /^hooks\.slack\.com\/(services|workflows|triggers)\/\w|^discord(app)?\.com\/api\/webhooks\/\w|^api\.telegram\.org\/bot\d+:\w|^[\w-]+\.webhook\.office\.com\/webhookb2\/\w/i;

/** A URL with a secret: its host, and the rest of a sentence on it. */
export interface SecretUrl {
  readonly host: string;
  readonly says: string;
}

/** The first URL in a text that has a secret in it; undefined where none has. */
export function secretUrl(text: string): SecretUrl | undefined {
  if (!text.includes('://')) {
    return undefined;
  }
  for (const [, scheme, authority, rest] of text.matchAll(URLS)) {
    const at = authority.lastIndexOf('@');
    const host = authority.slice(at + 1);
    const [user, password = ''] = at < 0 ? [''] : authority.slice(0, at).replace(PLACEHOLDER, '').split(/:(.*)/s);
    if (password !== '' || (user !== '' && /^https?$/i.test(scheme) && !authority.slice(0, at).includes(':'))) {
      return { host, says: 'has a user or a password in it' };
    }
    const parameter = parameterOf(rest);
    if (parameter !== undefined) {
      return { host, says: `has a secret in its parameter '${parameter}'` };
    }
    if (SECRET_URL.test(`${authority}${rest}`)) {
      return { host, says: 'is a secret itself' };
    }
  }
  return undefined;
}

/** A URL as a message may show it: without a user, and without parameters where one of them is a secret. */
export function shownUrl(url: string): string {
  const withoutUser = url.replace(/\/\/[^/?#]*@/, '//');
  return secretUrl(withoutUser) === undefined ? withoutUser : withoutUser.replace(/[?#][^]*/, '');
}

/** The rest of a sentence on a text with such a URL. */
export function urlSentence(text: string): string | undefined {
  const secret = secretUrl(text);
  return secret === undefined ? undefined : `is a URL that ${secret.says}`;
}

/** The first parameter of a URL that holds a secret. */
function parameterOf(pathAndQuery: string): string | undefined {
  const query = pathAndQuery.slice(pathAndQuery.indexOf('?') + 1);
  const parameters = pathAndQuery.includes('?') ? query.split(/[&;#]/).map((parameter) => parameter.split(/=(.*)/s)) : [];
  return parameters.find(([name, value = '']) => (namesSecret(name) || /^(sig|signature)$/i.test(name)) && literal(value) !== '')?.[0];
}

/** A pair of JSON, and one of a form. */
const PAIRS = [/"([^"\\]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g, /(?:^|[&\s])([\w.-]+)=([^&\s]+)/g];

/** What in a text is a secret, as the rest of a sentence: a URL, or a pair of JSON or of a form. */
export function textSecret(text: string): string | undefined {
  const names = PAIRS.flatMap((pair) => [...text.matchAll(pair)]).filter(([, name, value]) => namesSecret(name) && literal(value) !== '').map(([, name]) => name);
  return urlSentence(text) ?? (names.length === 0 ? undefined : `has a secret in it, '${names[0]}'`);
}

/** A scalar of a value, and its place. */
interface Scalar {
  readonly path: string;
  /** The key that it is under, or that its list is under. */
  readonly name: string;
  readonly text: string;
  readonly isText: boolean;
}

/** Texts and numbers in a value, at any depth; `path` is its place, and `name` its own name. */
export function scalarsIn(value: unknown, path: string, name: string = ''): Scalar[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, i) => scalarsIn(item, `${path}[${i}]`, name));
  }
  if (isJsonMap(value)) {
    return Object.entries(value).flatMap(([key, item]) => scalarsIn(item, path === '' ? key : `${path}.${key}`, key));
  }
  return typeof value === 'string' || typeof value === 'number' ? [{ path, name, text: String(value), isText: typeof value === 'string' }] : [];
}

/**
 * Secrets in a value whose keys are a user's own, at any depth: under names of secrets, which `isSecret` knows, and in URLs; `path` is its place, and
 * `name` its own name.
 */
export function secretsOfUser(value: unknown, path: string, name: string, isSecret: (name: string) => boolean = namesSecret): ShownSecret[] {
  return scalarsIn(value, path, name).flatMap((scalar) => {
    const isOne = isSecret(scalar.name) && !isPlaceholder(scalar.text);
    const says = isOne ? 'holds a secret' : scalar.isText ? textSecret(scalar.text) : undefined;
    return says === undefined ? [] : [{ path: scalar.path, says }];
  });
}
