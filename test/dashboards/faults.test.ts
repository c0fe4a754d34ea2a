import { lint } from './lint';
import { COMMITTED, panelsOf } from './support';
import { typeFaults } from './type-faults';
import type { Dashboard, Row } from '../../dashboards/grafana/json';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a fault is planted where types do not hold
type Loose = Record<string, any>;

const node = COMMITTED.find(({ json }) => json.uid === 'kubernetes-node')!.json;
const all = COMMITTED.map(({ json }) => json);

const copy = (): Dashboard => structuredClone(node);
const panel = (dashboard: Dashboard, title: string): Loose => panelsOf(dashboard).find((one) => one.title === title)!;
const variable = (dashboard: Dashboard, name: string): Loose => dashboard.templating.list.find((one) => one.name === name)!;

type Fault = readonly [name: string, plant: (dashboard: Dashboard) => void];

const OF_TYPES: readonly Fault[] = [
  ['a misspelled option of a panel', (d) => {
    const { legend } = panel(d, 'Load').options;
    delete legend.showLegend;
    legend.showLegnd = true;
  }],
  ['an option that the panel does not have', (d) => { panel(d, 'CPU used').options.sparkline = true; }],
  ['a text for a number', (d) => { panel(d, 'Load').fieldConfig.defaults.min = '0'; }],
  ['an unknown unit', (d) => { panel(d, 'Load').fieldConfig.defaults.unit = 'percentunits'; }],
  ['an unknown value of an enum', (d) => { panel(d, 'Load').fieldConfig.defaults.custom.stacking.mode = 'stacked'; }],
  ['a misspelled option of fields', (d) => { panel(d, 'Load').fieldConfig.defaults.custom.fillOpacty = 10; }],
  ['a misspelled override', (d) => { panel(d, 'Network').fieldConfig.overrides[0].properties[0].id = 'custom.transfrom'; }],
  ['a wrong value of an override', (d) => { panel(d, 'Network').fieldConfig.overrides[0].properties[0].value = 'negative'; }],
  ['an unknown unit in an override', (d) => {
    const found = panel(d, 'Filesystems by use').fieldConfig.overrides.find(({ matcher }: { matcher: { options: string } }) => matcher.options === 'Size');
    found.properties[0].value = 'gibibytes';
  }],
  ['an unknown kind of panel', (d) => { panel(d, 'Load').type = 'time-series'; }],
  ['a kind of panel that Grafana no longer has', (d) => { panel(d, 'Load').type = 'graph'; }],
  ['an option of another kind of panel', (d) => { panel(d, 'CPU used').options.legend = { showLegend: true }; }],
  ['no description', (d) => { delete panel(d, 'Load').description; }],
  ['a query without a letter', (d) => { delete panel(d, 'Load').targets[0].refId; }],
  ['a misspelled key of a query', (d) => {
    const [target] = panel(d, 'Load').targets;
    target.legendFromat = target.legendFormat;
    delete target.legendFormat;
  }],
  ['an unknown transformation', (d) => { panel(d, 'Filesystems by use').transformations[1].id = 'organise'; }],
  ['a misspelled option of a transformation', (d) => {
    const { options } = panel(d, 'Filesystems by use').transformations[1];
    options.renameByNames = options.renameByName;
    delete options.renameByName;
  }],
  ['the refresh of a variable as a text', (d) => { variable(d, 'node').refresh = '2'; }],
  ['an unknown refresh of a variable', (d) => { variable(d, 'node').refresh = 7; }],
  ['an unknown calculation', (d) => { panel(d, 'CPU used').options.reduceOptions.calcs = ['lastNonNull']; }],
  ['a place without a width', (d) => { delete panel(d, 'Load').gridPos.w; }],
  ['an unknown colour mode', (d) => { panel(d, 'CPU used').fieldConfig.defaults.color.mode = 'treshold'; }],
  ['an unknown kind of link', (d) => { (d.links[0] as Loose).type = 'dashboard'; }],
  ['an unknown kind of cell', (d) => {
    const found = panel(d, 'Filesystems by use').fieldConfig.overrides.find(({ matcher }: { matcher: { options: string } }) => matcher.options === 'Used');
    found.properties.find(({ id }: { id: string }) => id === 'custom.cellOptions').value.type = 'gauge-bar';
  }],
  ['a misspelled key of the dashboard', (d) => {
    Object.assign(d, { annotation: d.annotations });
    delete (d as Partial<Dashboard>).annotations;
  }],
];

test('the types find each of the faults that are planted, and none where none is', () => {
  const planted = OF_TYPES.map(([name, plant]) => {
    const dashboard = copy();
    plant(dashboard);
    return [name, dashboard] as const;
  });
  const faults = typeFaults(new Map([['none', node], ...planted]));
  expect(faults.get('none')).toEqual([]);
  expect([...faults].filter(([name, list]) => name !== 'none' && list.length === 0).map(([name]) => name)).toEqual([]);
  expect(faults.get('a wrong value of an override')).toEqual([expect.stringMatching(/^panels\[\d+\][.]fieldConfig[.]overrides\[0\][.]properties\[0\].*"negative"/)]);
}, 120_000);

const expr = (dashboard: Dashboard, title: string, change: (expr: string) => string): void => {
  const [target] = panel(dashboard, title).targets;
  target.expr = change(target.expr);
};

const ALL_SERIES = 'count by (device) ({__name__!="", job=~"$node_exporter", cluster=~"$cluster", node=~"$node"})';

const OF_LINT: readonly Fault[] = [
  ['an unknown calculation', (d) => { panel(d, 'CPU used').options.reduceOptions.calcs = ['lastNonNull']; }],
  ['PromQL that does not parse', (d) => expr(d, 'Load', (text) => `${text})`)],
  ['PromQL of wrong types', (d) => expr(d, 'Network', () => 'rate(node_network_receive_bytes_total{job=~"$node_exporter", cluster=~"$cluster", node=~"$node"})')],
  ['a fixed range of a rate', (d) => expr(d, 'Network', (text) => text.replace('$__rate_interval', '5m'))],
  ['irate', (d) => expr(d, 'Network', (text) => text.replace('rate(', 'irate('))],
  ['a counter without a rate', (d) => expr(d, 'Network', () => 'node_network_receive_bytes_total{job=~"$node_exporter", cluster=~"$cluster", node=~"$node"}')],
  ['a selector without the cluster', (d) => expr(d, 'Load', () => 'node_load1{job=~"$node_exporter", node=~"$node"}')],
  ['a selector without the job', (d) => expr(d, 'Load', () => 'node_load1{cluster=~"$cluster", node=~"$node"}')],
  ['a selector without a metric in an open row', (d) => {
    const [target] = panel(d, 'Load').targets;
    Object.assign(target, { expr: `topk(20, ${ALL_SERIES})`, legendFormat: '{{device}}', instant: true, range: false });
  }],
  ['a selector without a metric over the range', (d) => expr(d, 'File handles', () => `topk(20, ${ALL_SERIES})`)],
  ['a selector without a metric and without topk', (d) => expr(d, 'Filesystems by use', () => ALL_SERIES)],
  ['a variable that is not defined', (d) => expr(d, 'Load', (text) => text.replace('$node"', '$nod"'))],
  ['a variable that no query uses', (d) => {
    d.templating.list.splice(2, 0, { ...d.templating.list[2], name: 'pod' });
  }],
  ['a query of a variable that is not PromQL', (d) => { variable(d, 'node').query.query = 'label_values(node_uname_info{job=}, node)'; }],
  ['a data source that is not the chosen one', (d) => { panel(d, 'Load').targets[0].datasource = { type: 'prometheus', uid: 'P1809F7CD0C75ACF3' }; }],
  ['panels that lie over each other', (d) => { panel(d, 'Pressure').gridPos.x = 6; }],
  ['a panel that leaves the grid', (d) => { panel(d, 'Disk queue').gridPos.w = 14; }],
  ['a line with a gap', (d) => { panel(d, 'Disk queue').gridPos.w = 7; }],
  ['two queries of one letter', (d) => { panel(d, 'Load').targets[1].refId = 'A'; }],
  ['two panels of one id', (d) => { panel(d, 'Load').id = panel(d, 'Network').id; }],
  ['two panels of one title', (d) => { panel(d, 'Load').title = 'Network'; }],
  ['a dashboard that can be edited', (d) => { Object.assign(d, { editable: true }); }],
  ['the id of one Grafana', (d) => { Object.assign(d, { id: 17 }); }],
  ['a uid that is too long', (d) => { d.uid = 'a'.repeat(41); }],
  ['no unit', (d) => { delete panel(d, 'Load').fieldConfig.defaults.unit; }],
  ['no minimum', (d) => { delete panel(d, 'Load').fieldConfig.defaults.min; }],
  ['no sentence of description', (d) => { panel(d, 'Load').description = 'Load'; }],
  ['a variable that is not refreshed', (d) => { variable(d, 'node').refresh = 1; }],
  ['a cluster that has to be chosen', (d) => { variable(d, 'cluster').hide = 0; }],
  ['several clusters at a time', (d) => { variable(d, 'cluster').multi = true; }],
  ['a link to one of several clusters', (d) => { panel(d, 'Alerts firing').fieldConfig.defaults.links[0].cluster = '${__data.fields.Cluster}'; }],
  ['variables in another order', (d) => { d.templating.list.reverse(); }],
  ['too many bytes', (d) => { panel(d, 'Load').description = `${'x'.repeat(210_000)}.`; }],
  ['a first row of three stats', (d) => { d.panels.splice(0, 3); }],
  ['too many open panels', (d) => { d.panels.push(...d.panels.flatMap((one) => (one.type === 'row' ? one.panels : []))); }],
  ['too many queries of a panel', (d) => { panel(d, 'Load').targets.push(...panel(d, 'Load').targets, ...panel(d, 'Load').targets); }],
  ['a query that is instant and over the range', (d) => { panel(d, 'Load').targets[0].instant = true; }],
  ['series without a name', (d) => { panel(d, 'Load').targets[0].legendFormat = '__auto'; }],
  ['more series than twenty', (d) => { panel(d, 'Load').targets[0].legendFormat = '{{pod}}'; }],
  ['a join that mixes clusters', (d) => expr(d, 'Load', (text) => `${text} * on (node) group_left () ${text}`)],
  ['a string', (d) => expr(d, 'Load', () => '"$node"')],
  ['steps that do not rise', (d) => { panel(d, 'Fullest filesystem').fieldConfig.defaults.thresholds.steps[1].value = 99; }],
  ['a link to no dashboard', (d) => { panel(d, 'Alerts firing').fieldConfig.defaults.links[0].url = '/d/nothing?${__url_time_range}'; }],
  ['a link that forgets the time', (d) => {
    const [link] = panel(d, 'Alerts firing').fieldConfig.defaults.links;
    link.url = link.url.replace('${__url_time_range}&', '');
  }],
  ['a link with a variable that is not there', (d) => {
    const [link] = panel(d, 'Alerts firing').fieldConfig.defaults.links;
    link.url = `${link.url}&var-nothing=x`;
  }],
];

test.each(OF_LINT)('the lint finds %s', (_, plant) => {
  const dashboard = copy();
  plant(dashboard);
  expect(lint(dashboard, all)).not.toEqual([]);
});

test('the lint lets a collapsed row count all series', () => {
  const dashboard = copy();
  expr(dashboard, 'Filesystems by use', () => `topk(20, ${ALL_SERIES})`);
  expect(lint(dashboard, all)).toEqual([]);
});

test('the lint finds nothing where nothing is planted', () => {
  expect(lint(copy(), all)).toEqual([]);
  const rows = node.panels.filter((one): one is Row => one.type === 'row');
  expect(rows.some(({ panels }) => panels.length > 0)).toBe(true);
});
