import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { cpuMillis } from '../kubernetes/resources';
import { DatabaseSettings } from './metrics-database';
import { capacityOf } from './store-capacity';
import { VICTORIA_METRICS } from './victoria-metrics-flags';
import { VictoriaMetricsProps } from './victoria-metrics-props';
import { checkCount } from '../checks';
import { DataStorage } from '../kubernetes';
import { extraFlagArgs } from '../kubernetes/flags';
import { imageOf } from '../kubernetes/images';
import { resourcesOf } from '../kubernetes/resources';
import { goDuration } from '../units';

/** Port of the web server. */
export const HTTP_PORT = 8428;
/** Port of OpenTSDB's protocols. */
export const OPENTSDB_PORT = 4242;
/** Folder of the database. */
export const DATA_DIR = '/victoria-metrics-data';

/** A VictoriaMetrics's props, checked and with the defaults filled in. */
export class VictoriaMetricsSettings implements DatabaseSettings {
  public readonly image: string;
  public readonly retention: Duration;
  /** Time between two samples of a series. */
  public readonly sampleInterval: Duration;
  public readonly storage: DataStorage;
  /** Size of the claim, where it makes one. */
  public readonly claimSize: Size;
  public readonly resources: k8s.ResourceRequirements;

  /** Throws on a retention below a day, and on a load that is none. */
  constructor(private readonly where: string, public readonly props: VictoriaMetricsProps) {
    const { series, sampleInterval } = capacityOf(where, props.capacity);
    this.sampleInterval = sampleInterval;
    this.image = imageOf('victoriaMetrics', props);
    this.retention = props.retention ?? Duration.days(90);
    this.storage = props.storage ?? DataStorage.volumeClaimTemplate();
    this.check();
    this.claimSize = this.storage._template?.size ?? diskFor(series, sampleInterval, this.retention);
    this.resources = resourcesOf(where, props.resources, {
      cpuRequest: cpuMillis(Math.max(50, Math.ceil((series * 1000) / sampleInterval.toMilliseconds() / 100))),
      memoryRequest: Size.mebibytes(memoryFor(series)),
      memoryLimit: Size.mebibytes(memoryFor(series) * 2),
    });
  }

  /** Flags of the program. */
  public get args(): string[] {
    const { deduplicationInterval, openTsdb, basicAuth } = this.props;
    const days = this.retention.toDays({ integral: false });
    return [
      `-storageDataPath=${DATA_DIR}`,
      `-retentionPeriod=${Number.isInteger(days) ? `${days}d` : `${Math.ceil(this.retention.toHours({ integral: false }))}h`}`,
      `-httpListenAddr=:${HTTP_PORT}`,
      ...(deduplicationInterval === undefined ? [] : [`-dedup.minScrapeInterval=${goDuration(deduplicationInterval)}`]),
      ...(openTsdb ? [`-opentsdbListenAddr=:${OPENTSDB_PORT}`] : []),
      ...(basicAuth === undefined ? [] : [
        `-httpAuth.username=${basicAuth.username}`, `-httpAuth.password=file://${basicAuth.password._file('victoria-metrics')}`,
      ]),
      ...extraFlagArgs(this.where, this.props, VICTORIA_METRICS),
    ];
  }

  private check(): void {
    const { where, retention, props: { deduplicationInterval } } = this;
    if (retention.toMilliseconds() < Duration.days(1).toMilliseconds()) {
      throw new Error(`${where}: 'retention' is ${goDuration(retention)}, and VictoriaMetrics keeps samples for at least a day; give a longer one`);
    }
    checkCount(deduplicationInterval?.toMilliseconds(), `${where}: deduplicationInterval (ms)`, 'no deduplication');
  }
}

/** With 50 000 series it took 1.4 KiB for each; as much again is for queries and caches, and an eighth GiB for the rest. */
function memoryFor(series: number): number {
  return 128 + Math.ceil((series * 3) / 1024);
}

/**
 * A third each of constants, counters and noisy floats took 1.5 bytes a sample when merged, twice that before, and 150 bytes of index a series, anew
 * each day. A quarter stays free for merges.
 */
function diskFor(series: number, interval: Duration, retention: Duration): Size {
  const samples = series * (retention.toMilliseconds() / interval.toMilliseconds());
  const bytes = (samples * 2 + series * 150 * retention.toDays({ integral: false })) / 0.75;
  return Size.gibibytes(Math.max(2, Math.ceil(bytes / 1024 ** 3)));
}
