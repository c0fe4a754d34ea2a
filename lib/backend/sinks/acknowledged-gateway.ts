import { Size } from 'cdk8s';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { GatewayProgram, PROTO_DIR, PROTO_FILE, SHUTDOWN_SECONDS, WRITE_PATH, WRITE_PORT } from './gateway-program';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { sinkPipeline } from './sink-pipelines';
import { DefaultResources } from '../../kubernetes/resources';
import { GatewayTarget } from '../../monitoring/sinks/sink';
import { yamlText } from '../../yaml';

/** File of the configuration. */
const CONFIG_FILE = 'bento.yaml';

/** The part of remote write 1.0 that is forwarded; fields that are missing here are skipped. */
const REMOTE_WRITE_PROTO = `syntax = "proto3";
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
function configOf({ threads, processors, output }: SinkPipeline): object {
  return {
    http: { address: `:${WRITE_PORT}`, enabled: true, debug_endpoints: false },
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
          { protobuf: { operator: 'to_json', message: 'prometheus.WriteRequest', import_paths: [PROTO_DIR], discard_unknown: true } },
          ...processors,
        ],
      }],
    },
    output: { reject_errored: output },
    metrics: {
      prometheus: { use_histogram_timing: true, histogram_buckets: BUCKETS, add_process_metrics: true, add_go_metrics: true },
    },
    logger: { level: 'WARN', format: 'logfmt', add_timestamp: true },
    shutdown_timeout: `${SHUTDOWN_SECONDS}s`,
  };
}

/** Each Pod is given what all samples take: the others may be gone. */
function resourcesFor(samplesPerSecond: number, pipeline: SinkPipeline): DefaultResources {
  return {
    cpuRequest: cpuMillis(Math.max(50, Math.ceil(samplesPerSecond * pipeline.cpuMillis))),
    // Measured: 200 MiB with four requests of 2000 samples at a time, whatever the rate is; by HTTP there are twice as many.
    memoryRequest: Size.mebibytes(256),
    memoryLimit: Size.gibibytes(1),
  };
}

/** Bento, which answers a request of Prometheus once the sink has its samples. Throws on settings that a gateway does not have. */
export function acknowledgedGateway(gateway: GatewayFacts, target: GatewayTarget, samplesPerSecond: number): GatewayProgram {
  const pipeline = sinkPipeline(gateway, target);
  const { env, files, usesClusterCa, setup, notes } = pipeline;
  return {
    env, files, usesClusterCa, setup, notes,
    program: 'bento',
    args: ['-c', `${gateway.configDir}/${CONFIG_FILE}`],
    configuration: { [CONFIG_FILE]: yamlText(configOf(pipeline)), [PROTO_FILE]: REMOTE_WRITE_PROTO },
    ports: [{ name: 'http', port: WRITE_PORT }],
    metricsPort: 'http',
    probe: { httpGet: { path: '/ping', port: numberOrText('http') } },
    resources: resourcesFor(samplesPerSecond, pipeline),
  };
}
