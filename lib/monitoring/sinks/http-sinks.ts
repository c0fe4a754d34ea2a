import { ElasticsearchSinkOptions, InfluxDbSinkOptions, OpenSearchSinkOptions, OpenTsdbSinkOptions } from './http-sink-options';
import { checkNotEmpty, checkUrl } from '../../checks';
import { atLeast } from '../../kubernetes/images';
import { SecretKey } from '../../kubernetes/secret-key';
import { BasicAuth } from '../http/basic-auth';
import { TlsClient } from '../http/tls-client';

/** A server that is sent samples by HTTP, checked. */
export interface HttpTarget {
  /** Address without a slash at its end. */
  readonly url: string;
  readonly basicAuth?: BasicAuth;
  readonly tls?: TlsClient;
}

/** Documents of OpenSearch or of an Elasticsearch before 9.4. */
export interface DocumentTarget extends HttpTarget {
  readonly kind: 'opensearch' | 'elasticsearch';
  readonly apiKey?: SecretKey;
  /** First part of the names of the indices. */
  readonly index: string;
  /** Whether the gateway makes the index template. */
  readonly makesTemplate: boolean;
}

/** An Elasticsearch that accepts remote write. */
export interface ElasticsearchTarget extends HttpTarget {
  readonly kind: 'elasticsearch-write';
  readonly apiKey?: SecretKey;
}

/** OpenTSDB. */
export interface OpenTsdbTarget extends HttpTarget {
  readonly kind: 'opentsdb';
}

/** InfluxDB 2 and 3. */
export interface InfluxDbTarget extends HttpTarget {
  readonly kind: 'influxdb';
  readonly org?: string;
  readonly bucket: string;
  /** Undefined where there is `basicAuth`, which the API of version 1 asks for. */
  readonly token?: SecretKey;
}

/** Oldest version of Elasticsearch that accepts remote write. */
const REMOTE_WRITE_SINCE = '9.4';

/** A server that `http` or `https` names. Throws on an address that is none, has a query, or is `http` with TLS settings. */
function server(where: string, { url, tls }: { readonly url: string; readonly tls?: TlsClient }): string {
  checkUrl(url, `${where}: url`, "name a Secret by 'basicAuth', 'apiKey' or 'token'");
  const { origin, pathname, search, protocol } = new URL(url);
  if (search !== '' || url.includes('${')) {
    throw new Error(`${where}: url '${url}' is more than the address of a server; give it without a query and without '\${', as '${origin}'`);
  }
  if (tls !== undefined && protocol === 'http:') {
    throw new Error(`${where}: got 'tls' with url '${url}', which is not encrypted; write it as 'https://…', or leave out 'tls'`);
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

function checkIndex(where: string, index: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,199}$/.test(index)) {
    throw new Error(`${where}: index '${index}' cannot begin the name of an index; use lower-case letters, digits, '.', '_' and '-', a letter or digit first`);
  }
}

function documents(where: string, kind: DocumentTarget['kind'], options: OpenSearchSinkOptions): DocumentTarget {
  const { index = 'prometheus-metrics', indexTemplate: makesTemplate = true, basicAuth, tls } = options;
  checkIndex(where, index);
  return { kind, url: server(where, options), index, makesTemplate, basicAuth, tls };
}

/** OpenSearch. */
export function openSearchTarget(options: OpenSearchSinkOptions): DocumentTarget {
  return documents('Sink.openSearch', 'opensearch', options);
}

/** Elasticsearch, by its version. Throws on two kinds of credentials, and on props of another version. */
export function elasticsearchTarget(options: ElasticsearchSinkOptions): DocumentTarget | ElasticsearchTarget {
  const where = 'Sink.elasticsearch';
  const { version = REMOTE_WRITE_SINCE, apiKey, basicAuth, tls, index, indexTemplate } = options;
  if (!/^\d+\.\d+(\.\d+)?$/.test(version)) {
    throw new Error(`${where}: version '${version}' is not a version; write it as '8.19'`);
  }
  if (apiKey !== undefined && basicAuth !== undefined) {
    throw new Error(`${where}: got 'apiKey' and 'basicAuth'; keep one of them`);
  }
  if (!atLeast(version, REMOTE_WRITE_SINCE)) {
    return { ...documents(where, 'elasticsearch', options), apiKey };
  }
  const unknown = index !== undefined ? 'index' : indexTemplate !== undefined ? 'indexTemplate' : undefined;
  if (unknown !== undefined) {
    throw new Error(`${where}: got '${unknown}', and Elasticsearch ${version} keeps samples in data streams of its own; leave it out, or name an older 'version'`);
  }
  return { kind: 'elasticsearch-write', url: server(where, options), apiKey, basicAuth, tls };
}

/** OpenTSDB. */
export function openTsdbTarget(options: OpenTsdbSinkOptions): OpenTsdbTarget {
  const { basicAuth, tls } = options;
  return { kind: 'opentsdb', url: server('Sink.openTsdb', options), basicAuth, tls };
}

/** InfluxDB 2 and 3. */
export function influxDbTarget(options: InfluxDbSinkOptions): InfluxDbTarget {
  const where = 'Sink.influxDb';
  const { org, bucket, token, basicAuth, tls } = options;
  const url = server(where, options);
  checkNotEmpty(bucket, `${where}: bucket`, 'name the bucket that the samples go to, of version 3 the database');
  if (org !== undefined) {
    checkNotEmpty(org, `${where}: org`, 'leave it out for version 3, which has none');
  }
  if ((token === undefined) === (basicAuth === undefined)) {
    throw new Error(`${where}: got ${token === undefined ? "neither 'token' nor" : "'token' and"} 'basicAuth'; give one of them, a token that may write to the bucket where there is one`);
  }
  if (org !== undefined && basicAuth !== undefined) {
    throw new Error(`${where}: got 'org' with 'basicAuth', which belongs to one organization; leave 'org' out`);
  }
  return { kind: 'influxdb', url, org, bucket, token, basicAuth, tls };
}
