import { NODE_EXPORTER_FLAGS } from '../../generated/node-exporter';
import { ownFlags, ProgramFlags } from '../../kubernetes/flags';

/** A collector's switch; the flags of its settings have one more part. */
const COLLECTOR = /^collector\.[^.]+$/;

/** Flags by the prop that sets them. With an exclusion, which the library sets, the exporter starts with no inclusion and no older name of either. */
const BY_PROP = {
  port: ['web.listen-address'],
  textfileDirectory: ['collector.textfile.directory'],
  excludedMountPoints: [
    'collector.filesystem.mount-points-exclude', 'collector.filesystem.mount-points-include', 'collector.filesystem.ignored-mount-points',
  ],
  excludedFileSystemTypes: ['collector.filesystem.fs-types-exclude', 'collector.filesystem.fs-types-include', 'collector.filesystem.ignored-fs-types'],
  excludedNetworkDevices: [
    'collector.netdev.device-exclude', 'collector.netdev.device-include', 'collector.netdev.device-blacklist', 'collector.netdev.device-whitelist',
    'collector.netclass.ignored-devices',
  ],
};

const COLLECTORS = Object.keys(NODE_EXPORTER_FLAGS).filter((flag) => COLLECTOR.test(flag));

/** Flags of the exporter; those that the library sets are here with those by which it could not be scraped any more. */
export const NODE_FLAGS: ProgramFlags = {
  program: 'nodeExporter',
  title: 'node-exporter',
  flags: NODE_EXPORTER_FLAGS,
  syntax: 'kingpin',
  own: ownFlags(
    { ...BY_PROP, enabledCollectors: [...COLLECTORS, 'collector.systemd.enable-restarts-metrics'], disabledCollectors: COLLECTORS },
    'path.procfs', 'path.sysfs', 'path.rootfs', 'path.udev.data', 'web.config.file', 'web.systemd-socket', 'web.telemetry-path',
  ),
};
