import { BLACKBOX_EXPORTER_FLAGS } from '../../generated/blackbox-exporter';
import { ownFlags, ProgramFlags } from '../../kubernetes/flags';

/** Flags of the exporter; those that the library sets are here with those by which it could not be reached any more. */
export const BLACKBOX_FLAGS: ProgramFlags = {
  program: 'blackboxExporter',
  title: 'blackbox-exporter',
  flags: BLACKBOX_EXPORTER_FLAGS,
  syntax: 'kingpin',
  own: ownFlags({ modules: ['config.file'] }, 'web.listen-address', 'web.config.file', 'web.systemd-socket', 'web.external-url', 'web.route-prefix'),
};
