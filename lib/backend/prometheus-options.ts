import { Duration, Size } from 'cdk8s';
import { LogLevel, PrometheusProps } from './prometheus-props';
import { promDuration, promSize } from '../units';
import { some, unlessDefault } from '../wire/data';

/** Props of a Prometheus with the defaults filled in, as far as options are made of them. */
export interface OptionInputs {
  readonly props: PrometheusProps;
  readonly agent: boolean;
  readonly scrapeInterval: Duration;
  readonly scrapeTimeout: Duration;
  readonly evaluationInterval: Duration;
  readonly retention: Duration;
  readonly retentionSize?: Size;
  readonly externalUrl?: string;
  readonly sampleLimit?: number;
  readonly features: string[];
  /** Whether this Prometheus has at least a version. */
  knows(version: string): boolean;
}

type Value = string | number | boolean | readonly string[] | { readonly [label: string]: string } | undefined;

/** An option and its place in a Prometheus without an operator. */
interface Option<V extends Value> {
  /** Path of the key in `prometheus.yml`. */
  readonly key?: string;
  /** Name of the flag, where there is no key. */
  readonly flag?: string;
  /**
   * Value under the key, where it is spelled otherwise there.
   * @default - the same
   */
  readonly valueOfKey?: (inputs: OptionInputs) => Value;
  /** First version that has the key; older ones have the flag. */
  readonly keySince?: string;
  /** The value, undefined for Prometheus's own default. */
  readonly value: (inputs: OptionInputs) => V;
}

function key<V extends Value>(path: string, value: (inputs: OptionInputs) => V): Option<V> {
  return { key: path, value };
}

function flag<V extends Value>(name: string, value: (inputs: OptionInputs) => V): Option<V> {
  return { flag: name, value };
}

/**
 * Every option of Prometheus except for jobs, rules, remote stores and Alertmanagers: by its field in the operator's Prometheus resource, with
 * its place in a Prometheus without an operator.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
const OPTIONS = {
  scrapeInterval: key('global.scrape_interval', ({ scrapeInterval }) => promDuration(scrapeInterval)),
  scrapeTimeout: key('global.scrape_timeout', ({ scrapeTimeout }) => promDuration(scrapeTimeout)),
  evaluationInterval: key('global.evaluation_interval', ({ evaluationInterval }) => promDuration(evaluationInterval)),
  // Older versions have a feature instead.
  scrapeNativeHistograms: key('global.scrape_native_histograms', (inputs) => (inputs.props.nativeHistograms && inputs.knows('3.8') ? true : undefined)),
  ruleQueryOffset: key('global.rule_query_offset', ({ props }) => promDuration(props.ruleQueryOffset)),
  bodySizeLimit: key('global.body_size_limit', ({ props: { scrapeLimits } }) => (
    scrapeLimits?.bodySizeLimit === undefined ? undefined : `${scrapeLimits.bodySizeLimit.toKibibytes()}KiB`
  )),
  sampleLimit: key('global.sample_limit', ({ sampleLimit }) => sampleLimit),
  targetLimit: key('global.target_limit', ({ props }) => props.scrapeLimits?.targetLimit),
  labelLimit: key('global.label_limit', ({ props }) => props.scrapeLimits?.labelLimit),
  labelNameLengthLimit: key('global.label_name_length_limit', ({ props }) => props.scrapeLimits?.labelNameLengthLimit),
  labelValueLengthLimit: key('global.label_value_length_limit', ({ props }) => props.scrapeLimits?.labelValueLengthLimit),
  keepDroppedTargets: key('global.keep_dropped_targets', ({ props }) => props.scrapeLimits?.keepDroppedTargets),
  nameValidationScheme: {
    ...key('global.metric_name_validation_scheme', ({ props }) => props.nameValidation),
    valueOfKey: ({ props }: OptionInputs) => props.nameValidation?.toLowerCase(),
  },
  otlp: {
    promoteResourceAttributes: key('otlp.promote_resource_attributes', ({ props: { otlp } }) => otlp?.promoteResourceAttributes),
    promoteAllResourceAttributes: key('otlp.promote_all_resource_attributes', ({ props: { otlp } }) => otlp?.promoteAllResourceAttributes),
    ignoreResourceAttributes: key('otlp.ignore_resource_attributes', ({ props: { otlp } }) => otlp?.ignoreResourceAttributes),
    keepIdentifyingResourceAttributes: key('otlp.keep_identifying_resource_attributes', ({ props: { otlp } }) => otlp?.keepIdentifyingResourceAttributes),
    promoteScopeMetadata: key('otlp.promote_scope_metadata', ({ props: { otlp } }) => otlp?.promoteScopeMetadata),
    convertHistogramsToNHCB: key('otlp.convert_histograms_to_nhcb', ({ props: { otlp } }) => otlp?.convertHistogramsToNhcb),
    translationStrategy: key('otlp.translation_strategy', ({ props: { otlp } }) => otlp?.translation),
  },
  externalLabels: key('global.external_labels', ({ props }) => externalLabels(props)),
  tsdb: {
    outOfOrderTimeWindow: key('storage.tsdb.out_of_order_time_window', ({ props }) => promDuration(props.outOfOrderTimeWindow)),
  },
  // Older versions do not apply the keys reliably.
  retention: { keySince: '3.11', flag: 'storage.tsdb.retention.time', ...key('storage.tsdb.retention.time', ({ retention }) => promDuration(retention)) },
  retentionSize: { keySince: '3.11', flag: 'storage.tsdb.retention.size', ...key('storage.tsdb.retention.size', ({ retentionSize }) => promSize(retentionSize)) },
  exemplars: {
    maxSize: key('storage.exemplars.max_exemplars', ({ props }) => props.maxExemplars),
  },
  externalUrl: flag('web.external-url', ({ externalUrl }) => externalUrl),
  enableRemoteWriteReceiver: flag('web.enable-remote-write-receiver', ({ props }) => props.remoteWriteReceiver || undefined),
  enableOtlpReceiver: flag('web.enable-otlp-receiver', ({ props }) => props.otlpReceiver || undefined),
  query: {
    lookbackDelta: flag('query.lookback-delta', ({ props: { query } }) => promDuration(query?.lookbackDelta)),
    timeout: flag('query.timeout', ({ props: { query } }) => promDuration(query?.timeout)),
    maxConcurrency: flag('query.max-concurrency', ({ props: { query } }) => query?.maxConcurrency),
    maxSamples: flag('query.max-samples', ({ props: { query } }) => query?.maxSamples),
  },
  enableFeatures: flag('enable-feature', ({ features }) => some(features)),
  logLevel: flag('log.level', ({ props }) => unlessDefault(props.logLevel, LogLevel.INFO)),
};

/** Options that an agent does not have. */
const SERVER_ONLY = ['evaluationInterval', 'ruleQueryOffset', 'retention', 'retentionSize', 'exemplars', 'query'] as const;

/** Flags by which a backend places a Prometheus in its Pod. */
const PLACING_FLAGS = [
  'config.file', 'web.config.file', 'web.enable-lifecycle', 'web.listen-address', 'storage.tsdb.path', 'storage.agent.path', 'agent',
];

/** External labels of the props. Prometheus expands `$NAME` in them, and reads `$$` as a dollar sign. */
export function externalLabels({ cluster, externalLabels: others }: PrometheusProps): { readonly [label: string]: string } | undefined {
  const labels = Object.entries({ ...(cluster === undefined ? {} : { cluster }), ...others });
  return labels.length === 0 ? undefined : Object.fromEntries(labels.map(([label, value]) => [label, value.replace(/\$/g, '$$$$')]));
}

interface Group {
  readonly [field: string]: Option<Value> | Group;
}

/** A group of options as fields of a resource. */
type Fields<Options> = {
  readonly [Field in keyof Options]: Options[Field] extends Option<infer V> ? V | undefined : Fields<Options[Field]> | undefined;
};

type ServerFields = Fields<typeof OPTIONS>;
type AgentFields = Omit<ServerFields, typeof SERVER_ONLY[number]>;

function isOption(option: Option<Value> | Group): option is Option<Value> {
  return typeof option.value === 'function';
}

function optionsOf({ agent }: { readonly agent: boolean }): Group {
  const serverOnly: readonly string[] = SERVER_ONLY;
  return agent ? Object.fromEntries(Object.entries(OPTIONS).filter(([field]) => !serverOnly.includes(field))) : OPTIONS;
}

function flat(group: Group): Option<Value>[] {
  return Object.values(group).flatMap((option) => (isOption(option) ? [option] : flat(option)));
}

function fieldsOf(group: Group, inputs: OptionInputs): Readonly<Record<string, unknown>> | undefined {
  const fields = Object.entries(group)
    .map(([field, option]) => [field, isOption(option) ? option.value(inputs) : fieldsOf(option, inputs)] as const)
    .filter(([, value]) => value !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Whether an option is a flag of this version. */
function isFlag({ key: path, keySince }: Option<Value>, inputs: OptionInputs): boolean {
  return path === undefined || (keySince !== undefined && !inputs.knows(keySince));
}

/** Flags that follow from props. */
export const OWN_FLAGS: readonly string[] = [...PLACING_FLAGS, ...flat(OPTIONS).map((option) => option.flag).filter((name) => name !== undefined)];

/** The options as fields of the operator's Prometheus resource. */
export function serverFields(inputs: OptionInputs): ServerFields;
export function serverFields(inputs: OptionInputs): object | undefined {
  return fieldsOf(optionsOf({ agent: false }), inputs);
}

/** The options as fields of the operator's PrometheusAgent resource. */
export function agentFields(inputs: OptionInputs): AgentFields;
export function agentFields(inputs: OptionInputs): object | undefined {
  return fieldsOf(optionsOf({ agent: true }), inputs);
}

/** The value of a flag; empty for a flag without one. */
function flagValue(value: Exclude<Value, undefined>): string {
  return typeof value === 'object' ? Object.values(value).join(',') : value === true ? '' : `${value}`;
}

/** The options that are flags of this version. */
export function optionFlags(inputs: OptionInputs): Array<readonly [flag: string, value: string]> {
  return flat(optionsOf(inputs)).flatMap((option) => {
    const value = option.value(inputs);
    return value === undefined || option.flag === undefined || !isFlag(option, inputs) ? [] : [[option.flag, flagValue(value)] as const];
  });
}

/** A section of `prometheus.yml`. */
export interface Section {
  [key: string]: Exclude<Value, undefined> | Section;
}

interface Sections extends Section {
  global: Section;
}

function isSection(value: Section[string] | undefined): value is Section {
  return typeof value === 'object' && !Array.isArray(value);
}

function put(section: Section, [first, ...rest]: readonly string[], value: Exclude<Value, undefined>): void {
  if (rest.length === 0) {
    section[first] = value;
    return;
  }
  const inner = section[first];
  const into = isSection(inner) ? inner : {};
  section[first] = into;
  put(into, rest, value);
}

/** The options that are keys of `prometheus.yml`. */
export function optionSections(inputs: OptionInputs): Sections {
  const sections: Sections = { global: {} };
  flat(optionsOf(inputs)).forEach((option) => {
    const value = option.value(inputs);
    if (value !== undefined && option.key !== undefined && !isFlag(option, inputs)) {
      put(sections, option.key.split('.'), option.valueOfKey?.(inputs) ?? value);
    }
  });
  return sections;
}
