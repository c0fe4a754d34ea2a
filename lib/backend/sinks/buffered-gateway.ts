import { Duration, Size } from 'cdk8s';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { BufferedOutput, bufferedOutput } from './buffered-outputs';
import { GatewayProgram, WRITE_PATH, WRITE_PORT } from './gateway-program';
import { GatewayFacts } from './sink-pipeline';
import { DefaultResources } from '../../kubernetes/resources';
import { GatewayTarget } from '../../monitoring/sinks/sink';
import { tomlText } from '../../toml';
import { promDuration } from '../../units';

const CONFIG_FILE = 'telegraf.conf';
const METRICS_PORT = 9273;
/** Samples of one request to a sink. */
const BATCH = 2000;
/** Tag of the gateway's own metrics, which no series of a Prometheus has. */
const OWN = '__gateway__';
const ownAlone = { tagpass: { [OWN]: ['1'] }, tagexclude: [OWN] };
const notOwn = { tagdrop: { [OWN]: ['1'] } };
/** Finite samples: no sink has the others. A stale marker is dropped before, as every NaN. */
const FINITE = 'has(fields.value) && fields.value <= 1.7976931348623157e308 && fields.value >= -1.7976931348623157e308';

/** Memory without samples, and for each that waits. Measured with ten labels a series: 300 000 took 472 MB where 450 MiB were asked for. */
const IDLE = Size.mebibytes(128);
const BYTES_PER_SAMPLE = 1500;
const LARGEST = Size.gibibytes(64);

/** Samples that wait, and how many come. */
export interface GatewayBuffer {
  readonly time: Duration;
  readonly samplesPerSecond: number;
}

/** The configuration of the gateway: it answers a request at once, and delivers what waits in batches. */
function configOf({ output, processors, secretstores }: BufferedOutput, limit: number): string {
  return tomlText({
    agent: { interval: '15s', flush_interval: '1s', metric_batch_size: BATCH, omit_hostname: true, skip_processors_after_aggregators: true },
    secretstores,
    inputs: {
      http_listener_v2: [{
        service_address: `tcp://:${WRITE_PORT}`, paths: [WRITE_PATH], data_format: 'prometheusremotewrite', prometheus_metric_version: 1,
      }],
      internal: [{ collect_memstats: false, tags: { [OWN]: '1' } }],
    },
    processors: Object.fromEntries(Object.entries(processors).map(([name, settings]) => [name, [{ ...settings, ...notOwn }]])),
    outputs: {
      prometheus_client: [{ listen: `:${METRICS_PORT}`, ...ownAlone }],
      [output.plugin]: [{ alias: 'sink', metric_buffer_limit: limit, ...output.settings, metricpass: FINITE, ...notOwn }],
    },
  });
}

/** Each Pod is given what all samples take: the others may be gone. */
function resourcesFor(where: string, { time, samplesPerSecond }: GatewayBuffer, samples: number, cpuOfSample: number): DefaultResources {
  const mebibytes = IDLE.toMebibytes() + Math.ceil((samples * BYTES_PER_SAMPLE) / 1024 ** 2);
  if (mebibytes > LARGEST.toMebibytes()) {
    throw new Error(`${where}: 'delivery' buffers ${samplesPerSecond} samples a second for ${promDuration(time)}, which takes ${Math.ceil(mebibytes / 1024)} GiB of memory in each Pod; buffer for less time, say the 'samplesPerSecond' of what 'select' forwards, or use Delivery.acknowledged()`);
  }
  return {
    cpuRequest: cpuMillis(Math.max(50, Math.ceil(samplesPerSecond * cpuOfSample))),
    memoryRequest: Size.mebibytes(mebibytes),
    memoryLimit: Size.mebibytes(Math.ceil(mebibytes * 1.25)),
  };
}

/**
 * Telegraf, which answers a request of Prometheus at once and keeps its samples in memory until the sink has them. Throws on a sink that it cannot
 * deliver to in full, and on a buffer that is too large for a Pod.
 * @see https://docs.influxdata.com/telegraf/v1/configuration/#metric-buffer-limit
 */
export function bufferedGateway(gateway: GatewayFacts, target: GatewayTarget, buffer: GatewayBuffer): GatewayProgram {
  const { where, configDir } = gateway;
  const output = bufferedOutput(gateway, target);
  const { env, files, usesClusterCa, setup, notes, credentials, texts } = output;
  const samples = Math.max(10 * BATCH, Math.ceil(buffer.time.toSeconds({ integral: false }) * buffer.samplesPerSecond));
  return {
    env, files, usesClusterCa, setup, notes, credentials,
    program: 'telegraf',
    // The entry point of the image changes the user first.
    command: ['telegraf'],
    // Secrets are not locked into memory, which the limits of a container may refuse.
    args: ['--config', `${configDir}/${CONFIG_FILE}`, '--strict-env-handling', '--unprotected'],
    configuration: { [CONFIG_FILE]: configOf(output, samples), ...texts },
    ports: [{ name: 'http', port: WRITE_PORT }, { name: 'metrics', port: METRICS_PORT }],
    metricsPort: 'metrics',
    probe: { tcpSocket: { port: numberOrText('http') } },
    resources: resourcesFor(where, buffer, samples, output.cpuMillis),
    // Without it what waits takes up to twice as much: the garbage collector lets the heap double.
    variables: [{ name: 'GOMEMLIMIT', valueFrom: { resourceFieldRef: { resource: 'requests.memory' } } }],
  };
}
