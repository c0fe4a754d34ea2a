import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { checkArguments } from '../../arguments';
import { COSTS } from './capacity-figures';
import { CapacityOptions, ClusterCapacityOptions, SeriesCapacityOptions } from './capacity-options';
import { clusterLoad, Load, SERIES_OF_TARGET } from './cluster-load';
import { checkAmount, checkCount } from '../../checks';
import { promDuration } from '../../units';
import { RemoteWriteProtocol } from '../remote-write';
import { RecordingRules } from '../rules';

/** Props of a Prometheus on which its capacity depends. */
export interface PlannedFor {
  readonly scrapeInterval: Duration;
  readonly evaluationInterval: Duration;
  readonly retention: Duration;
  readonly replicas: number;
  readonly shards: number;
  readonly agent: boolean;
  readonly recordingRules: RecordingRules;
  readonly remoteWrites: number;
}

/** Free part of a claim, so that retention by size, 80 % of it, takes nothing. */
const FILLED = 0.8;
/** Blocks are there twice while they become one of up to a tenth of the retention, and are deleted as a whole: as much again. */
const COMPACTION = 1.2;
/** Hours of samples in the write-ahead log at most: of a server between two cuts of the head, of an agent while its store is away. */
const WAL_HOURS = { server: 3, agent: 4 };
/** CPU that is requested as a multiple of what scraping and rules take, because of queries, and that discovery takes besides. */
const CPU_HEADROOM = 4;
const OTHER_CPU_MILLIS = 50;
const GIB = 1024 ** 3;

function checkLoad(count: number, where: string): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`${where}: ${count} is not a whole number above 0; say what is to be monitored, rounded up`);
  }
}

/**
 * Resources that a Prometheus takes for a load: series, samples a second, memory, CPU, disk, shards and bandwidth of remote writes. The `capacity` of
 * a Prometheus gives it its default requests, limit, claim and queues.
 *
 * The costs were measured with Prometheus 3.15, and the series of a cluster were counted on one; the manual has both. What queries take is yours to
 * measure.
 */
export class CapacityPlan {
  /**
   * A plan for a cluster that is monitored with the components of this library. Throws on amounts that are none.
   */
  public static forCluster(options: ClusterCapacityOptions): CapacityPlan {
    checkArguments('CapacityPlan.forCluster', { options });
    const where = 'CapacityPlan.forCluster';
    const { nodes, pods, apiServers, kubeStateShards, podsStartedPerDay, extraSeries, extraTargets } = options;
    Object.entries({ nodes, pods }).forEach(([name, count]) => checkLoad(count, `${where}: ${name}`));
    Object.entries({ apiServers, kubeStateShards }).forEach(([name, count]) => checkCount(count, `${where}: ${name}`, 'the default'));
    Object.entries({ podsStartedPerDay, extraSeries, extraTargets }).forEach(([name, amount]) => checkAmount(amount, `${where}: ${name}`));
    return new CapacityPlan(where, clusterLoad(options), options);
  }

  /** A plan for a number of series. Throws on amounts that are none. */
  public static forSeries(options: SeriesCapacityOptions): CapacityPlan {
    checkArguments('CapacityPlan.forSeries', { options });
    const where = 'CapacityPlan.forSeries';
    const { series, targets = Math.ceil(series / SERIES_OF_TARGET) } = options;
    checkLoad(series, `${where}: series`);
    checkCount(targets, `${where}: targets`, 'one for 1000 series');
    return new CapacityPlan(where, {
      series, targets, largestTarget: 0, endedSeries: 0, recordedSeries: { [RecordingRules.USED]: 0, [RecordingRules.COMMUNITY]: 0 },
    }, options);
  }

  /** Series that samples are written of at a time, in all shards together. */
  public readonly series: number;
  /** Targets, of all shards together. */
  public readonly targets: number;
  /** Samples that are scraped and recorded in a second, by one replica of each shard together. */
  public readonly samplesPerSecond: number;
  /** Shards, as many as keep a Pod at `maxSeriesPerPod` unless they are given. */
  public readonly shards: number;
  /** Series in the memory of a Pod: those of its shard, and those of Pods that have ended. */
  public readonly seriesPerPod: number;
  /** Series of the largest target; zero where it is not known. All of it is in one shard. */
  public readonly largestTargetSeries: number;
  /** Memory that a Pod takes, which it requests. */
  public readonly memoryRequest: Size;
  /** Memory limit of a Pod: three times the request, for queries, compaction and series that come and go. */
  public readonly memoryLimit: Size;
  /** Size of the claim of a Pod. */
  public readonly claimSize: Size;

  private constructor(
    private readonly where: string,
    private readonly load: Load,
    private readonly options: CapacityOptions,
    private readonly of: Partial<PlannedFor> = {},
  ) {
    this.check();
    const { recordingRules = RecordingRules.USED } = of;
    this.series = load.series + load.recordedSeries[recordingRules];
    this.targets = load.targets;
    this.samplesPerSecond = (this.series * 1000) / this.scrapeInterval.toMilliseconds();
    this.largestTargetSeries = load.largestTarget;
    this.shards = of.shards ?? options.shards ?? this.fewestShards();
    this.seriesPerPod = this.seriesWith(this.shards);
    this.memoryRequest = Size.mebibytes(Math.ceil(this.memoryBytes() / 1024 ** 2));
    this.memoryLimit = Size.mebibytes(this.memoryRequest.toMebibytes() * 3);
    this.claimSize = Size.gibibytes(Math.max(2, Math.ceil(this.diskBytes() / FILLED / GIB)));
  }

  /** CPU that a Pod requests: 50m, and four times what scraping and rules take, because of queries. */
  public get cpuRequest(): Cpu {
    // eslint-disable-next-line no-restricted-syntax -- of that class, for those who ask for it
    return Cpu.millis(this._cpuMillis);
  }

  /** CPU that a Pod requests, in thousandths. @internal */
  public get _cpuMillis(): number {
    return Math.ceil((OTHER_CPU_MILLIS + (CPU_HEADROOM * this.cpuMicroseconds()) / 1000) / 10) * 10;
  }

  /**
   * Bytes that all Pods together send to one remote store in a second.
   * @param protocol version of the protocol, by default 1.0
   */
  public remoteWriteBytesPerSecond(protocol: RemoteWriteProtocol = RemoteWriteProtocol.V1): number {
    checkArguments('CapacityPlan.remoteWriteBytesPerSecond', { protocol });
    const { v1, v2 } = COSTS.remoteBytesOfSample;
    return Math.ceil(this.samplesPerSecond * this.replicas * (protocol === RemoteWriteProtocol.V2 ? v2 : v1));
  }

  /** The plan with what a Prometheus says. Throws where it says another than the plan does. @internal */
  public _of(where: string, prometheus: PlannedFor): CapacityPlan {
    const { scrapeInterval, retention, replicas, shards, agent } = this.options;
    const pairs: Array<[name: string, planned: string | undefined, actual: string]> = [
      ['scrapeInterval', promDuration(scrapeInterval), promDuration(prometheus.scrapeInterval)],
      ['retention', prometheus.agent ? undefined : promDuration(retention), promDuration(prometheus.retention)],
      ['replicas', replicas?.toString(), `${prometheus.replicas}`],
      ['shards', shards?.toString(), `${prometheus.shards}`],
      ['agent', agent?.toString(), `${prometheus.agent}`],
    ];
    const other = pairs.find(([, planned, actual]) => planned !== undefined && planned !== actual);
    if (other !== undefined) {
      const [name, planned, actual] = other;
      throw new Error(`${where}: capacity is planned for '${name}' ${planned}, and the Prometheus has ${actual}; leave it out of the plan, or set the prop '${name}'`);
    }
    return new CapacityPlan(this.where, this.load, this.options, prometheus);
  }

  /** Series that a Pod is to hold at most. @internal */
  public get _maxSeriesPerPod(): number {
    return this.options.maxSeriesPerPod ?? 2_000_000;
  }

  private get scrapeInterval(): Duration {
    return this.of.scrapeInterval ?? this.options.scrapeInterval ?? Duration.seconds(30);
  }

  private get replicas(): number {
    return this.of.replicas ?? this.options.replicas ?? 1;
  }

  private get remoteWrites(): number {
    return Math.max(this.of.remoteWrites ?? 0, this.options.remoteWrites ?? 0);
  }

  private get isAgent(): boolean {
    return this.of.agent ?? this.options.agent ?? false;
  }

  /** Samples that a Pod scrapes in a second. */
  private get samplesPerPod(): number {
    return ((this.seriesPerPod - this.load.endedSeries / this.shards) * 1000) / this.scrapeInterval.toMilliseconds();
  }

  private check(): void {
    const { where, options: { scrapeInterval, retention, replicas, shards, maxSeriesPerPod, remoteWrites } } = this;
    Object.entries({ replicas, shards, maxSeriesPerPod }).forEach(([name, count]) => checkCount(count, `${where}: ${name}`, 'the default'));
    checkAmount(remoteWrites, `${where}: remoteWrites`);
    checkCount(scrapeInterval?.toMilliseconds(), `${where}: scrapeInterval (ms)`, '30 seconds');
    checkCount(retention?.toMilliseconds(), `${where}: retention (ms)`, '15 days');
  }

  /** Two standard deviations above an even share of the targets, and the largest target, in one of the shards. */
  private seriesWith(shards: number): number {
    const { largestTarget, endedSeries } = this.load;
    const spread = shards === 1 ? 1 : 1 + 2 * Math.sqrt((shards - 1) / this.targets);
    return Math.ceil(largestTarget + Math.max(0, this.series - largestTarget) * (spread / shards) + endedSeries / shards);
  }

  /** As many shards as keep a Pod at its most, or at little more than the largest target where that alone is more. */
  private fewestShards(): number {
    const most = Math.max(this._maxSeriesPerPod, this.load.largestTarget * 1.25);
    let shards = 1;
    while (this.seriesWith(shards) > most && shards < this.targets) {
      shards += 1;
    }
    return shards;
  }

  private memoryBytes(): number {
    const ofSeries = this.isAgent ? COSTS.bytesOfAgentSeries : COSTS.bytesOfSeries;
    return COSTS.otherBytes + this.seriesPerPod * (ofSeries + this.remoteWrites * COSTS.bytesOfRemoteSeries);
  }

  /** CPU that a Pod takes in a second. */
  private cpuMicroseconds(): number {
    const { recordingRules, evaluationInterval = Duration.seconds(30) } = this.of;
    const ofRules = recordingRules === RecordingRules.COMMUNITY ? COSTS.microsecondsOfAllRules : COSTS.microsecondsOfRules;
    const rules = this.isAgent ? 0 : (this.seriesPerPod * 1000 * ofRules) / evaluationInterval.toMilliseconds();
    return rules + this.samplesPerPod * (COSTS.microsecondsOfSample + this.remoteWrites * COSTS.microsecondsOfRemoteSample);
  }

  private diskBytes(): number {
    const retention = this.of.retention ?? this.options.retention ?? Duration.days(15);
    const wal = this.samplesPerPod * 3600 * COSTS.walBytesOfSample;
    return this.isAgent
      ? WAL_HOURS.agent * wal
      : WAL_HOURS.server * wal + (this.samplesPerPod * retention.toMilliseconds() * COSTS.diskBytesOfSample * COMPACTION) / 1000;
  }
}
