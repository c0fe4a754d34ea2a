// The generated lists, as TypeScript in lib/generated and as JSON for the tests.

const COMMAND = '`npm run versions`';

function header(what) {
  return `// ${what}\n// Written by ${COMMAND}, see CONTRIBUTING.md; not to be edited.\n`;
}

/** A value as TypeScript in one line, without what is undefined. */
function literal(value) {
  if (typeof value === 'string') {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return entries.length === 0 ? '{}' : `{ ${entries.map(([key, inner]) => `${keyOf(key)}: ${literal(inner)}`).join(', ')} }`;
  }
  return String(value);
}

function keyOf(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** An object with an entry a line, in `indent`. */
function lines(entries, indent = '') {
  return `{\n${Object.entries(entries).map(([key, value]) => `${indent}  ${keyOf(key)}: ${typeof value === 'string' ? value : literal(value)},\n`).join('')}${indent}}`;
}

function constant(comment, name, type, text) {
  return `\n/** ${comment} */\nexport const ${name}: ${type} = ${text};\n`;
}

function imports(...names) {
  return `import { ${names.join(', ')} } from '../upstream';\n`;
}

function settingTypes(types) {
  return `{\n${Object.entries(types).map(([type, settings]) => {
    const entries = Object.fromEntries(settings.map(({ key, holds, map, pointer, since }) => [key, {
      holds: holds === 'value' ? undefined : holds, map: map || undefined, pointer: pointer || undefined, since,
    }]));
    return `  ${keyOf(type)}: ${lines(entries, '  ')},\n`;
  }).join('')}}`;
}

/** By the name in lib/versions.ts: file, title and name of the list of an exporter's flags. */
const EXPORTERS = {
  nodeExporter: ['node-exporter', 'node-exporter', 'NODE_EXPORTER_FLAGS'],
  blackboxExporter: ['blackbox-exporter', 'blackbox-exporter', 'BLACKBOX_EXPORTER_FLAGS'],
  kubeStateMetrics: ['kube-state-metrics', 'kube-state-metrics', 'KUBE_STATE_METRICS_FLAGS'],
};

function flagsOf(name, flags) {
  return constant('Flags by name, without dashes.', name, 'FlagTable', lines(flags));
}

/** The text of each generated list, by its path in the repository. */
export function lists({ prometheus, alertmanager, exporters, prometheusOperator, victoriaMetrics, names }) {
  const { first, last } = prometheus;
  const of = `Prometheus ${first} to ${last}`;
  return new Map([
    ['lib/generated/prometheus.ts', [
      header(`What ${of} knows, by cmd/prometheus, config and discovery of its sources.`), imports('Feature', 'FlagTable', 'Span'),
      constant('The newest minor version that these lists tell of; later ones may know more.', 'NEWEST_PROMETHEUS', 'string', literal(last)),
      flagsOf('PROMETHEUS_FLAGS', prometheus.flags),
      constant('Features of `--enable-feature`.', 'PROMETHEUS_FEATURES', 'Readonly<Record<string, Feature>>', lines(prometheus.features)),
      constant('Keys of a `scrape_config`, but for `job_name`.', 'SCRAPE_CONFIG_KEYS', 'Readonly<Record<string, Span>>', lines(prometheus.scrapeKeys)),
    ].join('')],
    ['lib/generated/promql-functions.ts', [
      header(`The functions of PromQL that Prometheus ${last} knows, by promql/parser/functions.go of its sources.`), imports('PromQlFunction'),
      constant('Functions by name.', 'PROMQL_FUNCTIONS', 'Readonly<Record<string, PromQlFunction>>', lines(prometheus.functions)),
    ].join('')],
    ['lib/generated/alertmanager.ts', [
      header(`Flags and configuration file of Alertmanager ${alertmanager.last}, with the versions since ${alertmanager.first} that brought them.`),
      imports('FlagTable', 'SettingTypes'),
      flagsOf('ALERTMANAGER_FLAGS', alertmanager.flags),
      constant('Settings by type.', 'ALERTMANAGER_SETTINGS', 'SettingTypes', settingTypes(alertmanager.types)),
    ].join('')],
    ['lib/generated/prometheus-operator.ts', [
      header("What the operator knows: its flags, and of Alertmanager's configuration what pkg/alertmanager/types.go of its sources declares."),
      imports('FlagTable', 'SettingTypes'),
      constant('The minor version of Prometheus whose parser reads rules in it.', 'OPERATOR_PROMETHEUS', 'string', literal(prometheusOperator.prometheus)),
      flagsOf('OPERATOR_FLAGS', prometheusOperator.flags),
      constant("Settings of Alertmanager's configuration by type.", 'OPERATOR_ALERTMANAGER_SETTINGS', 'SettingTypes', settingTypes(prometheusOperator.types)),
    ].join('')],
    ['lib/generated/victoria-metrics.ts', [
      header(`Flags of VictoriaMetrics ${victoriaMetrics.version}.`), imports('FlagTable'), flagsOf('VICTORIA_METRICS_FLAGS', victoriaMetrics.flags),
    ].join('')],
    ...Object.entries(EXPORTERS).map(([name, [file, title, list]]) => [`lib/generated/${file}.ts`, [
      header(`Flags of ${title} ${exporters[name].last}, with the versions since ${exporters[name].first} that brought them.`), imports('FlagTable'),
      flagsOf(list, exporters[name].flags),
    ].join('')]),
    ['test/generated/names.json', `${JSON.stringify({
      writtenBy: COMMAND,
      ...names, flags: Object.fromEntries(Object.entries(names.flags).map(([program, flags]) => [program, Object.keys(flags).sort()])),
    }, null, 1)}\n`],
  ]);
}
