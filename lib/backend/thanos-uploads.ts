import { Duration } from 'cdk8s';
import { PrometheusProps } from './prometheus-props';
import { promDuration } from '../units';

/** File in the folder of the database in which the sidecar notes what it has uploaded. */
export const SHIPPER_FILE = 'thanos.shipper.json';

/** First version of Prometheus that waits with the compaction of a block until it is uploaded. */
const DELAYS_COMPACTION = '3.9';

/** Prometheus makes a block every two hours; with fewer than three of them an outage of the bucket loses some. */
const SHORTEST_RETENTION = Duration.hours(6);

/** A Prometheus whose blocks may be uploaded. */
export interface Uploading {
  readonly props: PrometheusProps;
  readonly retention: Duration;
  knows(version: string): boolean;
}

/** Whether a sidecar uploads blocks. */
export function uploads({ props }: Pick<Uploading, 'props'>): boolean {
  return props.thanos?.objectStorage !== undefined;
}

/** Whether blocks are compacted once they are uploaded; older versions do not compact any then. */
export function delaysCompaction(settings: Uploading): boolean {
  return uploads(settings) && settings.knows(DELAYS_COMPACTION);
}

/** Flags of Prometheus that the operator sets where blocks are uploaded, so that each is uploaded before it is merged with others. */
export const UPLOAD_FLAGS: readonly string[] = [
  'storage.tsdb.delay-compact-file.path', 'storage.tsdb.min-block-duration', 'storage.tsdb.max-block-duration', 'storage.tsdb.allow-overlapping-compaction',
];

/**
 * Flags of Prometheus where blocks are uploaded, those of the operator.
 * @see https://thanos.io/tip/components/sidecar.md/#compaction
 */
export function uploadFlags(settings: Uploading, dataDir: string): Array<readonly [flag: string, value: string]> {
  if (!uploads(settings)) {
    return [];
  }
  return [
    ...(delaysCompaction(settings)
      ? [['storage.tsdb.delay-compact-file.path', `${dataDir}/${SHIPPER_FILE}`] as const]
      : [['storage.tsdb.max-block-duration', '2h'], ['storage.tsdb.min-block-duration', '2h']] as const),
    // Compaction of overlapping blocks, which samples out of order make, waits for no upload.
    ...(settings.props.outOfOrderTimeWindow === undefined ? [] : [['no-storage.tsdb.allow-overlapping-compaction', ''] as const]),
  ];
}

/** Throws when a sidecar is of no use, or what it uploads could be lost or taken for that of another Prometheus. */
export function checkThanos(where: string, { props, retention }: Uploading): void {
  if (props.thanos !== undefined && props.agent === true) {
    throw new Error(`${where}: got 'thanos' with 'agent'; an agent has no samples that a sidecar could read or upload, so leave it out, and write to ThanosReceive`);
  }
  if (!uploads({ props })) {
    return;
  }
  if (props.cluster === undefined && Object.keys(props.externalLabels ?? {}).length === 0) {
    throw new Error(`${where}: 'thanos' uploads blocks, and no label tells them from those of a Prometheus of this name in another cluster; give it a 'cluster'`);
  }
  if (retention.toMilliseconds() < SHORTEST_RETENTION.toMilliseconds()) {
    throw new Error(`${where}: 'retention' is ${promDuration(retention)}, and 'thanos' uploads a block every two hours: if the bucket is away, blocks are lost; keep at least ${promDuration(SHORTEST_RETENTION)}`);
  }
}
