/** Where both backends mount the Secret that holds the configuration and the template files. */
export const CONFIG_DIRECTORY = '/etc/alertmanager/config';

/** Where both backends mount each Secret that the configuration refers to. */
export const SECRETS_DIRECTORY = '/etc/alertmanager/secrets';
