import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { checkNoRules } from './agent-checks';
import { checkConfiguration } from './configuration-checks';
import { externalUrlOf } from './external-url';
import { PrometheusProps } from './prometheus-props';
import { checkFeature } from './prometheus-features';
import { checkFlushDeadline, prometheusFlagRules } from './prometheus-flags';
import { OptionInputs } from './prometheus-options';
import { checkThanos, UPLOAD_FLAGS, uploads } from './thanos-uploads';
import { checkFlag, checkFlags } from '../kubernetes/flags';
import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { DataStorage } from '../kubernetes';
import { cpuMillis, resourcesOf } from '../kubernetes/resources';
import { StorageVolume } from '../components/prometheus/series-rules';
import { CapacityPlan, RecordingRules, Scheme } from '../monitoring';
import { checkCount, checkLabelName, checkTimes } from '../checks';
import { promSize, quantity } from '../units';

/** Time that a Prometheus gets to end: it writes what is in memory. */
export const DEFAULT_GRACE_PERIOD = Duration.minutes(10);
/** Flag by which Prometheus watches its files itself. */
const RELOADING_FLAG = 'config.auto-reload';
/** Port of the web server. */
export const WEB_PORT = 9090;

/** A Prometheus's props, checked and with the defaults filled in. */
export class PrometheusSettings implements OptionInputs {
  public readonly image: string;
  public readonly version: string;
  public readonly agent: boolean;
  public readonly jobName: string;
  public readonly replicas: number;
  public readonly shards: number;
  public readonly storage: DataStorage;
  public readonly claimSize?: Size;
  public readonly retention: Duration;
  public readonly retentionSize?: Size;
  public readonly scrapeInterval: Duration;
  public readonly scrapeTimeout: Duration;
  public readonly evaluationInterval: Duration;
  public readonly externalUrl?: string;

  constructor(public readonly where: string, public readonly props: PrometheusProps) {
    this.image = imageOf('prometheus', props);
    this.version = versionOf('prometheus', this.image);
    this.agent = props.agent ?? false;
    this.jobName = props.jobName ?? (this.agent ? 'prometheus-agent' : 'prometheus');
    this.replicas = props.replicas ?? 1;
    this.shards = props.shards ?? 1;
    this.storage = props.storage ?? DataStorage.emptyDir();
    this.retention = props.retention ?? Duration.days(15);
    this.scrapeInterval = props.scrapeInterval ?? Duration.seconds(30);
    this.scrapeTimeout = props.scrapeTimeout ?? shorter(Duration.seconds(10), this.scrapeInterval);
    this.evaluationInterval = props.evaluationInterval ?? Duration.seconds(30);
    this.externalUrl = externalUrlOf(where, props);
    this.check();
    this.claimSize = this.storage._template?.size ?? (props.capacity === undefined ? undefined : this.plan(0).claimSize);
    if (this.storage._kind === 'volumeClaimTemplate' && this.claimSize === undefined) {
      throw new Error(`${where}: the volume claim template has no size; give one, or 'capacity' to compute it from`);
    }
    this.retentionSize = props.retentionSize ?? (this.storage._kind === 'volumeClaimTemplate' ? fraction(this.claimSize, 0.8) : undefined);
    this.checkRetentionSize();
    this.resources(0);
  }

  /**
   * Resources that it takes for the load that is expected, with as many remote writes. Without a `capacity` they follow neither the intervals nor the
   * remote writes, so that a change of those restarts no Pod.
   */
  public plan(remoteWrites: number): CapacityPlan {
    const { retention, replicas, shards, agent, props } = this;
    const { capacity = CapacityPlan.forSeries({ series: 100_000 }), recordingRules = RecordingRules.USED } = props;
    const defaultInterval = Duration.seconds(30);
    const { scrapeInterval, evaluationInterval } = props.capacity === undefined
      ? { scrapeInterval: defaultInterval, evaluationInterval: defaultInterval }
      : this;
    return capacity._of(this.where, {
      scrapeInterval, evaluationInterval, retention, replicas, shards, agent, recordingRules,
      remoteWrites: props.capacity === undefined ? Number(agent) : remoteWrites,
    });
  }

  /** Requests and limits of its container, with as many remote writes. Throws when they exclude each other. */
  public resources(remoteWrites: number): k8s.ResourceRequirements {
    const { _cpuMillis, memoryRequest, memoryLimit } = this.plan(remoteWrites);
    return resourcesOf(this.where, this.props.resources, { cpuRequest: cpuMillis(_cpuMillis), memoryRequest, memoryLimit });
  }

  /** Pods of all shards. */
  public get pods(): number {
    return this.replicas * this.shards;
  }

  /** Whether Pods are distinct: each has a name of its own, and an external label with it. */
  public get hasPeers(): boolean {
    return this.pods > 1;
  }

  /**
   * Samples a second that the queues of remote writes are sized for, where they are known. Those of all shards together: a queue whose settings
   * changed with their number would drop what waits in it.
   */
  public get samplesPerSecond(): number | undefined {
    return this.props.capacity === undefined ? undefined : this.plan(0).samplesPerSecond;
  }

  /**
   * Series that a Pod is planned for, with twice its largest target. Not known where its memory is given, and not what it is for.
   */
  public get plannedSeries(): number | undefined {
    const { capacity, resources: { memoryRequest, memoryLimit, noMemoryLimit } = {} } = this.props;
    if (capacity === undefined && [memoryRequest, memoryLimit, noMemoryLimit].some((given) => given !== undefined)) {
      return undefined;
    }
    const { seriesPerPod, largestTargetSeries } = this.plan(0);
    return Math.ceil(Math.max(seriesPerPod, 2 * largestTargetSeries) / 1000) * 1000;
  }

  /**
   * Samples that a scrape may bring where its job does not say: as many as a Pod is planned for, so that no target alone takes more memory than
   * the limit, three times the request, has left.
   */
  public get sampleLimit(): number | undefined {
    return this.props.scrapeLimits?.sampleLimit ?? this.plannedSeries;
  }

  /** Volume that samples are stored in, where its size is known. */
  public get volume(): StorageVolume | undefined {
    const size = this.storage._kind === 'volumeClaimTemplate' ? this.claimSize : this.storage._emptyDir.sizeLimit;
    return size === undefined ? undefined : { bytes: bytesOf(size), retentionBytes: this.retentionSize && bytesOf(this.retentionSize) };
  }

  /** Whether a StatefulSet is needed. */
  public get needsIdentity(): boolean {
    return this.hasPeers || this.storage._kind === 'volumeClaimTemplate' || this.props.replicaServices !== undefined;
  }

  /** Protocol of its web server. */
  public get scheme(): Scheme {
    return this.props.web?._scheme ?? Scheme.HTTP;
  }

  /** Whether health pages ask for a password, so that the kubelet cannot read them. */
  public get hasPassword(): boolean {
    return this.props.web?._basicAuth !== undefined;
  }

  /** Whether this Prometheus is at least of a version. */
  public knows(version: string): boolean {
    return atLeast(this.version, version);
  }

  /** Value of `--enable-feature`. */
  public get features(): string[] {
    const own = [
      ...(this.props.maxExemplars === undefined ? [] : ['exemplar-storage']),
      ...(this.props.nativeHistograms && !this.knows('3.8') ? ['native-histograms'] : []),
    ];
    return [...new Set([...own, ...(this.props.enableFeatures ?? [])])];
  }

  private check(): void {
    const { where, props, version, agent } = this;
    if (!this.knows('3.0')) {
      throw new Error(`${where}: image '${this.image}' is Prometheus ${version}, and the library knows 3.0 and newer; choose a newer image`);
    }
    checkCount(this.replicas, `${where}: replicas`, 'one');
    checkCount(this.shards, `${where}: shards`, 'one');
    checkCount(this.retention.toMilliseconds(), `${where}: retention (ms)`, '15 days');
    checkCount(props.retentionSize?.toKibibytes(), `${where}: retentionSize (KiB)`);
    checkCount(props.maxExemplars, `${where}: maxExemplars`, 'none');
    checkCount(props.query?.maxConcurrency, `${where}: query.maxConcurrency`, 'the default');
    checkCount(props.query?.maxSamples, `${where}: query.maxSamples`, 'the default');
    checkTimes(where, this.scrapeInterval, this.scrapeTimeout);
    checkTimes(`${where}: evaluation`, this.evaluationInterval);
    Object.keys(props.externalLabels ?? {}).forEach((label) => {
      checkLabelName(label, `${where}: externalLabels`);
      if (['prometheus', 'prometheus_replica'].includes(label) || (label === 'cluster' && props.cluster !== undefined)) {
        throw new Error(`${where}: externalLabels: '${label}' is a label that the library sets; leave it out`);
      }
    });
    this.storage._checkReplicas(where, this.replicas, this.shards);
    if (agent && props.query !== undefined) {
      throw new Error(`${where}: got 'query' with 'agent'; an agent answers no queries, so leave 'query' out`);
    }
    if (agent && props.maxExemplars !== undefined) {
      throw new Error(`${where}: got 'maxExemplars' with 'agent'; an agent keeps none and sends all of them by 'sendExemplars' of a remote write, so leave it out`);
    }
    if (agent && (props.retention !== undefined || props.retentionSize !== undefined)) {
      throw new Error(`${where}: got a retention with 'agent'; an agent keeps samples only until they are sent, so leave it out`);
    }
    if (agent) {
      const { evaluationInterval, generalRules, recordingRules, runbooks } = props;
      checkNoRules(where, { evaluationInterval, generalRules, recordingRules, runbooks });
    }
    checkThanos(where, this);
    props.enableFeatures?.forEach((feature) => checkFeature(`${where}: enableFeatures`, feature, version));
    checkConfiguration(where, props, version);
    this.checkExtraFlags();
  }

  private checkExtraFlags(): void {
    const { where, props, hasPassword } = this;
    const rules = prometheusFlagRules(this);
    if (hasPassword) {
      checkFlag(`${where}: web with a password`, RELOADING_FLAG, rules);
    }
    const own = new Map([
      ...rules.own,
      ...(hasPassword ? [[RELOADING_FLAG, ['web']]] as const : []),
      ...(uploads(this) ? UPLOAD_FLAGS.map((flag) => [flag, ['thanos']] as const) : []),
    ]);
    // A flag that is given twice keeps Prometheus from starting.
    checkFlags(where, props.extraFlags, { ...rules, own });
    checkFlushDeadline(where, props.extraFlags);
  }

  private checkRetentionSize(): void {
    const { claimSize, retentionSize, where } = this;
    const { sizeLimit } = this.storage._emptyDir;
    if (sizeLimit !== undefined && retentionSize !== undefined && retentionSize.toKibibytes() > sizeLimit.toKibibytes()) {
      throw new Error(`${where}: retentionSize: ${quantity(retentionSize)} is above the limit of the emptyDir, ${quantity(sizeLimit)}, at which the Pod is evicted; give a lower one`);
    }
    if (claimSize !== undefined && retentionSize !== undefined && retentionSize.toKibibytes() > claimSize.toKibibytes()) {
      throw new Error(`${where}: retentionSize: ${promSize(retentionSize)} is above the claim's ${promSize(claimSize)}, so the volume fills up first; give a lower one, or a larger claim`);
    }
  }
}

function shorter(a: Duration, b: Duration): Duration {
  return a.toMilliseconds() < b.toMilliseconds() ? a : b;
}

function bytesOf(size: Size): number {
  return size.toKibibytes() * 1024;
}

function fraction(size: Size | undefined, of: number): Size | undefined {
  return size === undefined ? undefined : Size.mebibytes(Math.floor(size.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }) * of));
}
