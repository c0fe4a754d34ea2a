import { bentoTls, gatewayTls } from './gateway-tls';
import { DELIVERY_TIMEOUT } from './gateway-write';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { SecretKey } from '../../kubernetes';
import { BasicAuth, TlsClient } from '../../monitoring';

/** A server, and who asks it. */
export interface HttpServer {
  readonly url: string;
  readonly basicAuth?: BasicAuth;
  /** A token and the word before it. */
  readonly token?: { readonly scheme: string; readonly key: SecretKey };
  readonly tls?: TlsClient;
}

/** A request to a sink. */
export interface HttpDelivery {
  /** Path and query. */
  readonly path: string;
  readonly contentType: string;
  /** Mapping of a request of Prometheus to the body. */
  readonly body: string;
  /** Statuses above 299 whose answers are judged too. */
  readonly judged?: readonly number[];
  /**
   * Mapping of an answer that throws unless the sink is done with the samples, and sets `rejected` and `reason` for those that it will never
   * store.
   */
  readonly judgement?: string;
}

/** Throws on a text of a user that the gateway would take for a variable. */
export function checkNoVariable(where: string, what: string, text: string): void {
  if (text.includes('${')) {
    throw new Error(`${where}: ${what} '${text}' has '\${', which a sink gateway takes for a variable; choose another`);
  }
}

const contentOf = (key: SecretKey) => `file(path: ${JSON.stringify(key._file('sink-gateway'))}, no_cache: true).string().trim()`;

/** The header of the credentials; their files are read for each request, so that they may change. */
function authorization(where: string, { basicAuth, token }: HttpServer): string | undefined {
  if (token !== undefined) {
    return `${token.scheme} \${! ${contentOf(token.key)} }`;
  }
  if (basicAuth === undefined) {
    return undefined;
  }
  checkNoVariable(where, 'the user name', basicAuth.username);
  return `Basic \${! (${JSON.stringify(`${basicAuth.username}:`)} + ${contentOf(basicAuth.password)}).encode("base64") }`;
}

/** A request, and further settings of its step. */
export interface HttpRequest extends Pick<HttpDelivery, 'path' | 'contentType'> {
  readonly options: object;
}

/** A step that asks a server. */
export function httpStep({ where }: GatewayFacts, server: HttpServer, { path, contentType, options }: HttpRequest): object {
  return {
    label: 'sink',
    http: {
      url: `${server.url}${path}`,
      headers: { 'Content-Type': contentType, 'Authorization': authorization(where, server) },
      timeout: DELIVERY_TIMEOUT,
      tls: bentoTls(gatewayTls(where, server.tls).tls),
      ...options,
    },
  };
}

/** Counts and logs what a sink rejects for good: sent again it would be rejected again, and nothing behind it would ever be delivered. */
const REJECTED = {
  switch: [{
    check: 'metadata("rejected").or(0) > 0',
    processors: [
      { metric: { type: 'counter_by', name: 'sink_samples_rejected', value: '${! metadata("rejected") }' } },
      { log: { level: 'WARN', message: 'the sink has rejected ${! metadata("rejected") } samples, which are dropped: ${! metadata("reason") }' } },
    ],
  }],
};

/**
 * The steps to a sink by HTTP: a request of Prometheus is a request to the sink. Prometheus repeats those that fail.
 * @see https://warpstreamlabs.github.io/bento/docs/components/processors/http
 */
export function httpPipeline(gateway: GatewayFacts, server: HttpServer, delivery: HttpDelivery): SinkPipeline {
  const { path, contentType, body, judged = [], judgement } = delivery;
  const { tls: _, ...files } = gatewayTls(gateway.where, server.tls);
  return {
    // Half of them wait for the sink.
    threads: 8,
    cpuMillis: 0.1,
    processors: [
      { mapping: body },
      httpStep(gateway, server, { path, contentType, options: { verb: 'POST', retries: 0, successful_on: judged.length === 0 ? undefined : judged } }),
      ...(judgement === undefined ? [] : [{ mapping: judgement }, REJECTED]),
    ],
    output: { label: 'delivered', drop: {} },
    env: new Map(),
    ...files,
    files: [...files.files, server.basicAuth?.password, server.token?.key],
    notes: [],
  };
}
