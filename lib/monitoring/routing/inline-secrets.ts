import { alertmanagerSchema } from './alertmanager-schema';
import { JsonMap } from '../../json';
import { secretsIn } from '../../setting-secrets';
import { secretsOfUser } from '../../secret-texts';

/** Throws on a secret in the settings of a type, or of none that Alertmanager has: the setting is one, or its value is known to hold one. */
export function checkNoSecrets(data: JsonMap, type: string | undefined, where: string, wayOut: string): void {
  const [secret] = secretsIn(data, type ?? '', alertmanagerSchema());
  if (secret !== undefined) {
    throw new Error(`${where}: '${secret.path}' ${secret.says}, which the manifest would show; ${wayOut}`);
  }
}

/** As `checkNoSecrets`, for what a user posts by keys of their own. */
export function checkNoSecretsOfUser(data: unknown, where: string, wayOut: string): void {
  const [secret] = secretsOfUser(data, '', '');
  if (secret !== undefined) {
    throw new Error(`${where}: ${secret.path === '' ? 'it' : `'${secret.path}'`} ${secret.says}, which the manifest would show; ${wayOut}`);
  }
}
