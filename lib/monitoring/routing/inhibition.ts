import { Matcher } from './matcher';
import { checkLabelName, checkNotEmpty } from '../../checks';
import { WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Alerts that mute others while they fire. */
export interface InhibitionProps {
  /** Matchers of the alerts that mute, all of which have to match. */
  readonly source: Matcher[];

  /** Matchers of the alerts that are muted while a source fires, all of which have to match. */
  readonly target: Matcher[];

  /**
   * Labels that have to have the same value on both; a label that is missing on both counts as equal.
   * @default - any source mutes every target
   */
  readonly equal?: string[];

  /**
   * A name, shown by Alertmanager. Needs Alertmanager v0.30.
   * @default - none
   */
  readonly name?: string;
}

/** Labels that tell which object an alert is about, as far as they are the same in all severities of it. */
const OBJECT = [
  'cluster', 'namespace', 'job', 'instance', 'node', 'service', 'pod', 'container', 'persistentvolumeclaim', 'device', 'mountpoint', 'integration', 'to',
  'grpc_service', 'grpc_method', 'name',
];

/** Alerts about what cannot work, or cannot be scraped, without the API server. */
const ASK_API_SERVER = [
  'KubeAPIInstanceUnreachable', 'Kubelet(Down|InstanceUnreachable)', 'Kube(Scheduler|ControllerManager)(Down|InstanceUnreachable)',
  'KubeStateMetrics(Down|ListErrors|WatchErrors)', 'Kube(AggregatedAPI|Client)(Errors|Down)', 'KubeNode(NotReady|Unreachable)',
  'Prometheus(KubernetesListWatchFailures|SDRefreshFailure)', 'PrometheusOperator(List|Watch|Reconcile|StatusUpdate|NodeLookup)Errors',
  'PrometheusOperator(NotReady|SyncFailed)', '(Resource|Custom)?MetricsApiUnavailable',
].join('|');

/** Alerts about what runs on one node. */
const ON_NODE = [
  'TargetUnreachable', 'NodeExporterDown', 'Kube(let|Proxy)InstanceUnreachable', 'KubePodNotReady', 'KubeletP(legDuration|odStartUpLatency)High',
  'KubeVolumeAttachmentPending', 'KubeletVolumeOperationsFailing',
].join('|');

/**
 * Mutes alerts while others fire: a cluster that is down mutes what runs in it.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule
 */
export class Inhibition {
  /**
   * Inhibitions that `AlertRouting` starts with, all within a cluster:
   *
   * - info alerts are notified only while something worse fires in their namespace; the rule `InfoInhibitor` fires where nothing does
   * - a critical alert mutes the same alert about the same object as warning and info, a warning as info
   * - where the API server is gone, alerts of those who ask it: kubelets, scheduler and controller manager do for every scrape
   * - where a component is gone, `…Down`, alerts about its instances, `TargetDown` and `TargetUnreachable` of its job;
   *   `…InstanceUnreachable` mutes the latter two
   * - a container in a crash loop mutes that it is restarted often
   * - a webhook that fails mutes that it is slow, CoreDNS without any server that of each, a sample limit that its target is down
   * - a node that is not ready mutes alerts about the exporters, kubelets and Pods on it
   */
  public static defaults(): Inhibition[] {
    const severity = (value: string) => Matcher.equal('severity', value);
    const alerts = (regex: string) => Matcher.matches('alertname', regex);
    const alert = (name: string) => Matcher.equal('alertname', name);
    const sameObject = ['alertname', ...OBJECT];
    return [
      new Inhibition({ source: [alert('InfoInhibitor')], target: [severity('info')], equal: ['cluster', 'namespace'] }),
      new Inhibition({ source: [severity('critical')], target: [Matcher.matches('severity', 'warning|info')], equal: sameObject }),
      new Inhibition({ source: [severity('warning')], target: [severity('info')], equal: sameObject }),
      new Inhibition({ source: [alert('KubeAPIDown')], target: [alerts(ASK_API_SERVER)], equal: ['cluster'] }),
      new Inhibition({
        source: [alert('KubeAPIDown')], target: [alert('ProbeFailed'), Matcher.equal('instance', 'kubernetes.default.svc:443')], equal: ['cluster'],
      }),
      new Inhibition({ source: [alerts('.+Down'), Matcher.notEqual('alertname', 'TargetDown')], target: [alerts('.+InstanceUnreachable|Target(Down|Unreachable)')], equal: ['cluster', 'job'] }),
      new Inhibition({ source: [alerts('.+InstanceUnreachable')], target: [alerts('Target(Down|Unreachable)')], equal: ['cluster', 'job'] }),
      new Inhibition({ source: [alert('KubePodCrashLooping')], target: [alert('KubeContainerRestarting')], equal: ['cluster', 'namespace', 'pod', 'container'] }),
      new Inhibition({ source: [alert('KubeAdmissionWebhookFailing')], target: [alerts('KubeAdmissionWebhook(Bypassed|Slow)')], equal: ['cluster', 'name'] }),
      new Inhibition({ source: [alert('CoreDNSForwardHealthcheckBrokenCount')], target: [alert('CoreDNSForwardHealthcheckFailureCount')], equal: ['cluster'] }),
      new Inhibition({ source: [alert('PrometheusTargetNearSampleLimit')], target: [alert('TargetUnreachable')], equal: ['cluster', 'job', 'instance'] }),
      new Inhibition({ source: [alerts('KubeNode(NotReady|Unreachable)')], target: [alerts(ON_NODE)], equal: ['cluster', 'node'] }),
    ];
  }

  private readonly props: InhibitionProps;

  /** Throws without a source or a target matcher, and on an `equal` that is not a label name. */
  constructor(props: InhibitionProps) {
    checkArguments('Inhibition', { props });
    const where = props.name === undefined ? 'Inhibition' : `Inhibition '${props.name}'`;
    if (props.name !== undefined) {
      checkNotEmpty(props.name, `${where}: name`, 'leave it out, or say what mutes what');
    }
    if (props.source.length === 0) {
      throw new Error(`${where}: source has no matcher, so every alert would mute the targets; name the alerts that mute`);
    }
    if (props.target.length === 0) {
      throw new Error(`${where}: target has no matcher, so every alert would be muted; name the alerts to mute`);
    }
    props.equal?.forEach((label) => checkLabelName(label, `${where}: equal`));
    this.props = { ...props, source: [...props.source], target: [...props.target], equal: props.equal && [...props.equal] };
  }

  /** The matchers of the alerts that mute. */
  public get source(): Matcher[] {
    return [...this.props.source];
  }

  /** The matchers of the alerts that are muted. */
  public get target(): Matcher[] {
    return [...this.props.target];
  }

  /** The labels that have to be the same on both. */
  public get equal(): string[] {
    return [...this.props.equal ?? []];
  }

  /** @internal */
  public _wire(): WireMap {
    return {
      name: this.props.name,
      sourceMatchers: this.props.source.map(String),
      targetMatchers: this.props.target.map(String),
      equal: this.props.equal,
    };
  }
}
