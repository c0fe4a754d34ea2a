import { configDir, secretDir } from '../../kubernetes/mount-paths';
import { fileSpelling } from '../../wire/file-spelling';

/** Where both backends mount the Secret that holds the configuration, and the template files. */
export const CONFIG_DIRECTORY = configDir('alertmanager');

/** Where both backends mount the Secrets that the configuration refers to. */
export const SECRETS_DIRECTORY = secretDir('alertmanager');

/** Spelling of Alertmanager's configuration. */
export const CONFIG_SPELLING = fileSpelling('alertmanager');
