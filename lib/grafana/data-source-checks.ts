import { HttpConfig } from '../monitoring';
import { SecretKey } from '../kubernetes';
import { namesSecret, secretsOfUser } from '../secret-texts';
import { didYouMean, nearest } from '../text';
import { toWireMap } from '../wire/data';

/** Data sources that are a part of Grafana and are not called `…-datasource`. */
const OWN_TYPES = [
  'alertmanager', 'cloudwatch', 'elasticsearch', 'graphite', 'influxdb', 'jaeger', 'loki', 'mssql', 'mysql', 'opentsdb', 'parca', 'postgres', 'prometheus',
  'stackdriver', 'tempo', 'testdata', 'zipkin',
];

/**
 * Throws on a type that looks like a slip of the pen: Grafana starts with a data source of no plugin, and only its queries fail.
 * @see https://grafana.com/developers/plugin-tools/reference/plugin-json
 */
export function checkType(where: string, type: string): void {
  const isPlugin = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(type);
  if (!isPlugin || (!type.endsWith('-datasource') && !OWN_TYPES.includes(type) && nearest(type, OWN_TYPES) !== undefined)) {
    throw new Error(`${where}: '${type}' is not the type of a data source${didYouMean(type, OWN_TYPES)}; write the id of its plugin, which is in lower case`);
  }
}

/** Keys of `jsonData` whose value is a secret, besides those of such a name. */
const SECRET = /(password|secret|token|apikey|accesskey|clientkey)$|^httpheadervalue\d+$/i;

/** Keys that an HTTP client sets. */
const OF_CLIENT = /^(httpHeader(Name|Value)\d+|tls(Auth|AuthWithCACert|SkipVerify|CACert|ClientCert|ClientKey)|serverName|basicAuthPassword)$/;

/** Settings of a type, beside an HTTP client. */
interface TypeSettings {
  readonly http: HttpConfig;
  readonly jsonData?: { readonly [key: string]: unknown };
  readonly secureJsonData?: { readonly [key: string]: SecretKey };
}

/** Throws on settings that no file can hold or that would show a secret, and on those that the HTTP client sets too. */
export function checkTypeSettings(where: string, { http, jsonData = {}, secureJsonData = {} }: TypeSettings): void {
  toWireMap(jsonData, `${where}: jsonData`);
  const [shown] = secretsOfUser(jsonData, '', '', (key) => namesSecret(key) || SECRET.test(key));
  if (shown !== undefined) {
    throw new Error(`${where}: jsonData: '${shown.path}' ${shown.says}, which the ConfigMap would show; give it by 'secureJsonData'`);
  }
  const twice = [...Object.keys(jsonData), ...Object.keys(secureJsonData)].find((key) => OF_CLIENT.test(key));
  if (twice !== undefined && Object.values(http).some((value) => value !== undefined)) {
    throw new Error(`${where}: '${twice}' is one of the settings that follow from the HTTP client; give all of them by 'http'`);
  }
}
