import { documentSetup } from './document-pipeline';
import { CREDENTIALS_DIR } from './gateway-program';
import { gatewayTls } from './gateway-tls';
import { DELIVERY_TIMEOUT } from './gateway-write';
import { plainPasswordNotes } from './kafka-pipeline';
import { GatewayFacts, SinkAccess } from './sink-pipeline';
import { SecretKey } from '../../kubernetes';
import { BasicAuth, KafkaFormat } from '../../monitoring';
import { TlsFiles } from '../../monitoring/http/tls-files';
import { DocumentTarget, InfluxDbTarget } from '../../monitoring/sinks/http-sinks';
import { KafkaTarget } from '../../monitoring/sinks/kafka-sink';
import { GatewayTarget } from '../../monitoring/sinks/sink';
import { TomlTable } from '../../toml';

/** A sink in the configuration of Telegraf. */
export interface BufferedOutput extends SinkAccess {
  readonly output: { readonly plugin: string; readonly settings: TomlTable };
  /** Steps before samples wait, by the names of their plugins. */
  readonly processors: { readonly [plugin: string]: TomlTable };
  /** Where the secrets of `credentials` are. */
  readonly secretstores?: TomlTable;
  readonly credentials: { readonly [file: string]: SecretKey };
  /** Further files of the configuration. */
  readonly texts: { readonly [file: string]: string };
  /** Milliseconds of CPU that a sample takes, measured with ten labels a series. */
  readonly cpuMillis: number;
}

const STORE = 'files';
const API_KEY = 'API_KEY';
const CA_FILE = 'ca.crt';
/** Tag that holds the series of a sample, `up{"job":"shop"}`: made once, it is the key of a record and the labels in it. */
const SERIES = '__series__';
const RECORD = `{"name":{{ .Name | toJson }},"labels":{{ trimPrefix .Name (.Tag "${SERIES}") }},"value":{{ .Field "value" | toJson }},"timestamp":{{ .Time.UnixMilli }}}`;

/** Throws on a text of a user that the gateway would take for a variable or a secret. */
function checkPlain(where: string, what: string, text: string | undefined): void {
  if (text !== undefined && /\$|@\{/.test(text)) {
    throw new Error(`${where}: ${what} '${text}' has '$' or '@{', which a gateway that buffers takes for a variable; choose another, or leave out 'delivery'`);
  }
}

/** Secrets as files, and the reference to each. */
function secretsOf(credentials: { readonly [file: string]: SecretKey | undefined }) {
  const given = Object.entries(credentials).flatMap(([file, key]) => (key === undefined ? [] : [[file, key] as const]));
  return {
    credentials: Object.fromEntries(given),
    // changes of a file are seen
    secretstores: given.length === 0 ? undefined : { docker: [{ id: STORE, path: CREDENTIALS_DIR, dynamic: true }] },
    reference: (file: string) => (credentials[file] === undefined ? undefined : `@{${STORE}:${file}}`),
  };
}

/** TLS settings of a client, and the file with authorities that are given as text. */
function tlsOf({ configDir }: GatewayFacts, tls?: TlsFiles): { readonly settings: TomlTable; readonly texts: { readonly [file: string]: string } } {
  if (tls === undefined) {
    return { settings: {}, texts: {} };
  }
  const { ca, pem, certificate, privateKey, skipsVerification } = tls;
  return {
    settings: {
      tls_ca: pem === undefined ? ca : `${configDir}/${CA_FILE}`, tls_cert: certificate, tls_key: privateKey, insecure_skip_verify: skipsVerification || undefined,
    },
    texts: pem === undefined ? {} : { [CA_FILE]: pem },
  };
}

function userOf(where: string, basicAuth?: BasicAuth): { readonly username?: string; readonly password?: SecretKey } {
  checkPlain(where, 'the user name', basicAuth?.username);
  return { username: basicAuth?.username, password: basicAuth?.password };
}

/**
 * Records in Kafka, as an acknowledged delivery writes them.
 * @see https://docs.influxdata.com/telegraf/v1/output-plugins/kafka/
 */
function kafkaOutput(gateway: GatewayFacts, { brokers, topic, format, sasl, tls }: KafkaTarget): BufferedOutput {
  const { where, name } = gateway;
  if (format === KafkaFormat.PROTOBUF) {
    throw new Error(`${where}: records in protobuf cannot be buffered: a gateway that does so writes other messages; use KafkaFormat.JSON, or leave out 'delivery'`);
  }
  checkPlain(where, 'the user name', sasl?.username);
  const { tls: client, ...access } = gatewayTls(where, tls);
  const { settings, texts } = tlsOf(gateway, client);
  const { reference, ...secrets } = secretsOf({ password: sasl?.password });
  return {
    ...access, ...secrets, texts,
    env: new Map(),
    notes: plainPasswordNotes(sasl, tls),
    processors: { template: { tag: SERIES, template: '{{ .Name }}{{ .Tags | toJson }}' } },
    output: {
      plugin: 'kafka',
      settings: {
        brokers: [...brokers],
        topic,
        client_id: name,
        routing_tag: SERIES,
        // Brokers may reject the time of an old sample, and all of its batch would be dropped.
        producer_timestamp: 'now',
        required_acks: -1,
        idempotent_writes: true,
        compression_codec: 2,
        // It starts while Kafka is away.
        startup_error_behavior: 'retry',
        sasl_mechanism: sasl?.mechanism,
        sasl_username: sasl?.username,
        sasl_password: reference('password'),
        enable_tls: client === undefined ? undefined : true,
        ...settings,
        data_format: 'template',
        template: RECORD,
      },
    },
    cpuMillis: 0.045,
  };
}

/**
 * Documents in OpenSearch, or in an Elasticsearch before 9.4. Their form is that of the gateway, `measurement_name`, `tag` and `prometheus.value`;
 * with the name of the metric as their own there would be a field for each.
 * @see https://docs.influxdata.com/telegraf/v1/output-plugins/opensearch/
 */
function documentOutput(gateway: GatewayFacts, target: DocumentTarget): BufferedOutput {
  const { kind, url, basicAuth, apiKey, tls, index } = target;
  const { where } = gateway;
  const { tls: client, ...access } = gatewayTls(where, tls);
  const { settings, texts } = tlsOf(gateway, client);
  const { username, password } = userOf(where, basicAuth);
  const { reference, ...secrets } = secretsOf({ password });
  checkPlain(where, 'url', url);
  const same = {
    urls: [url], username, password: reference('password'), timeout: DELIVERY_TIMEOUT,
    manage_template: false, force_document_id: true, name_override: 'prometheus', ...settings,
  };
  return {
    ...access, ...secrets, texts,
    files: [...access.files, ...(target.makesTemplate ? [basicAuth?.password, apiKey] : [])],
    env: new Map(apiKey === undefined ? [] : [[API_KEY, apiKey]]),
    setup: documentSetup(gateway, target),
    notes: [],
    // A label with a dot would be an object with a label in it, which others are not.
    processors: { template: { tag: '__name__', template: '{{ .Name }}' }, strings: { replace: [{ tag_key: '*', old: '.', new: '_' }] } },
    output: kind === 'opensearch'
      ? { plugin: 'opensearch', settings: { ...same, index_name: `${index}-{{.Time.UTC.Format "2006.01.02"}}`, template_name: index } }
      : {
        plugin: 'elasticsearch',
        settings: {
          ...same, index_name: `${index}-%Y.%m.%d`,
          // Its health checks have no header, and it does not start unless they succeed.
          ...(apiKey === undefined ? {} : { headers: { Authorization: [`ApiKey \${${API_KEY}}`] }, health_check_interval: '0s' }),
        },
      },
    cpuMillis: 0.06,
  };
}

/**
 * Points in InfluxDB 2 and 3, as an acknowledged delivery writes them.
 * @see https://docs.influxdata.com/telegraf/v1/output-plugins/influxdb_v2/
 */
function influxDbOutput(gateway: GatewayFacts, { url, org, bucket, token, tls }: InfluxDbTarget): BufferedOutput {
  const { where } = gateway;
  if (token === undefined) {
    throw new Error(`${where}: samples for InfluxDB cannot be buffered with 'basicAuth': a gateway that does so asks with a token; give a 'token', or leave out 'delivery'`);
  }
  const { tls: client, ...access } = gatewayTls(where, tls);
  const { settings, texts } = tlsOf(gateway, client);
  const { reference, ...secrets } = secretsOf({ token });
  Object.entries({ url, org, bucket }).forEach(([what, text]) => checkPlain(where, what, text));
  return {
    ...access, ...secrets, texts,
    env: new Map(),
    notes: [],
    processors: {},
    output: {
      plugin: 'influxdb_v2',
      settings: { urls: [url], organization: org ?? '', bucket, token: reference('token'), timeout: DELIVERY_TIMEOUT, ...settings },
    },
    cpuMillis: 0.04,
  };
}

/** A sink in the configuration of Telegraf. Throws on one that it cannot deliver to in full. */
export function bufferedOutput(gateway: GatewayFacts, target: GatewayTarget): BufferedOutput {
  switch (target.kind) {
    case 'kafka':
      return kafkaOutput(gateway, target);
    case 'opensearch':
    case 'elasticsearch':
      return documentOutput(gateway, target);
    case 'influxdb':
      return influxDbOutput(gateway, target);
    case 'opentsdb':
      throw new Error(`${gateway.where}: samples for OpenTSDB cannot be buffered: their times would be cut to seconds, and one that OpenTSDB rejects would take its whole batch with it, uncounted; leave out 'delivery'`);
  }
}
