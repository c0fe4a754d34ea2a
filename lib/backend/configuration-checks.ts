import { NameValidation, OtlpOptions, OtlpTranslation, PrometheusConfigurationProps, TracingOptions } from './prometheus-configuration-props';
import { checkCount, checkHostPort } from '../checks';
import { atLeast } from '../kubernetes/images';
import { checkHeaderSecrets } from '../monitoring/http/client-settings';
import { limitsOf } from '../monitoring/scrape/scrape-job-checks';
import { promDuration } from '../units';
import { verbatim, WireMap } from '../wire/data';

/** Options of OTLP and the first version that knows them. */
const OTLP_SINCE: { readonly [option in keyof OtlpOptions]: string } = {
  keepIdentifyingResourceAttributes: '3.1', convertHistogramsToNhcb: '3.4', promoteAllResourceAttributes: '3.5', ignoreResourceAttributes: '3.5', promoteScopeMetadata: '3.6',
};
const TRANSLATION_SINCE: { readonly [translation: string]: string } = {
  [OtlpTranslation.NONE]: '3.4', [OtlpTranslation.UNDERSCORES_WITHOUT_SUFFIXES]: '3.6',
};

/** Props on which the configuration depends. */
interface Given extends PrometheusConfigurationProps {
  readonly agent?: boolean;
  readonly otlpReceiver?: boolean;
}

/** Throws on settings that exclude each other, that this version does not know, or that an agent does not have. */
export function checkConfiguration(where: string, props: Given, version: string): void {
  const { agent = false, otlp, tracing, remoteReads = [], ruleQueryOffset, alertRelabelings, scrapeLimits } = props;
  const ofServer = { ruleQueryOffset, alertRelabelings, remoteReads: props.remoteReads };
  const [idle] = Object.entries(ofServer).flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  if (agent && idle !== undefined) {
    throw new Error(`${where}: got '${idle}' with 'agent'; an agent evaluates no rules, sends no alerts and answers no queries, so leave it out`);
  }
  limitsOf(`${where}: scrapeLimits`, scrapeLimits ?? {});
  checkCount(ruleQueryOffset?.toMilliseconds(), `${where}: ruleQueryOffset (ms)`, 'none');
  if (otlp !== undefined) {
    checkOtlp(`${where}: otlp`, otlp, props, version);
  }
  if (tracing !== undefined) {
    checkTracing(`${where}: tracing`, tracing);
  }
  const names = remoteReads.flatMap(({ _name }) => _name ?? []);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new Error(`${where}: remoteReads: '${twice}' exists twice, and Prometheus does not start then; give one of them another 'name'`);
  }
}

function checkOtlp(where: string, otlp: OtlpOptions, { otlpReceiver = false, nameValidation }: Given, version: string): void {
  const { promoteResourceAttributes = [], promoteAllResourceAttributes = false, ignoreResourceAttributes = [], translation } = otlp;
  if (!otlpReceiver) {
    throw new Error(`${where} has no effect without 'otlpReceiver'; set that to true, or leave it out`);
  }
  const given = Object.entries(otlp).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  const newer = Object.entries(OTLP_SINCE).find(([option, since]) => given.includes(option) && !atLeast(version, since));
  const [setting, since] = newer ?? [`translation '${translation}'`, TRANSLATION_SINCE[translation ?? '']];
  if (since !== undefined && !atLeast(version, since)) {
    throw new Error(`${where}: ${setting} is known from Prometheus ${since} on, and this one is ${version}; choose a newer image, or leave it out`);
  }
  if (promoteAllResourceAttributes && promoteResourceAttributes.length > 0) {
    throw new Error(`${where}: got 'promoteResourceAttributes' and 'promoteAllResourceAttributes'; keep one of them`);
  }
  if (!promoteAllResourceAttributes && ignoreResourceAttributes.length > 0) {
    throw new Error(`${where}: got 'ignoreResourceAttributes' without 'promoteAllResourceAttributes'; set that to true, or leave it out`);
  }
  const attributes = [...promoteResourceAttributes, ...ignoreResourceAttributes];
  const wrong = attributes.find((name, i) => name.trim() === '' || attributes.indexOf(name) !== i);
  if (wrong !== undefined) {
    throw new Error(`${where}: attribute '${wrong}' is empty or exists twice, and Prometheus does not start then; take it out`);
  }
  if (nameValidation === NameValidation.LEGACY && (translation === OtlpTranslation.NONE || translation === OtlpTranslation.UTF8_WITH_SUFFIXES)) {
    throw new Error(`${where}: translation '${translation}' makes names that NameValidation.LEGACY does not accept; choose another of the two`);
  }
}

function checkTracing(where: string, { endpoint, samplingFraction = 1, insecure = false, tls, headers = {}, timeout }: TracingOptions): void {
  checkHostPort(endpoint, `${where}: endpoint`);
  if (!(samplingFraction > 0 && samplingFraction <= 1)) {
    throw new Error(`${where}: samplingFraction is ${samplingFraction}; give a number above 0 and up to 1`);
  }
  if (insecure && tls !== undefined) {
    throw new Error(`${where}: got 'insecure' and 'tls'; keep one of them`);
  }
  checkHeaderSecrets({ headers }, where, "leave it out, for Prometheus reads it from no file; show the collector a client certificate by 'tls'");
  checkCount(timeout?.toMilliseconds(), `${where}: timeout (ms)`, '10 seconds');
}

/** Settings of traces in the wire form, but for TLS and the part that is traced. */
export function tracingSettings({ endpoint, protocol, insecure, headers, gzip, timeout }: TracingOptions) {
  return {
    clientType: protocol,
    endpoint,
    insecure: insecure || undefined,
    headers: verbatim({ ...headers }),
    compression: gzip ? 'gzip' as const : undefined,
    timeout: promDuration(timeout),
  };
}

/** TLS settings of traces in the wire form. */
export function tracingTls(tracing: TracingOptions | undefined): WireMap {
  return { tlsConfig: tracing?.tls?._wire() };
}
