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

/** A list that is made when it is asked for: what is large, and what few apps need, takes no time when an app starts. */
function late(comment, name, type, text, before = '') {
  const indented = (lines) => lines.replace(/^(?=.)/gm, '  ');
  return `\n/** ${comment} */\nexport function ${name}(): ${type} {\n${before === '' ? '' : `${indented(before)}\n`}  return ${indented(text).trimStart()};\n}\n`;
}

function imports(...names) {
  return `import { ${names.join(', ')} } from '../upstream';\n`;
}

/** The type whose settings many others have among their own. */
const SHARED = 'HTTPClientConfig';

/** A setting as the lists have it; `kinds` says whether they say how its value is read. */
function settingOf({ key, holds, map, pointer, is, oneOf, fold, list, since }, kinds) {
  const kind = kinds && { is: is === '' ? undefined : is, oneOf, fold: fold || undefined, list: list || undefined };
  return [key, { holds: holds === 'value' ? undefined : holds, map: map || undefined, pointer: pointer || undefined, ...kind, since }];
}

/** Settings by type; the shared ones are written once. */
function settingTypes(types, kinds = true) {
  const shared = new Map((types[SHARED] ?? []).map((setting) => [setting.key, literal(settingOf(setting, kinds)[1])]));
  return `{\n${Object.entries(types).map(([type, settings]) => {
    const entries = settings.map((setting) => settingOf(setting, kinds));
    const has = new Set(entries.filter(([key, setting]) => shared.get(key) === literal(setting)).map(([key]) => key));
    if (type === SHARED || shared.size === 0 || has.size < shared.size) {
      return `  ${keyOf(type)}: ${lines(Object.fromEntries(entries), '  ')},\n`;
    }
    const own = Object.fromEntries(entries.filter(([key]) => !has.has(key)));
    return `  ${keyOf(type)}: ${lines(own, '  ').replace(/\}$/, `  ...shared,\n  }`)},\n`;
  }).join('')}}`;
}

/** The list of settings by type, with those that many types share before it. */
function settingLists(name, comment, types) {
  const text = settingTypes(types);
  if (!text.includes('...shared')) {
    return late(comment, name, 'SettingTypes', text);
  }
  const shared = lines(Object.fromEntries(types[SHARED].map((setting) => settingOf(setting, true))));
  const once = text.replace(/ {2}HTTPClientConfig: \{[\s\S]*?\n {2}\},/, `  ${SHARED}: shared,`);
  return late(comment, name, 'SettingTypes', once, `const shared: SettingTypes[string] = ${shared};`);
}

/** What the mappings of each type have to have and what excludes each other in them; the shared conditions are written once. */
function conditionLists(name, conditions) {
  const shared = conditions[SHARED]?.excludes?.map(literal) ?? [];
  let isShared = false;
  const entries = Object.fromEntries(Object.entries(conditions).map(([type, { needs, excludes = [] }]) => {
    const own = excludes.filter((pair) => !shared.includes(literal(pair)));
    const has = shared.length > 0 && own.length <= excludes.length - shared.length;
    isShared ||= has;
    const parts = [...(has ? ['...shared'] : []), ...own.map(literal)];
    return [type, `{ ${[
      ...(needs === undefined ? [] : [`needs: ${literal(needs)}`]), ...(parts.length === 0 ? [] : [`excludes: ${has && own.length === 0 ? 'shared' : `[${parts.join(', ')}]`}`]),
    ].join(', ')} }`];
  }));
  const once = isShared ? `const shared: ReadonlyArray<readonly string[]> = [\n${shared.map((pair) => `  ${pair},\n`).join('')}];` : '';
  return late('Conditions on mappings by type.', name, 'SettingConditions', lines(entries), once);
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

/** Names of time zones, those of each area in one text. */
function zoneList(zones) {
  const areas = new Map();
  for (const zone of zones) {
    const area = zone.split('/').slice(0, -1).join('/');
    areas.set(area, [...(areas.get(area) ?? []), zone.slice(area === '' ? 0 : area.length + 1)]);
  }
  return lines(Object.fromEntries([...areas].map(([area, names]) => [area, literal(names.join(' '))])));
}

/** The text of each generated list, by its path in the repository. */
export function lists({ prometheus, alertmanager, zones, blackboxSettings, exporters, prometheusOperator, victoriaMetrics, names }) {
  const { first, last } = prometheus;
  const of = `Prometheus ${first} to ${last}`;
  return new Map([
    ['lib/generated/prometheus.ts', [
      header(`What ${of} knows, by cmd/prometheus of its sources.`), imports('Feature', 'FlagTable'),
      constant('The newest minor version that these lists tell of; later ones may know more.', 'NEWEST_PROMETHEUS', 'string', literal(last)),
      flagsOf('PROMETHEUS_FLAGS', prometheus.flags),
      constant('Features of `--enable-feature`.', 'PROMETHEUS_FEATURES', 'Readonly<Record<string, Feature>>', lines(prometheus.features)),
    ].join('')],
    ['lib/generated/prometheus-settings.ts', [
      header(`The configuration file of Prometheus ${last}, with the versions since ${first} that brought its settings, by config and discovery of its sources.`),
      imports('SettingConditions', 'SettingTypes'),
      settingLists('prometheusSettings', 'Settings by type.', prometheus.types),
      conditionLists('prometheusConditions', prometheus.conditions),
    ].join('')],
    ['lib/generated/blackbox-settings.ts', [
      header(`The configuration file of blackbox-exporter ${exporters.blackboxExporter.last}, with the versions since ${exporters.blackboxExporter.first} that brought its settings.`),
      imports('SettingConditions', 'SettingTypes'),
      settingLists('blackboxSettings', 'Settings by type.', blackboxSettings.types),
      conditionLists('blackboxConditions', blackboxSettings.conditions),
    ].join('')],
    ['lib/generated/promql-functions.ts', [
      header(`The functions of PromQL that Prometheus ${last} knows, by promql/parser/functions.go of its sources.`), imports('PromQlFunction'),
      constant('Functions by name.', 'PROMQL_FUNCTIONS', 'Readonly<Record<string, PromQlFunction>>', lines(prometheus.functions)),
    ].join('')],
    ['lib/generated/alertmanager.ts', [
      header(`Flags and configuration file of Alertmanager ${alertmanager.last}, with the versions since ${alertmanager.first} that brought them.`),
      imports('FlagTable', 'SettingConditions', 'SettingTypes'),
      flagsOf('ALERTMANAGER_FLAGS', alertmanager.flags),
      constant('Settings by type.', 'ALERTMANAGER_SETTINGS', 'SettingTypes', settingTypes(alertmanager.types)),
      conditionLists('alertmanagerConditions', alertmanager.conditions),
    ].join('')],
    ['lib/generated/time-zones.ts', [
      header('Time zones that Go knows, and the programs that are written in it.'),
      late('Names by area, the parts before the last one of a name.', 'timeZones', 'Readonly<Record<string, string>>', zoneList(zones)),
    ].join('')],
    ['lib/generated/prometheus-operator.ts', [
      header("What the operator knows: its flags, and of Alertmanager's configuration what pkg/alertmanager/types.go of its sources declares."),
      imports('FlagTable', 'SettingTypes'),
      constant('The minor version of Prometheus whose parser reads rules in it.', 'OPERATOR_PROMETHEUS', 'string', literal(prometheusOperator.prometheus)),
      flagsOf('OPERATOR_FLAGS', prometheusOperator.flags),
      constant("Settings of Alertmanager's configuration by type.", 'OPERATOR_ALERTMANAGER_SETTINGS', 'SettingTypes', settingTypes(prometheusOperator.types, false)),
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
