import { SinkPipeline } from './sink-pipeline';

/** Port of the gateway: it accepts samples, answers probes and has metrics. */
export const PORT = 4195;
/** Path that accepts remote write. */
export const WRITE_PATH = '/api/v1/write';
/** File of the gateway's configuration. */
export const CONFIG_FILE = 'bento.yaml';
/** File of the messages of remote write. */
export const PROTO_FILE = 'remote.proto';

/** The part of remote write 1.0 that is forwarded; fields that are missing here are skipped. */
export const REMOTE_WRITE_PROTO = `syntax = "proto3";
package prometheus;

message WriteRequest {
  repeated TimeSeries timeseries = 1;
}

message TimeSeries {
  repeated Label labels = 1;
  repeated Sample samples = 2;
}

message Label {
  string name = 1;
  string value = 2;
}

message Sample {
  double value = 1;
  int64 timestamp = 2;
}
`;

/** Upper bounds of the histograms of durations, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

/**
 * The configuration of the gateway: a request of Prometheus is answered once the sink has its samples.
 * @see https://warpstreamlabs.github.io/bento/docs/configuration/about
 */
export function gatewayConfig({ threads, processors, output }: SinkPipeline, configDir: string): object {
  return {
    http: { address: `:${PORT}`, enabled: true, debug_endpoints: false },
    input: {
      label: 'remote_write',
      http_server: {
        path: WRITE_PATH,
        // The answer then would be 408, on which Prometheus drops samples: it gives up a request long before.
        timeout: '1h',
      },
    },
    pipeline: {
      threads,
      // What fails is not passed on to the next step, and is answered by 502 in the end.
      processors: [{
        try: [
          { decompress: { algorithm: 'snappy' } },
          { protobuf: { operator: 'to_json', message: 'prometheus.WriteRequest', import_paths: [configDir], discard_unknown: true } },
          ...processors,
        ],
      }],
    },
    output: { reject_errored: output },
    metrics: {
      prometheus: { use_histogram_timing: true, histogram_buckets: BUCKETS, add_process_metrics: true, add_go_metrics: true },
    },
    logger: { level: 'WARN', format: 'logfmt', add_timestamp: true },
    shutdown_timeout: '20s',
  };
}
