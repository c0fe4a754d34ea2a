import { Authorization, ForwardOptions, RemoteWrite } from '../../monitoring';
import { ElasticsearchTarget } from '../../monitoring/sinks/http-sinks';
import { quoteList } from '../../text';

/** Options that a remote write without a gateway has. */
const DIRECT = ['name', 'select'];

/**
 * The remote write to a sink that accepts it. Throws on options of a gateway, since there is none.
 * @see https://www.elastic.co/docs/manage-data/data-store/data-streams/tsds-ingest-prometheus-remote-write
 */
export function directWrite(where: string, name: string, { url, apiKey, basicAuth, tls }: ElasticsearchTarget, options: ForwardOptions): RemoteWrite {
  const unknown = Object.entries(options).filter(([prop, value]) => value !== undefined && !DIRECT.includes(prop)).map(([prop]) => prop);
  if (unknown.length > 0) {
    throw new Error(`${where}: '${name}' is written to directly, without a gateway that had ${quoteList(unknown)}; leave it out`);
  }
  return new RemoteWrite({
    name,
    url: `${url}/_prometheus/api/v1/write`,
    basicAuth,
    tls,
    authorization: apiKey === undefined ? undefined : Authorization.scheme('ApiKey', apiKey),
    relabelings: options.select?.toRelabelings(),
    // so it answers under pressure; its samples would be dropped
    queue: { retryOnHttp429: true },
  });
}
