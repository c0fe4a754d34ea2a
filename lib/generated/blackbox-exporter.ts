// Flags of blackbox-exporter 0.28, with the versions since 0.24 that brought them.
// Written by `npm run versions`, see CONTRIBUTING.md; not to be edited.
import { FlagTable } from '../upstream';

/** Flags by name, without dashes. */
export const BLACKBOX_EXPORTER_FLAGS: FlagTable = {
  'config.auto-reload-interval': { type: 'int', since: '0.28' },
  'config.check': { type: 'bool' },
  'config.enable-auto-reload': { type: 'bool', since: '0.28' },
  'config.file': {},
  'history.limit': { type: 'int' },
  'log.format': {},
  'log.level': {},
  'log.prober': { since: '0.25' },
  'timeout-offset': { type: 'float' },
  'web.config.file': {},
  'web.external-url': {},
  'web.listen-address': {},
  'web.route-prefix': {},
  'web.systemd-socket': { type: 'bool' },
};
