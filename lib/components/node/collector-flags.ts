import { NodeCollector } from './node-collector';
import { checkNamedOnce } from '../../checks';
import { checkRegex } from '../../regex';

/** Mount points of the host's file systems in the Pod. */
export const HOST = { proc: '/host/proc', sys: '/host/sys', root: '/host/root' } as const;

/** Mounts of Pods and container runtimes: the kubelet measures volumes, and layers of images are not a node's disks. */
const MOUNT_POINTS = '^/(dev|proc|sys|run/(credentials|netns|k3s|containerd|user|docker)/.+|var/lib/(docker|containers/storage|containerd|kubelet/(pods|plugins)|rancher/k3s/agent/containerd)/.+)($|/)';
/** File systems without blocks of their own. */
const FILE_SYSTEM_TYPES = '^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|erofs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$';
/** The host's ends of Pods' interfaces, which come and go with the Pods. */
const NETWORK_DEVICES = '^(veth.+|cali.+|lxc.+|nodelocaldns|kube-ipvs0|[a-f0-9]{15})$';

/** Flags that switch collectors on and off, and exclude mounts and devices. */
export interface CollectorOptions {
  readonly enabledCollectors?: NodeCollector[];
  readonly disabledCollectors?: NodeCollector[];
  readonly excludedMountPoints?: string;
  readonly excludedFileSystemTypes?: string;
  readonly excludedNetworkDevices?: string;
  readonly textfileDirectory?: string;
}

/** The flags of the collectors. */
export function collectorFlags(where: string, options: CollectorOptions): string[] {
  const enabled = namesOf(where, 'enabledCollectors', options.enabledCollectors);
  const disabled = namesOf(where, 'disabledCollectors', options.disabledCollectors);
  const both = enabled.find((name) => disabled.includes(name));
  if (both !== undefined) {
    throw new Error(`${where}: collector '${both}' is both enabled and disabled; name it in one of 'enabledCollectors' and 'disabledCollectors'`);
  }
  const devices = options.excludedNetworkDevices ?? NETWORK_DEVICES;
  return [
    ...enabled.map((name) => `--collector.${name}`),
    // the rule on crash loops counts restarts, which the collector leaves out by default
    ...(enabled.includes(NodeCollector.SYSTEMD.name) ? ['--collector.systemd.enable-restarts-metrics'] : []),
    ...disabled.map((name) => `--no-collector.${name}`),
    exclusion(where, 'excludedMountPoints', '--collector.filesystem.mount-points-exclude', options.excludedMountPoints ?? MOUNT_POINTS),
    exclusion(where, 'excludedFileSystemTypes', '--collector.filesystem.fs-types-exclude', options.excludedFileSystemTypes ?? FILE_SYSTEM_TYPES),
    exclusion(where, 'excludedNetworkDevices', '--collector.netdev.device-exclude', devices),
    exclusion(where, 'excludedNetworkDevices', '--collector.netclass.ignored-devices', devices),
    ...textfileFlags(where, options.textfileDirectory, disabled),
  ];
}

function textfileFlags(where: string, directory: string | undefined, disabled: readonly string[]): string[] {
  if (directory === undefined) {
    return [];
  }
  if (!/^(\/[^/\s]+)+$/.test(directory) || directory.split('/').some((part) => part === '.' || part === '..')) {
    throw new Error(`${where}: textfileDirectory: '${directory}' is not an absolute path of the host; write it as '/var/lib/node-exporter', without '.' and '..'`);
  }
  if (disabled.includes(NodeCollector.TEXTFILE.name)) {
    throw new Error(`${where}: textfileDirectory '${directory}' is given and the collector 'textfile' is disabled; leave one of them out`);
  }
  return [`--collector.textfile.directory=${HOST.root}${directory}`];
}

function exclusion(where: string, prop: string, flag: string, regex: string): string {
  checkRegex(regex, `${where}: ${prop}`);
  return `${flag}=${regex}`;
}

function namesOf(where: string, prop: string, collectors: NodeCollector[] = []): string[] {
  const names = collectors.map(({ name }) => name);
  checkNamedOnce(names, `${where}: ${prop}`, 'collector');
  return names;
}
