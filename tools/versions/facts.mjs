// What the programs know, read in the sources of their releases: flags, features, settings, functions.
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { programs } from './programs.mjs';
import { minorsBetween, numbersOf } from './releases.mjs';

const sources = path.join(import.meta.dirname, 'sources');

function read(requests) {
  const answers = execFileSync('go', ['run', '.'], {
    cwd: sources, input: JSON.stringify(requests), encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 1 << 28,
    env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  });
  return JSON.parse(answers);
}

/** `3.13` of `v3.13.2`. */
export const minorOf = (release) => numbersOf(release).slice(0, 2).join('.');

/**
 * What has been there at some time, by name: the newest release's word on it, the minor version that brought it unless that is the first,
 * and the one that took it away.
 */
function history(releases, namesOf) {
  const found = new Map();
  releases.forEach(({ minor, facts }, i) => {
    const now = namesOf(facts);
    for (const [name, fact] of Object.entries(now)) {
      const before = found.get(name);
      found.set(name, { ...before, ...fact, ...(before === undefined && i > 0 && { since: minor }), until: undefined });
    }
    for (const [name, fact] of found) {
      if (!Object.hasOwn(now, name) && fact.until === undefined) {
        found.set(name, { ...fact, until: minor });
      }
    }
  });
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** PromQL's functions of the newest release, and of what was experimental the first release in which it no longer is. */
function functionsHistory(releases) {
  const functions = Object.entries(history(releases, ({ functions }) => functions)).filter(([, { until }]) => until === undefined);
  return Object.fromEntries(functions.map(([name, { args, variadic, returns, since }]) => {
    const experimental = releases.map(({ facts }) => facts.functions[name]?.experimental === true);
    const after = experimental.lastIndexOf(true) + 1;
    return [name, {
      args, variadic, returns, since,
      stable: after > 0 && after < releases.length ? releases[after].minor : undefined,
      experimental: experimental.at(-1) || undefined,
    }];
  }));
}

/** The short name of each type: `SlackConfig` of `github.com/prometheus/alertmanager/notify/slack.SlackConfig`. */
function shortNames(types) {
  const last = (name) => name.slice(name.lastIndexOf('.') + 1);
  return new Map(types.map((name) => {
    const isUnique = types.filter((other) => last(other) === last(name)).length === 1;
    return [name, isUnique ? last(name) : name.slice(name.lastIndexOf('/') + 1)];
  }));
}

/** Settings and conditions by type, with short names, those that no path leads to left out. */
function typesOf({ root, types, conditions }) {
  const reachable = new Set();
  const visit = (type) => {
    if (Object.hasOwn(types, type) && !reachable.has(type)) {
      reachable.add(type);
      types[type].forEach(({ holds }) => visit(holds));
    }
  };
  visit(root);
  // Whose settings stand among those of others, so that no key leads to it; the lists write them once.
  Object.keys(types).filter((type) => type.endsWith('.HTTPClientConfig')).forEach(visit);
  const names = shortNames([...reachable]).set(root, 'Root');
  return {
    root: 'Root',
    types: Object.fromEntries([...reachable].map((type) => [
      names.get(type), types[type].map((setting) => ({ ...setting, holds: names.get(setting.holds) ?? setting.holds })),
    ])),
    conditions: Object.fromEntries([...reachable].flatMap((type) => {
      const { needs, excludes } = conditions[type] ?? {};
      return needs === undefined && excludes === undefined ? [] : [[names.get(type), { needs, excludes }]];
    })),
  };
}

/** Every path of keys below a type, and the type that its last key is of; what is in itself is followed once. */
function* paths({ root, types }) {
  function* below(type, at, outer) {
    for (const { key, holds } of types[type] ?? []) {
      const here = [...at, key];
      yield [here.join('.'), type, key];
      if (!outer.includes(holds)) {
        yield* below(holds, here, [...outer, holds]);
      }
    }
  }
  yield* below(root, [], [root]);
}

/** The settings of the newest release, each with the minor version that brought it, wherever a mapping of its type stands. */
function settingsHistory(releases) {
  const before = releases.slice(0, -1).map(({ facts }) => new Set([...paths(facts.settings)].map(([at]) => at)));
  const { root, types, conditions } = typesOf(releases.at(-1).facts.settings);
  /** The index of the first release that knows a key of a type. */
  const firsts = new Map();
  for (const [at, type, key] of paths({ root, types })) {
    const found = before.findIndex((known) => known.has(at));
    const name = `${type}.${key}`;
    firsts.set(name, Math.min(firsts.get(name) ?? Infinity, found === -1 ? before.length : found));
  }
  /** The first release in which a mapping of a type can be. */
  const arrival = (type) => Math.min(...Object.entries(types)
    .flatMap(([outer, settings]) => settings.filter(({ holds }) => holds === type).map(({ key }) => firsts.get(`${outer}.${key}`))));
  return {
    conditions,
    types: Object.fromEntries(Object.entries(types).map(([type, settings]) => {
      const from = type === root ? 0 : arrival(type);
      return [type, settings.map((setting) => {
        const first = firsts.get(`${type}.${setting.key}`);
        return first > from ? { ...setting, since: releases[first].minor } : setting;
      })];
    })),
  };
}

/** What is read of a program in all its releases, and what in the pinned one. */
async function factsOf(name, release) {
  const program = programs[name];
  const releases = program.read === undefined ? [] : await minorsBetween(program, program.first, release);
  const request = (version, what) => ({ module: program.module, version: program.moduleOf(version), ...what });
  const [once, ...each] = read([
    request(release, program.readOnce ?? {}),
    ...releases.map((version) => request(version, program.read)),
  ]);
  return { once, each: each.map((facts, i) => ({ minor: minorOf(releases[i]), facts })) };
}

/** The first minor version in which a feature is accepted without effect. */
function noOpSince(releases, feature) {
  return releases.find(({ facts }) => facts.features.prometheus[feature]?.noOp)?.minor;
}

/** The facts about all programs of the given versions, by their names in lib/versions.ts. */
export async function facts(versions) {
  const [prometheus, alertmanager, prometheusOperator, victoriaMetrics, ...exporters] = await Promise.all(
    [
      'prometheus', 'alertmanager', 'prometheusOperator', 'victoriaMetrics', 'nodeExporter', 'blackboxExporter', 'kubeStateMetrics', 'metricsServer',
      'prometheusAdapter', 'thanos',
    ].map((name) => factsOf(name, versions[name])),
  );
  const featuresOf = ({ features }) => Object.fromEntries(Object.keys(features.prometheus).map((name) => [name, {}]));
  const last = prometheus.each.at(-1);
  const flagsHistory = (name, { each }) => ({ first: each[0].minor, last: each.at(-1).minor, flags: history(each, ({ flags }) => flags[name]) });
  const newestOf = ({ once, each }) => each.at(-1)?.facts ?? once;
  return {
    prometheus: {
      first: prometheus.each[0].minor,
      last: last.minor,
      flags: history(prometheus.each, ({ flags }) => flags.prometheus),
      features: Object.fromEntries(Object.entries(history(prometheus.each, featuresOf))
        .map(([name, feature]) => [name, { ...feature, noOp: noOpSince(prometheus.each, name) }])),
      functions: functionsHistory(prometheus.each),
      ...settingsHistory(prometheus.each),
    },
    zones: alertmanager.once.zones,
    alertmanager: { ...flagsHistory('alertmanager', alertmanager), ...settingsHistory(alertmanager.each) },
    blackboxSettings: settingsHistory(exporters[1].each),
    exporters: Object.fromEntries(['nodeExporter', 'blackboxExporter', 'kubeStateMetrics'].map((name, i) => [name, flagsHistory(name, exporters[i])])),
    prometheusOperator: {
      prometheus: minorOf(programs.prometheus.releaseOf(prometheusOperator.once.requires[programs.prometheus.module])),
      flags: history([{ facts: prometheusOperator.once }], ({ flags }) => flags.prometheusOperator),
      ...typesOf(prometheusOperator.once.settings),
    },
    victoriaMetrics: { version: versions.victoriaMetrics, flags: history([{ facts: victoriaMetrics.once }], ({ flags }) => flags.victoriaMetrics) },
    // what the tests compare with what is written by hand
    names: {
      versions,
      flags: Object.assign({}, ...[prometheus, alertmanager, prometheusOperator, victoriaMetrics, ...exporters].map((one) => newestOf(one).flags)),
      prometheusOperatorFeatures: prometheusOperator.once.constants.prometheusOperator,
      admissionWebhookPromqlOptions: Object.keys(prometheusOperator.once.features.admissionWebhook),
    },
  };
}
