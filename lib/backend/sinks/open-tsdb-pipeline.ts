import { httpPipeline } from './http-delivery';
import { eachSample, unlessEmpty } from './series-mapping';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { OpenTsdbTarget } from '../../monitoring/sinks/http-sinks';

const NAME = '.re_replace_all("[^-_./a-zA-Z0-9]", "_")';

/** A point needs a tag, and the series of a rule may have no label. */
const TAGS = `labels.without("__name__").map_each_key(name -> name${NAME}).map_each(tag -> tag.value${NAME}).(tags -> if tags.length() == 0 { {"sender": "prometheus"} } else { tags })`;

const POINTS = unlessEmpty(
  eachSample(`{"metric": labels.__name__${NAME}, "tags": ${TAGS}, "timestamp": sample.timestamp.number(), "value": sample.value.or(0)}`),
  '$items',
);

/** With \`details\` the answer to points that are in part stored has how many are not, and why. */
const JUDGEMENT = `let answer = content().string().parse_json().catch({})
let isJudged = metadata("http_status_code").string() == "400"
meta rejected = if $isJudged { $answer.failed.or(0) } else { 0 }
meta reason = $answer.errors.index(0).error.catch("")
root = if $isJudged && $answer.failed.or(0) == 0 { throw("400: " + content().string().slice(0, 300)) } else { {} }
`;

/**
 * The steps to OpenTSDB.
 * @see https://opentsdb.net/docs/build/html/api_http/put.html
 */
export function openTsdbPipeline(gateway: GatewayFacts, target: OpenTsdbTarget): SinkPipeline {
  return httpPipeline(gateway, target, { path: '/api/put?details', contentType: 'application/json', body: POINTS, judged: [400], judgement: JUDGEMENT });
}
