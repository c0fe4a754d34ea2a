import { checkArguments } from '../../arguments';
import { ElasticsearchSinkOptions, InfluxDbSinkOptions, OpenSearchSinkOptions, OpenTsdbSinkOptions } from './http-sink-options';
import {
  DocumentTarget, ElasticsearchTarget, elasticsearchTarget, InfluxDbTarget, influxDbTarget, openSearchTarget, OpenTsdbTarget, openTsdbTarget,
} from './http-sinks';
import { KafkaTarget, kafkaTarget } from './kafka-sink';
import { KafkaSinkOptions } from './sink-options';

/** A sink that a gateway delivers to. */
export type GatewayTarget = KafkaTarget | DocumentTarget | OpenTsdbTarget | InfluxDbTarget;

/** A sink with its options, checked. */
export type SinkTarget = GatewayTarget | ElasticsearchTarget;

/**
 * A system that samples are forwarded to. Most do not accept Prometheus's remote write: `forward()` of a Prometheus makes a gateway for them.
 *
 * Gateways leave out what a sink cannot store: NaN and infinite values, among them the stale markers that end a series, native histograms, exemplars
 * and metadata.
 */
export class Sink {
  /**
   * Apache Kafka. The key of a record is its series, `up{"job":"shop"}` with the labels as JSON, so that a series stays in one partition, in order.
   * Throws on an invalid broker or topic.
   * @see https://kafka.apache.org/documentation/
   */
  public static kafka(options: KafkaSinkOptions): Sink {
    checkArguments('Sink.kafka', { options });
    return new Sink(kafkaTarget(options), 'kafka');
  }

  /**
   * Elasticsearch. From 9.4 on it accepts remote write itself, a technical preview of its maker, and keeps samples in time series data streams; into
   * older ones a gateway writes documents as into OpenSearch. Throws on an invalid address, version or index, on `apiKey` with `basicAuth`, and on
   * props of an older version.
   * @see https://www.elastic.co/docs/manage-data/data-store/data-streams/tsds-ingest-prometheus-remote-write
   */
  public static elasticsearch(options: ElasticsearchSinkOptions): Sink {
    checkArguments('Sink.elasticsearch', { options });
    return new Sink(elasticsearchTarget(options), 'elasticsearch');
  }

  /**
   * OpenSearch. A sample is a document `{"@timestamp":1700000000000,"name":"up","labels":{"job":"shop"},"value":1}` in the index of its day (UTC).
   * Its id follows from its content, so that a document that is sent twice is stored once. A dot in the name of a label becomes `_`. Throws on
   * an invalid address or index.
   * @see https://docs.opensearch.org/latest/api-reference/document-apis/bulk/
   */
  public static openSearch(options: OpenSearchSinkOptions): Sink {
    checkArguments('Sink.openSearch', { options });
    return new Sink(openSearchTarget(options), 'opensearch');
  }

  /**
   * OpenTSDB, by HTTP. Labels are tags; a character that OpenTSDB does not allow, such as `:`, becomes `_`. A sample with more tags than the server
   * allows, 8 unless `tsd.storage.max_tags` says otherwise, is rejected: SinkGatewaySamplesRejected. Throws on an invalid address.
   * @see https://opentsdb.net/docs/build/html/api_http/put.html
   */
  public static openTsdb(options: OpenTsdbSinkOptions): Sink {
    checkArguments('Sink.openTsdb', { options });
    return new Sink(openTsdbTarget(options), 'opentsdb');
  }

  /**
   * InfluxDB 2 and 3. The measurement is the name of the metric, labels are tags, and the sample is the field `value`. Version 1 accepts remote
   * write: `RemoteWrite.influxDb()`. Throws on an invalid address, on an empty bucket or organization, without a token or `basicAuth`, with
   * both, and on `org` with `basicAuth`.
   * @see https://docs.influxdata.com/influxdb/v2/write-data/developer-tools/api/
   */
  public static influxDb(options: InfluxDbSinkOptions): Sink {
    checkArguments('Sink.influxDb', { options });
    return new Sink(influxDbTarget(options), 'influxdb');
  }

  private constructor(
    /** @internal */
    public readonly _target: SinkTarget,
    /** Kind of the sink, by default the last part of the names of its objects: `kafka`. */
    public readonly kind: string,
  ) {}
}
