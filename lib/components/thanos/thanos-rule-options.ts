import { Duration } from 'cdk8s';

/** Options of the rules about the Thanos sidecar. */
export interface ThanosSidecarRuleOptions {
  /**
   * Age of the last upload above which ThanosSidecarNotUploading fires. A Prometheus makes a block every two hours.
   * @default Duration.hours(6)
   */
  readonly uploadAge?: Duration;
}

/** Options of the rules about Thanos Query. */
export interface ThanosQueryRuleOptions {
  /**
   * Share of the queries that fail above which ThanosQueryHttpRequestQueryErrorRateHigh and ThanosQueryHttpRequestQueryRangeErrorRateHigh fire, in
   * percent.
   * @default 5
   */
  readonly httpErrorPercent?: number;

  /**
   * Share of the requests to stores that fail above which ThanosQueryGrpcClientErrorRate fires, in percent.
   * @default 5
   */
  readonly grpcErrorPercent?: number;

  /**
   * Share of the lookups of stores in DNS that fail above which ThanosQueryHighDNSFailures fires, in percent.
   * @default 1
   */
  readonly dnsErrorPercent?: number;

  /**
   * 99th percentile of the time of instant queries above which ThanosQueryInstantLatencyHigh fires.
   * @default Duration.seconds(40)
   */
  readonly latency?: Duration;

  /**
   * 99th percentile of the time of range queries above which ThanosQueryRangeLatencyHigh fires.
   * @default Duration.seconds(90)
   */
  readonly rangeLatency?: Duration;
}

/** Options of the rules about Thanos Query Frontend. */
export interface ThanosQueryFrontendRuleOptions {
  /**
   * Share of the requests that fail above which ThanosQueryFrontendHttpErrorRateHigh fires, in percent.
   * @default 5
   */
  readonly httpErrorPercent?: number;

  /**
   * Share of the requests to memcached that fail above which ThanosQueryFrontendCacheFailing fires, in percent.
   * @default 5
   */
  readonly cacheErrorPercent?: number;
}

/** Options of the rules about Thanos Store. */
export interface ThanosStoreRuleOptions {
  /**
   * Share of the requests that fail above which ThanosStoreGrpcErrorRate fires, in percent.
   * @default 5
   */
  readonly grpcErrorPercent?: number;

  /**
   * Share of the operations on the bucket that fail above which ThanosStoreBucketHighOperationFailures fires, in percent.
   * @default 5
   */
  readonly bucketErrorPercent?: number;

  /**
   * 99th percentile of the time of operations on the bucket above which ThanosStoreObjstoreOperationLatencyHigh fires.
   * @default Duration.seconds(2)
   */
  readonly bucketLatency?: Duration;

  /**
   * 99th percentile of the time that requests wait for others above which ThanosStoreSeriesGateLatencyHigh fires.
   * @default Duration.seconds(2)
   */
  readonly gateLatency?: Duration;
}

/** Options of the rules about Thanos Compactor. */
export interface ThanosCompactorRuleOptions {
  /**
   * Share of the compactions that fail above which ThanosCompactHighCompactionFailures fires, in percent.
   * @default 5
   */
  readonly compactionErrorPercent?: number;

  /**
   * Share of the operations on the bucket that fail above which ThanosCompactBucketHighOperationFailures fires, in percent.
   * @default 5
   */
  readonly bucketErrorPercent?: number;
}

/** Options of the rules about Thanos Receive. */
export interface ThanosReceiveRuleOptions {
  /**
   * Share of the remote writes that fail above which ThanosReceiveHttpRequestErrorRateHigh fires, in percent.
   * @default 5
   */
  readonly httpErrorPercent?: number;

  /**
   * Share of the requests to other replicas that fail above which ThanosReceiveHighForwardRequestFailures fires, in percent.
   * @default 20
   */
  readonly forwardErrorPercent?: number;

  /**
   * Age of the last upload above which ThanosReceiveNoUpload fires.
   * @default Duration.hours(6)
   */
  readonly uploadAge?: Duration;
}

/** Options of the rules about Thanos Ruler. */
export interface ThanosRulerRuleOptions {
  /**
   * Share of the evaluations that fail above which ThanosRuleHighRuleEvaluationFailures fires, in percent.
   * @default 5
   */
  readonly evaluationErrorPercent?: number;
}
