import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const WITHOUT_DISK = ['autofs', 'binfmt_misc', 'cgroup2?', 'configfs', 'devpts', 'devtmpfs', 'erofs', 'fuse.lxcfs', 'iso9660', 'nsfs', 'overlay', 'proc',
  'ramfs', 'rootfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs'];
const MOUNTS_OF_CONTAINERS = '/var/lib/(kubelet|containerd|docker|containers)/.+|/run/.+|/boot/efi';

/** Resource of a filesystem that may run out: bytes or inodes. */
interface Amount {
  readonly noun: string;
  readonly free: string;
  readonly total: string;
  readonly alertSuffix: string;
}

const SPACE: Amount = {
  noun: 'space', free: 'node_filesystem_avail_bytes', total: 'node_filesystem_size_bytes', alertSuffix: 'Space',
};
const INODES: Amount = {
  noun: 'inodes', free: 'node_filesystem_files_free', total: 'node_filesystem_files', alertSuffix: 'Files',
};

/** Filesystems that fill up, or are nearly full, by bytes and by inodes. */
export function nodeFilesystemRules(job: string, options: NodeRuleOptions): AlertingRule[] {
  const limits = nodeThresholds(options);
  const selector = filesystemSelector(job, options);
  return [
    fillingUp(SPACE, selector, limits.fillingUpWarningPercent, 24, Severity.WARNING),
    fillingUp(SPACE, selector, limits.fillingUpCriticalPercent, 4, Severity.CRITICAL),
    almostOut(SPACE, selector, limits.freeSpaceWarningPercent, Duration.minutes(30), Severity.WARNING),
    almostOut(SPACE, selector, limits.freeSpaceCriticalPercent, Duration.minutes(30), Severity.CRITICAL),
    fillingUp(INODES, selector, limits.fillingUpInodesWarningPercent, 24, Severity.WARNING),
    fillingUp(INODES, selector, limits.fillingUpInodesCriticalPercent, 4, Severity.CRITICAL),
    almostOut(INODES, selector, limits.freeInodesWarningPercent, Duration.hours(1), Severity.WARNING),
    almostOut(INODES, selector, limits.freeInodesCriticalPercent, Duration.hours(1), Severity.CRITICAL),
    readOnly(selector),
  ];
}

function filesystemSelector(job: string, options: NodeRuleOptions): string {
  return `{${job}, ${filesystemMatchers(options)}}`;
}

/** Matchers of the filesystems that matter: on a disk, and not of a container. */
export function filesystemMatchers(options: NodeRuleOptions = {}): string {
  const { ignoredFilesystemTypes = WITHOUT_DISK, ignoredMountPoints = MOUNTS_OF_CONTAINERS } = options;
  return `fstype!="", fstype!~${JSON.stringify(ignoredFilesystemTypes.join('|'))}, mountpoint!~${JSON.stringify(ignoredMountPoints)}`;
}

/** Free in percent, of a filesystem that can be written to. */
function freeBelow({ free, total }: Amount, selector: string, percent: number): string {
  return promql`
    100 * ${latest(`${free}${selector}`)} / ${latest(`${total}${selector}`)} < ${percent}
    and ${latest(`node_filesystem_readonly${selector}`)} == 0`;
}

function fillingUp(amount: Amount, selector: string, percent: number, hours: number, severity: Severity): AlertingRule {
  return trustedAlert({
    alert: `NodeFilesystem${amount.alertSuffix}FillingUp`,
    expr: promql`
      ${freeBelow(amount, selector, percent)}
      and predict_linear(${amount.free}${selector}[6h], ${hours} * 3600) < 0`,
    for: Duration.hours(1),
    severity,
    summary: `A filesystem will run out of ${amount.noun} within ${hours} hours`,
    description: `${WHERE} has {{ printf "%.2f" $value }}% of its ${amount.noun} left and, going by the last 6 hours, none in ${hours} hours.`,
  });
}

function almostOut(amount: Amount, selector: string, percent: number, time: Duration, severity: Severity): AlertingRule {
  return trustedAlert({
    alert: `NodeFilesystemAlmostOutOf${amount.alertSuffix}`,
    expr: freeBelow(amount, selector, percent),
    for: time,
    severity,
    summary: `A filesystem has less than ${percent}% of its ${amount.noun} left`,
    description: `${WHERE} has had less than ${percent}% of its ${amount.noun} left for [for], now {{ printf "%.2f" $value }}%.`,
  });
}

/** A filesystem that is read-only by intention always was. */
function readOnly(selector: string): AlertingRule {
  return trustedAlert({
    alert: 'NodeFilesystemReadOnly',
    expr: promql`
      ${latest(`node_filesystem_readonly${selector}`)} == 1
      and min_over_time(node_filesystem_readonly${selector}[1d:1h]) == 0`,
    for: Duration.minutes(5),
    severity: Severity.CRITICAL,
    summary: 'A filesystem has become read-only',
    description: `${WHERE} could be written to within the last day, and has been read-only for [for]: its disk may be failing. See \`dmesg\` there.`,
  });
}

const WHERE = 'The filesystem on {{ $labels.device }}, mounted at {{ $labels.mountpoint }} of {{ or $labels.node $labels.instance }},';
