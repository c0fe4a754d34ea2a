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

/** Points outside of the retention are rejected, and the others of the request stored: both versions say how many, each in its way. */
const JUDGEMENT = `let answer = content().string().parse_json().catch({})
let code = metadata("http_status_code").string()
let dropped = $answer.message.or("").re_find_all_submatch("dropped=([0-9]+)").index(0).index(1).number().catch($answer.data.length().catch(0))
let isJudged = $code == "400" || $code == "422"
meta rejected = if $isJudged { $dropped } else { 0 }
meta reason = $answer.message.or($answer.error).or("")
root = if $isJudged && $dropped == 0 { throw($code + ": " + content().string().slice(0, 300)) } else { {} }
`;

/**
 * The steps to InfluxDB 2 and 3.
 * @see https://docs.influxdata.com/influxdb/v2/api/v2/#operation/PostWrite
 */
export function influxDbPipeline(gateway: GatewayFacts, { url, org, bucket, token, tls }: InfluxDbTarget): SinkPipeline {
  const query = new URLSearchParams({ ...(org === undefined ? {} : { org }), bucket, precision: 'ms' });
  return httpPipeline(gateway, { url, tls, token: { scheme: 'Token', key: token } }, {
    path: `/api/v2/write?${query.toString()}`, contentType: 'text/plain; charset=utf-8', body: LINES, judged: [400, 422], judgement: JUDGEMENT,
  });
}
