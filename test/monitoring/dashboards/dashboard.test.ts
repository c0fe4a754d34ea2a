import * as path from 'node:path';
import { Dashboard } from '../../../lib';
import { inTempDir, writeFiles } from '../../files';

const SOURCE = { type: 'datasource', name: 'datasource', query: 'prometheus' };
const panel = (expr: string, more: object = {}) => ({ title: 'CPU', targets: [{ refId: 'A', expr }], ...more });

/** A dashboard with a panel for each query. */
function json(queries: readonly string[] = [], more: object = {}): string {
  return JSON.stringify({ uid: 'shop', title: 'Shop', panels: queries.map((expr) => panel(expr)), ...more });
}

const variables = (...list: object[]) => ({ templating: { list } });

test('a dashboard has its uid, title, folder, variables and queries', () => {
  const dashboard = Dashboard.fromJson(json(['up{job="a"}'], variables(SOURCE, { type: 'query', name: 'pod' })), { folder: 'Shop' });
  expect([dashboard.uid, dashboard.title, dashboard.folder]).toEqual(['shop', 'Shop', 'Shop']);
  expect(dashboard.variables).toEqual(['datasource', 'pod']);
  expect(dashboard.queries).toEqual(['up{job="a"}']);
  expect(JSON.parse(dashboard.toJson())).toMatchObject({ uid: 'shop', panels: [{ title: 'CPU' }] });
  expect(dashboard.toJson()).toMatch(/^\{"title":"CPU".*\}$/m);
  expect(Dashboard.fromJson(json()).folder).toBeUndefined();
});

test('options replace the uid', () => {
  const dashboard = Dashboard.fromJson(json(), { uid: 'other' });
  expect(dashboard.uid).toBe('other');
  expect(JSON.parse(dashboard.toJson()).uid).toBe('other');
});

test('what belongs to one Grafana is left out', () => {
  const written = JSON.parse(Dashboard.fromJson(json([], { id: 17, version: 3, iteration: 1, __requires: [] })).toJson());
  expect(Object.keys(written).sort()).toEqual(['panels', 'title', 'uid']);
});

test('a file is read', () => {
  inTempDir((dir) => {
    writeFiles(dir, { 'shop.json': json(['up']) });
    expect(Dashboard.fromFile(path.join(dir, 'shop.json')).queries).toEqual(['up']);
  });
  expect(() => Dashboard.fromFile('nowhere.json')).toThrow(/^dashboard 'nowhere[.]json': the file cannot be read, as there is none; write its path from the working directory/);
});

describe('other models', () => {
  const classic = { title: 'Shop', panels: [] };

  test('a V1 resource is its spec, with its name as uid', () => {
    const text = JSON.stringify({ apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'shop' }, spec: classic });
    expect(Dashboard.fromJson(text).uid).toBe('shop');
    expect(JSON.parse(Dashboard.fromJson(text).toJson())).toEqual({ ...classic, uid: 'shop' });
  });

  test('the answer of the HTTP API is the dashboard in it', () => {
    expect(Dashboard.fromJson(JSON.stringify({ dashboard: { ...classic, uid: 'shop' }, meta: {} })).uid).toBe('shop');
  });

  test.each([
    { apiVersion: 'dashboard.grafana.app/v2beta1', spec: {} },
    { apiVersion: 'dashboard.grafana.app/v2', kind: 'Dashboard', spec: { elements: {}, layout: {} } },
    { elements: {}, layout: {}, title: 'Shop' },
  ])('model V2 is an error that says what to do', (model) => {
    expect(() => Dashboard.fromJson(JSON.stringify(model)))
      .toThrow("Dashboard.fromJson: the dashboard has Grafana's model V2, which Grafana does not read from files; in Grafana's export choose the model 'Classic'");
  });

  test('panels of old dashboards are in rows', () => {
    expect(Dashboard.fromJson(JSON.stringify({ uid: 'shop', title: 'Shop', rows: [{ panels: [panel('up')] }] })).queries).toEqual(['up']);
  });

  test('panels of collapsed rows count', () => {
    expect(Dashboard.fromJson(json([], { panels: [{ type: 'row', panels: [panel('up')] }] })).queries).toEqual(['up']);
  });

  test('inputs of an export become variables', () => {
    const dashboard = Dashboard.fromJson(json(['up{job="$VAR_JOB"}'], {
      panels: [panel('up{job="${VAR_JOB}"}', { datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' } })],
      __inputs: [
        { name: 'DS_PROMETHEUS', label: 'Prometheus', type: 'datasource', pluginId: 'prometheus' },
        { name: 'VAR_JOB', label: 'Job', type: 'constant', value: 'shop' },
      ],
    }));
    expect(dashboard.variables).toEqual(['DS_PROMETHEUS', 'VAR_JOB']);
    const { templating, __inputs } = JSON.parse(dashboard.toJson());
    expect(__inputs).toBeUndefined();
    expect(templating.list).toEqual([
      { type: 'datasource', name: 'DS_PROMETHEUS', label: 'Prometheus', query: 'prometheus' },
      { type: 'constant', name: 'VAR_JOB', label: 'Job', query: 'shop', hide: 2 },
    ]);
  });
});

test('a byte order mark before the JSON is left out', () => {
  expect(Dashboard.fromJson(`\uFEFF${json()}`).toJson()).toBe(Dashboard.fromJson(json()).toJson());
});

test('a variable has the place of an input of its name', () => {
  const list = [{ type: 'datasource', name: 'DS', query: 'prometheus' }];
  const { templating } = JSON.parse(Dashboard.fromJson(json([], {
    templating: { list }, __inputs: [{ name: 'DS', type: 'datasource', pluginId: 'prometheus' }, { name: 'JOB', type: 'constant', value: 'shop' }],
  })).toJson());
  expect(templating.list.map(({ name }: { name: string }) => name)).toEqual(['JOB', 'DS']);
});

describe('a name that means two things', () => {
  test('is refused of variables', () => {
    expect(() => Dashboard.fromJson(json([], variables({ type: 'textbox', name: 'pod' }, { type: 'constant', name: 'job' }, { type: 'custom', name: 'pod', query: 'a' }))))
      .toThrow("Dashboard.fromJson: two variables have the name 'pod'; give one of them another");
  });

  const shows = (panelId: number) => ({ type: 'stat', id: 9, title: 'Sum', datasource: { uid: '-- Dashboard --', type: 'datasource' }, targets: [{ refId: 'A', panelId }] });
  const alike = [panel('up', { id: 3, title: 'CPU' }), { type: 'row', id: 4, panels: [panel('up', { id: 3, title: 'Memory' })] }];

  test('is refused of panels whose result another shows', () => {
    expect(() => Dashboard.fromJson(json([], { panels: [...alike, shows(3)] })))
      .toThrow("Dashboard.fromJson: panels 'CPU' and 'Memory' have the id 3, and another shows the result of one of them; give each another 'id'");
  });

  test('is none of panels that nothing refers to, which Grafana numbers anew', () => {
    expect(Dashboard.fromJson(json([], { panels: [...alike, shows(4)] })).queries).toEqual(['up', 'up']);
    expect(Dashboard.fromJson(json([], { panels: [panel('up'), panel('up'), { ...shows(4), targets: [{ refId: 'A' }] }] })).queries).toEqual(['up', 'up']);
  });
});

test.each([
  ['{', /^Dashboard[.]fromJson: it is not JSON, .*; in Grafana's export choose the model 'Classic'$/],
  ['[]', /^Dashboard[.]fromJson: not a dashboard: it is no JSON object; in Grafana's export choose/],
  ['{"title":"Shop"}', /^Dashboard[.]fromJson: not a dashboard: it has no 'panels'; in Grafana's export choose/],
  [json([], { __elements: { abc: {} } }), /^Dashboard[.]fromJson: it uses library panel 'abc', which Grafana does not read from files; unlink it/],
  [json([], { uid: null }), /^Dashboard[.]fromJson: uid '' is not an identifier of Grafana; set 'uid' to at most 40/],
  [json([], { uid: 'a b' }), /: uid 'a b' is not an identifier/],
  [json([], { uid: 'x'.repeat(41) }), /: uid 'x+' is not an identifier/],
  [json([], { title: ' ' }), /: title is missing; give the dashboard one of 1 to 5000 characters$/],
  [json([], { title: 'x'.repeat(5001) }), /: title is 5001 characters long; give/],
  [json([], { description: 'x'.repeat(200_000) }), /: the JSON has 201 kB, and an object holds at most 200 kB; split the dashboard$/],
])('%.40s is refused', (text, message) => {
  expect(() => Dashboard.fromJson(text)).toThrow(message);
});

test.each([
  [' ', "Dashboard.fromJson: folder ' ' is empty; choose another title, or leave 'folder' out"],
  ['General', "Dashboard.fromJson: folder 'General' is the name of the top level of Grafana; choose another title, or leave 'folder' out"],
])('folder %p is refused', (folder, message) => {
  expect(() => Dashboard.fromJson(json(), { folder })).toThrow(message);
});

describe('queries', () => {
  const some = variables(
    SOURCE,
    { type: 'query', name: 'pod', query: 'label_values(up, pod)' },
    { type: 'query', name: 'label', query: { query: 'label_values(label)', refId: 'A' } },
    { type: 'custom', name: 'top', query: '5,10' },
    { type: 'custom', name: 'metric', query: 'node_load1,node_load5', current: { value: 'node_load1' } },
    { type: 'interval', name: 'window', query: '1m,5m' },
    { type: 'constant', name: 'job', query: 'a|b' },
    { type: 'textbox', name: 'free' },
  );

  test.each([
    'rate(x{pod="$pod"}[$__rate_interval])',
    'rate(x{pod=~"${pod:regex}"}[${__rate_interval}])',
    'rate(x{pod=~"[[pod]]"}[[[window]]])',
    'increase(x[$__range]) / ${__range_s}',
    'increase(x[${__range_s}s])',
    'rate(x[${free}m])',
    'topk($top, sum by ($label) ($metric{job=~"$job"}))',
    'topk(${free}, sum by ([[label:raw]]) (x))',
    'x offset $window',
    'x offset $free',
    'rate(x[$window] offset $__interval)',
    '{__name__=~"$metric", pod=~"a|${pod.text}$"}',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    "sum(x{a='it\\'s $pod'}) > $__interval_ms",
    'x{a=`$pod\\`} + $free',
  ])('%s is taken', (expr) => {
    expect(Dashboard.fromJson(json([expr], some)).queries).toEqual([expr]);
  });

  test.each([
    ['rate(x)', /^Dashboard[.]fromJson: panel 'CPU', query A: invalid PromQL at column 6: /],
    ['sum(x{pod="$pod"}', /^Dashboard[.]fromJson: panel 'CPU', query A: invalid PromQL/],
    ['x{pod="$pood"}', /^Dashboard[.]fromJson: panel 'CPU', query A: variable 'pood' is not defined, did you mean 'pod'[?]; define it, or write its value$/],
    ['x{pod="${nothing:regex}"}', /: variable 'nothing' is not defined; define it/],
    ['rate(x[$__rate_interval]) by ($label)', /: invalid PromQL/],
  ])('%s is refused', (expr, message) => {
    expect(() => Dashboard.fromJson(json([expr], some))).toThrow(message);
  });

  test('of annotations and variables are checked too', () => {
    const annotation = (expr: string) => ({ annotations: { list: [{ name: 'Alerts', expr }] } });
    expect(Dashboard.fromJson(json([], annotation('ALERTS'))).queries).toEqual(['ALERTS']);
    expect(() => Dashboard.fromJson(json([], annotation('ALERTS{')))).toThrow(/^Dashboard[.]fromJson: annotation 'Alerts': invalid PromQL/);
    const variable = (query: unknown) => variables({ type: 'query', name: 'pod', query });
    ['label_values(pod)', 'label_names()', 'metrics(node_.*)', 'query_result(sum by (pod) (up))', { query: 'label_values(up{a="b"}, pod)' }].forEach((query) => {
      expect(Dashboard.fromJson(json([], variable(query))).variables).toEqual(['pod']);
    });
    expect(() => Dashboard.fromJson(json([], variable('label_values(up{, pod)')))).toThrow(/^Dashboard[.]fromJson: variable 'pod': invalid PromQL/);
    expect(() => Dashboard.fromJson(json([], variable('query_result(sum()')))).toThrow(/^Dashboard[.]fromJson: variable 'pod': invalid PromQL/);
  });

  test.each(['$__rate_intervall', '${__rage}', '$__interval_s'])('a variable that Grafana does not have is refused: %s', (name) => {
    expect(() => Dashboard.fromJson(json([`rate(x[${name}])`], some))).toThrow(/: panel 'CPU', query A: Grafana has no variable '__\w+', did you mean '__\w+'[?] write one/);
  });

  test.each([
    ['another data source', { datasource: { type: 'loki', uid: 'logs' } }],
    ['another data source by a variable', { datasource: '$logs' }],
    ['a data source by a name of its own', { datasource: 'Logs' }],
    ['a data source of the query', { targets: [{ refId: 'A', expr: '{app="shop"} |= "error"', datasource: { type: 'loki', uid: 'logs' } }] }],
    ['an expression', { targets: [{ refId: 'A', expression: '$B * 2', datasource: { type: '__expr__', uid: '__expr__' } }] }],
    ['an empty query', { targets: [{ refId: 'A', expr: '' }] }],
    ['a panel without queries', { targets: undefined }],
  ])('%s is not taken for PromQL', (_, more) => {
    const dashboard = Dashboard.fromJson(json([], {
      panels: [panel('{app="shop"} |= "error"', more)], ...variables(SOURCE, { type: 'datasource', name: 'logs', query: 'loki' }),
    }));
    expect(dashboard.queries).toEqual([]);
  });

  test.each([
    ['${datasource}'], ['$datasource'], [{ uid: '${datasource}' }], [{ type: 'prometheus', uid: 'x' }], [null],
  ])('data source %j is a Prometheus', (datasource) => {
    expect(Dashboard.fromJson(json([], { panels: [panel('up', { datasource })], ...variables(SOURCE) })).queries).toEqual(['up']);
  });
});

describe('what a dashboard refers to', () => {
  const pods = variables(SOURCE, { type: 'query', name: 'pod', query: 'label_values(up, pod)' });
  const linked = (url: string) => [{ title: 'Pod', url }];
  const withPanel = (more: object, all: object = {}) => () => Dashboard.fromJson(json([], { panels: [panel('up', more)], ...pods, ...all }));
  const link = (url: string) => withPanel({ fieldConfig: { defaults: {}, overrides: [{ properties: [{ id: 'links', value: linked(url) }] }] } });

  test.each<[string, () => Dashboard, string]>([
    ['a data source', withPanel({ datasource: { type: 'prometheus', uid: '${ds}' } }), "data source '${ds}': variable 'ds' is not defined; define it"],
    ['a data source by name', withPanel({ datasource: '$datasorce' }), "data source '$datasorce': variable 'datasorce' is not defined, did you mean 'datasource'?"],
    ['the data source of a query', withPanel({ targets: [{ refId: 'A', datasource: { uid: '[[ds]]' } }] }), "data source '[[ds]]': variable 'ds' is not defined"],
    ['an annotation', withPanel({}, { annotations: { list: [{ name: 'a', datasource: { uid: '${ds}' } }] } }), "data source '${ds}': variable 'ds' is not defined"],
    ['a repetition', withPanel({ repeat: 'nope' }), "panel 'CPU': repeat: variable 'nope' is not defined; define it"],
    ['a repeated row', withPanel({}, { rows: [{ title: 'Pods', repeat: 'pood' }] }), "panel 'Pods': repeat: variable 'pood' is not defined, did you mean 'pod'?"],
    ['a title', withPanel({ title: 'CPU of ${node}' }), "panel 'CPU of ${node}': variable 'node' is not defined"],
    ['a title that is nearly right', withPanel({ title: 'CPU of $pood' }), "panel 'CPU of $pood': variable 'pood' is not defined, did you mean 'pod'?"],
    ['a link of a panel', withPanel({ links: linked('/d/x?var-pod=${node}') }), "panel 'CPU': variable 'node' is not defined"],
    ['a link of values', withPanel({ fieldConfig: { defaults: { links: linked('/d/x?${__url_time_rage}') } } }), "Grafana has no variable '__url_time_rage', did you mean '__url_time_range'?"],
    ['a link of some values', link('/d/x?var-pod=${node:queryparam}'), "panel 'CPU': variable 'node' is not defined"],
    ['a link of the dashboard', withPanel({}, { links: linked('/d/x?[[node]]') }), "link '/d/x?[[node]]': variable 'node' is not defined"],
  ])('%s is refused with a variable that is not defined', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[string, () => Dashboard]>([
    ['variables of the dashboard', withPanel({ title: 'CPU of $pod and [[pod]]', repeat: 'pod', datasource: { type: 'prometheus', uid: '${datasource}' } })],
    ['variables of Grafana', link('/d/x?${__url_time_range}&${__all_variables}&a=${__data.fields.Pod}&b=${__field.labels.pod}&c=${__value.raw}&d=${__from:date}&$__cell_1')],
    ['a currency', withPanel({ title: 'Revenue in $USD and $5' })],
  ])('%s are taken', (_, make) => {
    expect(make).not.toThrow();
  });

  test.each<[string, () => Dashboard, string]>([
    ['a panel', withPanel({ type: 'timeserie' }), "panel 'CPU': type 'timeserie' is no panel of Grafana, did you mean 'timeseries'? name one, or a plugin by its id, which has hyphens"],
    ['a data source', withPanel({ datasource: { type: 'promtheus', uid: 'x' } }), "data source 'x': type 'promtheus' is no data source of Grafana, did you mean 'prometheus'?"],
    ['a variable', withPanel({}, variables({ type: 'datasource', name: 'logs', query: 'lokii' })), "variable 'logs': type 'lokii' is no data source of Grafana, did you mean 'loki'?"],
  ])('%s is refused with a type that is not there', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('plugins are taken', () => {
    expect(withPanel({ type: 'grafana-clock-panel', datasource: { type: 'victoriametrics-metrics-datasource', uid: 'vm' } })).not.toThrow();
  });
});
