import { httpPipeline, HttpServer, httpStep } from './http-delivery';
import { eachSample, unlessEmpty } from './series-mapping';
import { GatewayFacts, GatewaySetup, SinkPipeline } from './sink-pipeline';
import { DocumentTarget } from '../../monitoring/sinks/http-sinks';

/** A label with a dot would be an object with a label in it, which others are not. */
const LABELS_OF_DOCUMENT = 'labels.without("__name__").map_each_key(name -> name.replace_all(".", "_"))';

/** The lines of a bulk request: for each sample where it goes, and the document. */
function bulk(index: string): string {
  const sample = `{"@timestamp": sample.timestamp.number(), "name": labels.__name__, "labels": ${LABELS_OF_DOCUMENT}, "value": sample.value.or(0)}`;
  const day = '(document."@timestamp" / 1000).floor().ts_format("2006.01.02", "UTC")';
  const action = `{"index": {"_index": "${index}-" + ${day}, "_id": text.hash("md5").encode("hex")}}.format_json(no_indent: true).string()`;
  return unlessEmpty(
    eachSample(sample),
    `$items.map_each(document -> document.format_json(no_indent: true).string().(text -> ${action} + "\\n" + text + "\\n")).join("")`,
  );
}

/** Time between two attempts to put the index template. */
const RETRY_PERIOD = '5s';

/** Errors by which a document will never be stored, whatever is done about the sink but for its template. */
const REJECTIONS = ['mapper_parsing_exception', 'document_parsing_exception', 'illegal_argument_exception', 'strict_dynamic_mapping_exception'];

/** A bulk request succeeds as such; each document has a status. */
const JUDGEMENT = `let failed = if this.errors { this.items.map_each(item -> item.index).filter(item -> item.status >= 300) } else { [] }
let rejected = $failed.filter(item -> item.status == 400 && ${JSON.stringify(REJECTIONS)}.contains(item.error.type))
let others = $failed.filter(item -> item.status != 400 || !${JSON.stringify(REJECTIONS)}.contains(item.error.type))
meta rejected = $rejected.length()
meta reason = $rejected.index(0).error.reason.catch("")
root = if $others.length() > 0 { throw($others.index(0).error.type + ": " + $others.index(0).error.reason.or("")) } else { this }
`;

/**
 * The index template: doubles, since the first value of a metric may look like a whole number, and labels that are not taken apart. It has the
 * documents of gateways that buffer too, `tag` and `prometheus`.
 */
function template(index: string): object {
  return {
    index_patterns: [`${index}-*`],
    // Templates that match the same index need different ones, as those of `metrics` and `metrics-shop`: the longer name has precedence.
    priority: 200 + index.length,
    template: {
      settings: { 'index.mapping.total_fields.limit': 5000 },
      mappings: {
        dynamic_templates: ['labels', 'tag'].map((object) => ({ [object]: { path_match: `${object}.*`, mapping: { type: 'keyword', ignore_above: 8191 } } })),
        properties: {
          '@timestamp': { type: 'date', format: 'epoch_millis||strict_date_optional_time' },
          'name': { type: 'keyword' }, 'value': { type: 'double' }, 'labels': { type: 'object' },
          'measurement_name': { type: 'keyword' }, 'prometheus': { properties: { value: { type: 'double' } } }, 'tag': { type: 'object' },
        },
      },
    },
  };
}

/** A configuration that puts the template and ends; it tries until the sink accepts it, and logs why it does not. */
function templateSetup(gateway: GatewayFacts, server: HttpServer, index: string): object {
  const put = httpStep(gateway, server, { path: `/_index_template/${index}`, contentType: 'application/json', options: { verb: 'PUT', retries: 0 } });
  const failed = [{ log: { level: 'WARN', message: 'the sink has not accepted the index template, which is tried again: ${! error() }' } }, { sleep: { duration: RETRY_PERIOD } }];
  return {
    http: { enabled: false },
    input: { generate: { count: 1, interval: '', mapping: `root = ${JSON.stringify(template(index))}` } },
    pipeline: {
      processors: [{
        while: { at_least_once: true, check: 'metadata("accepted").or("") == ""', processors: [{ try: [put, { mapping: 'meta accepted = "yes"' }] }, { catch: failed }] },
      }],
    },
    output: { drop: {} },
    logger: { level: 'WARN', format: 'logfmt', add_timestamp: true },
  };
}

function serverOf({ url, basicAuth, apiKey, tls }: DocumentTarget): HttpServer {
  return { url, basicAuth, tls, token: apiKey === undefined ? undefined : { scheme: 'ApiKey', key: apiKey } };
}

/** What makes the index template, if the sink has not one of its own. */
export function documentSetup(gateway: GatewayFacts, target: DocumentTarget): GatewaySetup | undefined {
  return target.makesTemplate ? { name: 'index-template', config: templateSetup(gateway, serverOf(target), target.index) } : undefined;
}

/**
 * The steps to OpenSearch, or to an Elasticsearch before 9.4.
 * @see https://docs.opensearch.org/latest/api-reference/document-apis/bulk/
 */
export function documentPipeline(gateway: GatewayFacts, target: DocumentTarget): SinkPipeline {
  const delivery = { path: '/_bulk', contentType: 'application/x-ndjson', body: bulk(target.index), judgement: JUDGEMENT };
  return { ...httpPipeline(gateway, serverOf(target), delivery), setup: documentSetup(gateway, target) };
}
