import { OPTION_FLAGS } from './alertmanager-options';
import { ALERTMANAGER_FLAGS } from '../generated/alertmanager';
import { FlagRules, ownFlags } from '../kubernetes/flags';

/** Flags by the prop that sets them. */
const BY_PROP = {
  retention: ['data.retention'], web: ['web.config.file'], externalUrl: ['web.external-url', 'web.route-prefix'], logLevel: ['log.level'],
  ...OPTION_FLAGS,
};

/** Flags that the library sets, or the operator. */
export const OWN_ALERTMANAGER_FLAGS = ownFlags(
  BY_PROP,
  'config.file', 'storage.path', 'web.listen-address', 'cluster.listen-address', 'cluster.peer-name', 'cluster.label',
  'cluster.reconnect-timeout',
);

/** Facts about the flags of an Alertmanager. */
export function alertmanagerFlagRules(version: string): FlagRules {
  return {
    version,
    program: 'alertmanager',
    title: 'Alertmanager',
    flags: ALERTMANAGER_FLAGS,
    syntax: 'kingpin',
    own: OWN_ALERTMANAGER_FLAGS,
  };
}
