import { deployedNamespaces } from './apps';
import { kubectl, KubeObject, listObjects } from './kubectl';
import { PrometheusApi } from './prometheus-api';

interface Pod extends KubeObject {
  readonly status: {
    readonly phase: string;
    readonly containerStatuses?: readonly { readonly name: string; readonly ready: boolean; readonly restartCount: number }[];
  };
}

interface Service extends KubeObject {
  readonly spec: { readonly clusterIP?: string; readonly ports?: readonly { readonly name?: string; readonly port: number }[] };
}

async function told(title: string, tell: () => Promise<string>): Promise<string> {
  try {
    const text = (await tell()).trim();
    return text === '' ? '' : `--- ${title}\n${text}\n`;
  } catch (error) {
    return `--- ${title}\ncannot be told: ${error instanceof Error ? error.message : String(error)}\n`;
  }
}

function shortened(text: string): string {
  return text.split('\n').map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line)).join('\n');
}

async function logsOfUnready(namespace: string): Promise<string> {
  const pods = await listObjects<Pod>('pods', { namespace });
  const unready = pods.flatMap(({ metadata, status }) => (status.containerStatuses ?? [])
    .filter(({ ready, restartCount }) => !ready || restartCount > 0)
    .map(({ name }) => ({ pod: metadata.name, container: name })));
  const logs = await Promise.all(unready.map(({ pod, container }) => told(
    `log of ${namespace}/${pod} ${container}`,
    async () => shortened(await kubectl(['logs', '--namespace', namespace, pod, '--container', container, '--tail=8'])),
  )));
  return logs.join('');
}

async function troublesOf(prometheus: PrometheusApi): Promise<string> {
  const [targets, groups] = await Promise.all([prometheus.activeTargets(), prometheus.ruleGroups()]);
  const down = targets.filter(({ health }) => health !== 'up')
    .map(({ scrapePool, scrapeUrl, health, lastError }) => `${scrapePool} ${scrapeUrl} is ${health}: ${lastError}`);
  const failing = groups.flatMap(({ name: group, rules }) => rules
    .filter(({ lastError = '' }) => lastError !== '')
    .map(({ name, lastError }) => `rule ${group}/${name}: ${lastError}`));
  return [...down, ...failing].join('\n');
}

async function troublesIn(namespace: string): Promise<string> {
  const services = await listObjects<Service>('services', { namespace });
  const servers = services.filter(({ spec }) => spec.clusterIP !== 'None' && spec.ports?.some(({ name, port }) => name === 'web' && port === 9090));
  const troubles = await Promise.all(servers.map(({ metadata }) => told(
    `Prometheus ${namespace}/${metadata.name}: what fails`,
    () => troublesOf(new PrometheusApi(namespace, metadata.name)),
  )));
  return troubles.join('');
}

/** What an engineer looks at first when a test fails: Pods, warnings, logs of what is not ready, targets and rules that fail. */
export async function diagnosis(): Promise<string> {
  const parts = await Promise.all(deployedNamespaces().flatMap((namespace) => [
    told(`pods of ${namespace}`, () => kubectl(['get', 'pods', '--namespace', namespace, '-o', 'wide'])),
    told(`warnings in ${namespace}`, () => kubectl([
      'get', 'events', '--namespace', namespace, '--field-selector', 'type=Warning', '--sort-by=.lastTimestamp',
      '-o', 'custom-columns=LAST:.lastTimestamp,OBJECT:.involvedObject.name,REASON:.reason,MESSAGE:.message', '--no-headers',
    ])),
    told(`logs of ${namespace}`, () => logsOfUnready(namespace)),
    told(`Prometheus of ${namespace}`, () => troublesIn(namespace)),
  ]));
  return parts.join('');
}
