import { KafkaSasl } from './kafka-sasl';
import { TlsClient } from '../http/tls-client';

/** Form of a record in Kafka. */
export enum KafkaFormat {
  /** A record for each sample: `{"name":"up","labels":{"job":"shop"},"value":1,"timestamp":1700000000000}`, the timestamp in milliseconds. */
  JSON = 'json',
  /**
   * A record for each series of a request: a `prometheus.WriteRequest` of remote write 1.0 with that series alone.
   * @see https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol
   */
  PROTOBUF = 'protobuf',
}

/** Options of Kafka as a sink. */
export interface KafkaSinkOptions {
  /** Brokers to begin with, each as `host:port`. */
  readonly brokers: string[];
  /** Topic. Brokers that create topics create this one. */
  readonly topic: string;
  /**
   * Form of the records.
   * @default KafkaFormat.JSON
   */
  readonly format?: KafkaFormat;
  /**
   * Authentication.
   * @default - none
   */
  readonly sasl?: KafkaSasl;
  /**
   * TLS settings. `serverName`, `minVersion` and `maxVersion` are errors.
   * @default - no TLS
   */
  readonly tls?: TlsClient;
}
