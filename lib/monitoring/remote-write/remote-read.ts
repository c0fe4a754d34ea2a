import { Duration } from 'cdk8s';
import { checkArguments, labelOf } from '../../arguments';
import { checkCount, checkLabelName, checkUrl, CLIENT_SECRETS } from '../../checks';
import { shownUrl } from '../../secret-texts';
import { promDuration } from '../../units';
import { verbatim, WireMap } from '../../wire/data';
import { checkClientHeaders, clientSettings } from '../http/client-settings';
import { HttpConfig, httpConfigOf } from '../http/http-config';

/** A remote store, and the queries that read from it. */
export interface RemoteReadProps extends HttpConfig {
  /** URL of the store's endpoint for remote read. */
  readonly url: string;
  /**
   * Name, in Prometheus's metrics; unique within a Prometheus.
   * @default - made by Prometheus
   */
  readonly name?: string;
  /**
   * Time after which a request is given up.
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration;
  /**
   * Labels and their values that a selector has to match so that the store is read.
   * @default - none: each query reads from it
   */
  readonly requiredMatchers?: { readonly [label: string]: string };
  /**
   * Whether the store is also read for times that Prometheus itself has samples of.
   * @default false
   */
  readonly readRecent?: boolean;
  /**
   * Whether the external labels of the Prometheus are matched too.
   * @default true
   */
  readonly filterExternalLabels?: boolean;
}

/**
 * Remote store from which a Prometheus reads samples that it does not have.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_read
 */
export class RemoteRead {
  /** URL of the store's endpoint. */
  public readonly url: string;
  /** @internal */
  public readonly _name?: string;
  /** The wire form of its HTTP client, but for `headers`, which a remote read has itself. @internal */
  public readonly _client: WireMap;
  private readonly props: RemoteReadProps;

  /** Throws on an invalid URL, on several credentials, and on headers that would show a secret. */
  constructor(props: RemoteReadProps) {
    checkArguments('RemoteRead', { props }, labelOf('RemoteRead', props));
    const where = `RemoteRead '${props.name ?? shownUrl(props.url)}'`;
    checkUrl(props.url, `${where}: url`, CLIENT_SECRETS);
    checkCount(props.timeout?.toMilliseconds(), `${where}: timeout (ms)`, '1 minute');
    Object.keys(props.requiredMatchers ?? {}).forEach((label) => checkLabelName(label, `${where}: requiredMatchers`));
    const { headers: _, ...client } = httpConfigOf(props);
    checkClientHeaders(props, where);
    this._client = clientSettings(client, where);
    this.url = props.url;
    this._name = props.name;
    this.props = { ...props, requiredMatchers: { ...props.requiredMatchers }, headers: { ...props.headers } };
  }

  /** Settings in the wire form, except for those of the HTTP client. @internal */
  public _settings() {
    const { name, timeout, requiredMatchers, readRecent, filterExternalLabels, headers } = this.props;
    return {
      url: this.url,
      name,
      remoteTimeout: promDuration(timeout),
      headers: verbatim({ ...headers }),
      requiredMatchers: verbatim({ ...requiredMatchers }),
      readRecent: readRecent || undefined,
      filterExternalLabels: filterExternalLabels === false ? false : undefined,
    };
  }
}
