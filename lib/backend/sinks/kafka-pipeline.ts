import { DELIVERY_TIMEOUT } from './gateway-write';
import { bentoTls, gatewayTls } from './gateway-tls';
import { checkNoVariable } from './http-delivery';
import { eachSample, LABELS, SERIES_WITH_SAMPLES, unlessEmpty } from './series-mapping';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { KafkaFormat, KafkaSasl, TlsClient } from '../../monitoring';
import { KafkaTarget } from '../../monitoring/sinks/kafka-sink';
import { LiteralText } from '../../yaml';

const PASSWORD = 'KAFKA_PASSWORD';

/** Records of all requests that are on their way at a time. */
const BUFFERED_RECORDS = 50_000;

const SAMPLES = unlessEmpty(
  eachSample('{"name": labels.__name__, "labels": labels.without("__name__"), "value": sample.value.or(0), "timestamp": sample.timestamp.number()}'),
  '$items',
);

const KEY_OF_SAMPLE = '${! json("name") + json("labels").format_json(no_indent: true).string() }';

/** The key is as that of a sample. */
const SERIES_REQUEST = `let labels = this.${LABELS}
meta key = $labels.__name__ + $labels.without("__name__").format_json(no_indent: true).string()
root.timeseries = [this]
`;

/** Steps that make records of a request, and the key of a record. */
function recordsOf(format: KafkaFormat, configDir: string): { readonly processors: readonly object[]; readonly key: string } {
  const unarchive = { unarchive: { format: 'json_array' } };
  switch (format) {
    case KafkaFormat.JSON:
      return { processors: [{ mapping: SAMPLES }, unarchive], key: KEY_OF_SAMPLE };
    case KafkaFormat.PROTOBUF:
      return {
        processors: [
          { mapping: unlessEmpty(SERIES_WITH_SAMPLES, '$items') }, unarchive, { mapping: SERIES_REQUEST },
          { protobuf: { operator: 'from_json', message: 'prometheus.WriteRequest', import_paths: [configDir] } },
        ],
        key: '${! metadata("key") }',
      };
  }
}

function saslOf(where: string, sasl?: KafkaSasl): object | undefined {
  if (sasl === undefined) {
    return undefined;
  }
  checkNoVariable(where, 'the user name', sasl.username);
  // The variable is put into the text before it is parsed, whatever is in the password.
  return [{ mechanism: sasl.mechanism, username: sasl.username, password: new LiteralText(`\${${PASSWORD}}`) }];
}

/** A note where the password for Kafka can be read on its way. */
export function plainPasswordNotes(sasl?: KafkaSasl, tls?: TlsClient): string[] {
  const isVisible = sasl?.mechanism === 'PLAIN' && tls === undefined;
  return isVisible ? ["the password for Kafka is sent as it is: anyone on the way reads it; add 'tls' to Sink.kafka(), or use KafkaSasl.scramSha512()"] : [];
}

/**
 * The steps to Kafka: the records of a request are one batch, which all replicas in sync have acknowledged before the request is answered.
 * @see https://warpstreamlabs.github.io/bento/docs/components/outputs/kafka_franz
 */
export function kafkaPipeline({ where, name, configDir }: GatewayFacts, { brokers, topic, format, sasl, tls }: KafkaTarget): SinkPipeline {
  const { processors, key } = recordsOf(format, configDir);
  const { tls: settings, ...files } = gatewayTls(where, tls);
  return {
    threads: 4,
    cpuMillis: format === KafkaFormat.PROTOBUF ? 0.18 : 0.12,
    processors,
    output: {
      label: 'sink',
      kafka_franz: {
        seed_brokers: [...brokers],
        topic,
        key,
        client_id: name,
        max_in_flight: 20,
        timeout: DELIVERY_TIMEOUT,
        max_buffered_records: BUFFERED_RECORDS,
        sasl: saslOf(where, sasl),
        tls: bentoTls(settings),
      },
    },
    env: new Map(sasl === undefined ? [] : [[PASSWORD, sasl.password]]),
    ...files,
    notes: plainPasswordNotes(sasl, tls),
  };
}
