import { isUrlWithPassword } from '../../client-rules';
import { ALERTMANAGER_SETTINGS as SETTINGS } from '../../generated/alertmanager';
import { settingOf } from '../../upstream';
import { showPath, visitTexts } from '../../wire/data';

/** URLs that Alertmanager hides, and that need not be secrets: a webhook of the cluster has none. */
const PUBLIC_URLS = ['WebhookConfig.url', 'WebhookOutputConfig.url'];

/** URL of Slack's API for apps; not a secret, unlike the URL of a webhook. */
const HARMLESS = 'https://slack.com/api/chat.postMessage';

/** Names of settings that are secrets in each type that has them, for settings that are not known. */
function secretNames(): ReadonlySet<string> {
  const settings = Object.values(SETTINGS).flatMap((type) => Object.entries(type));
  const others = new Set(settings.filter(([, { holds }]) => holds !== 'secret').map(([key]) => key));
  return new Set(settings.map(([key]) => key).filter((key) => !others.has(key)));
}

/** Whether the value at a path is a secret; the path begins at the top of the configuration, or in an item of a `kind` of integration. */
function isSecret(path: readonly string[], kind: string): boolean {
  const keys = path.filter((key) => !/^\d+$/.test(key));
  let type = kind === '' ? 'Root' : settingOf(SETTINGS, settingOf(SETTINGS, 'Root', 'receivers')?.holds ?? '', kind)?.holds ?? '';
  for (const key of keys) {
    const setting = settingOf(SETTINGS, type, key);
    if (setting === undefined) {
      return secretNames().has(keys[keys.length - 1]);
    }
    if (setting.holds === 'secret') {
      return !PUBLIC_URLS.includes(`${type}.${key}`);
    }
    type = setting.holds ?? '';
    if (type === 'anything') {
      return false;
    }
  }
  return false;
}

/** Throws where a value is known to be a secret: its setting is one, or it is a URL with a password. */
export function checkNoSecrets(data: unknown, where: string, wayOut: string, kind = ''): void {
  visitTexts(data, (leaf, path) => {
    if (leaf === '' || leaf === HARMLESS) {
      return;
    }
    const shown = showPath(path);
    if (isSecret(path, kind)) {
      throw new Error(`${where}: '${shown}' holds a secret, which the manifest would show; ${wayOut}`);
    }
    if (isUrlWithPassword(leaf)) {
      throw new Error(`${where}: '${shown}' is a URL with a password, which the manifest would show; ${wayOut}`);
    }
  });
}
