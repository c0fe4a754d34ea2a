import { configDir, secretDir } from '../../kubernetes/mount-paths';
import { fileSpelling } from '../../wire/file-spelling';

/** Folder of the configuration and the template files, on both backends. */
export const CONFIG_DIRECTORY = configDir('alertmanager');

/** Folder of the Secrets that the configuration refers to, on both backends. */
export const SECRETS_DIRECTORY = secretDir('alertmanager');

/** Spelling of Alertmanager's configuration. */
export const CONFIG_SPELLING = fileSpelling('alertmanager');
