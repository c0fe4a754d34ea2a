/**
 * Costs of Prometheus 3.15 with the series of a synthetic cluster, measured by `npm run bench:capacity` on a machine of 2 CPUs that had other work;
 * the manual has the runs. They are rounded up.
 */
export const COSTS = {
  /**
   * Memory besides that of series. A Prometheus without rules and discovery took 53 MiB, that of the end-to-end cluster 110; this keeps what earlier
   * versions requested for 100 000 series.
   */
  otherBytes: 158 * 1024 ** 2,
  /** Resident memory of a series of the head, on average; 6600 during compactions. */
  bytesOfSeries: 5120,
  /** The same in an agent, which has no index and no chunks. */
  bytesOfAgentSeries: 3600,
  /** Memory of a series for each remote write. */
  bytesOfRemoteSeries: 1400,
  /** CPU of a sample that is scraped, stored and compacted. */
  microsecondsOfSample: 3,
  /** CPU of a sample for each remote write. */
  microsecondsOfRemoteSample: 1.5,
  /** CPU of the rules of the stack for a series at each evaluation, by `npm run bench:rules`: 1.1 s for 5000 Pods on 250 nodes. */
  microsecondsOfRules: 0.6,
  /** The same with all recording rules: 3.2 s. */
  microsecondsOfAllRules: 1.7,
  /**
   * Disk of a sample in blocks. One of the end-to-end cluster took 1.1 and 127 bytes of index for each series and block; Prometheus's documentation
   * says 1 to 2.
   * @see https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
   */
  diskBytesOfSample: 2,
  /** Disk of a sample in the write-ahead log and the head. */
  walBytesOfSample: 16,
  /** Bytes of a sample that is sent, compressed. */
  remoteBytesOfSample: { v1: 25, v2: 12.5 },
};
