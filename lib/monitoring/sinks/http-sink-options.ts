import { SecretKey } from '../../kubernetes/secret-key';
import { BasicAuth } from '../http/basic-auth';
import { TlsClient } from '../http/tls-client';

/** Options of a sink that is reached by HTTP. */
export interface HttpSinkOptions {
  /** Address of the server, with a path where it is served below one: `https://search.example.com:9200`. */
  readonly url: string;
  /**
   * TLS settings. For a gateway `serverName`, `minVersion` and `maxVersion` are errors.
   * @default - for `https` the certificate authorities of the gateway's image
   */
  readonly tls?: TlsClient;
}

/** Options of OpenSearch as a sink. */
export interface OpenSearchSinkOptions extends HttpSinkOptions {
  /**
   * User and password. The user has to be allowed to write to the indices, to create them, and with `indexTemplate` to manage index templates.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
  /**
   * First part of the names of the indices, of which there is one a day: `prometheus-metrics-2026.01.31`.
   * @default prometheus-metrics
   */
  readonly index?: string;
  /**
   * Whether the index template that a gateway needs is made before its Pods start: values are doubles and labels keywords. Otherwise the sink needs
   * an equal one.
   * @default true
   */
  readonly indexTemplate?: boolean;
}

/** Options of Elasticsearch as a sink. */
export interface ElasticsearchSinkOptions extends OpenSearchSinkOptions {
  /**
   * Version of the server, as `8.19`. From 9.4 on it accepts remote write itself and there is no gateway.
   * @default - 9.4 or newer
   */
  readonly version?: string;
  /**
   * API key, in the encoded form that Elasticsearch shows. Excludes `basicAuth`.
   * @default - none
   */
  readonly apiKey?: SecretKey;
}

/** Options of OpenTSDB as a sink. */
export interface OpenTsdbSinkOptions extends HttpSinkOptions {
  /**
   * User and password of a proxy in front of it; OpenTSDB itself asks for none.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
}

/** Options of InfluxDB 2 and 3 as a sink. */
export interface InfluxDbSinkOptions extends HttpSinkOptions {
  /**
   * Organization.
   * @default - none, as of version 3 and with `basicAuth`
   */
  readonly org?: string;
  /** Bucket; of version 3 the database. With `basicAuth` one without a `/`, which the API of version 1 has as a database. */
  readonly bucket: string;
  /**
   * Token that may write to the bucket. Excludes `basicAuth`.
   * @default - none
   */
  readonly token?: SecretKey;
  /**
   * User and password of a v1 authorization of version 2 that may write to the bucket, in the place of a token: samples go to the API of version
   * 1, and only with acknowledged delivery.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
}
