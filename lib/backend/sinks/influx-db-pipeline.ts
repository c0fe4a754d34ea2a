import { httpPipeline } from './http-delivery';
import { eachSample, unlessEmpty } from './series-mapping';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { InfluxDbTarget } from '../../monitoring/sinks/http-sinks';

/** Within a tag commas, spaces and equals signs are escaped; it has no line breaks and no backslash at its end, which would escape what follows. */
const ESCAPED = '.replace_all("\\n", " ").re_replace_all("\\\\\\\\+$", "").replace_all(",", "\\\\,").replace_all("=", "\\\\=").replace_all(" ", "\\\\ ")';

const TAGS = `labels.without("__name__").key_values().filter(tag -> tag.value != "").map_each(tag -> "," + tag.key${ESCAPED} + "=" + tag.value${ESCAPED}).join("")`;

const LINES = unlessEmpty(
  eachSample(`labels.__name__${ESCAPED} + ${TAGS} + " value=" + sample.value.or(0).string() + " " + sample.timestamp.string()`),
  '$items.join("\\n")',
);

/** Points outside of the retention are rejected, and the others of the request stored: each version says how many, in its way. */
const JUDGEMENT = `let answer = content().string().parse_json().catch({})
let code = metadata("http_status_code").string()
let dropped = $answer.message.or($answer.error).or("").re_find_all_submatch("dropped=([0-9]+)").index(0).index(1).number().catch($answer.data.length().catch(0))
let isJudged = $code == "400" || $code == "422"
meta rejected = if $isJudged { $dropped } else { 0 }
meta reason = $answer.message.or($answer.error).or("")
root = if $isJudged && $dropped == 0 { throw($code + ": " + content().string().slice(0, 300)) } else { {} }
`;

/** Path and query: the API of version 1 where there is no token, in which a bucket is a database. */
function pathOf({ org, bucket, token }: InfluxDbTarget): string {
  const precision = { precision: 'ms' };
  return token === undefined
    ? `/write?${new URLSearchParams({ db: bucket, ...precision }).toString()}`
    : `/api/v2/write?${new URLSearchParams({ ...(org === undefined ? {} : { org }), bucket, ...precision }).toString()}`;
}

/**
 * The steps to InfluxDB 2 and 3.
 * @see https://docs.influxdata.com/influxdb/v2/api/v2/#operation/PostWrite
 * @see https://docs.influxdata.com/influxdb/v2/reference/api/influxdb-1x/write/
 */
export function influxDbPipeline(gateway: GatewayFacts, target: InfluxDbTarget): SinkPipeline {
  const { url, tls, token, basicAuth } = target;
  return httpPipeline(gateway, { url, tls, basicAuth, token: token && { scheme: 'Token', key: token } }, {
    path: pathOf(target), contentType: 'text/plain; charset=utf-8', body: LINES, judged: [400, 422], judgement: JUDGEMENT,
  });
}
