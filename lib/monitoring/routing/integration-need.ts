/**
 * A setting that an integration must have, of its own or from the global settings, by the keys of Alertmanager's configuration.
 * @see https://github.com/prometheus/alertmanager/blob/main/config/config.go
 */
export interface IntegrationNeed {
  /** Keys of the integration, one of which is enough. */
  readonly settings: readonly string[];
  /** Keys of the global settings, one of which is enough. */
  readonly globals: readonly string[];
  /** Props that give it, in messages. */
  readonly props: string;
  /** Props of the routing's `global` that give it, in messages. */
  readonly globalProps: string;
}

/** A need by the props and the settings that meet it. */
export function need(props: string, globalProps: string, settings: readonly string[], globals: readonly string[]): IntegrationNeed {
  return { settings, globals, props, globalProps };
}

/** As `need`, of settings that hold secrets, or name files with them. */
export function needOfSecret(props: string, globalProps: string, settings: readonly string[], globals: readonly string[]): IntegrationNeed {
  const withFiles = (keys: readonly string[]) => keys.flatMap((key) => [key, `${key}_file`]);
  return need(props, globalProps, withFiles(settings), withFiles(globals));
}
