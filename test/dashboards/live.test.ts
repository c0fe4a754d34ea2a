import { ask, hasData } from '../../dashboards/live/ask';
import { HttpApi } from '../../dashboards/live/http-api';
import { ofGrafana, stepOf } from '../../dashboards/live/variables';
import { COMMITTED } from './support';

const node = COMMITTED.find(({ json }) => json.uid === 'kubernetes-node')!.json;
const workload = COMMITTED.find(({ json }) => json.uid === 'kubernetes-workload')!.json;
const RANGE = { from: 10_000, to: 13_600, scrapeInterval: 30 };

/** A Prometheus that knows some values of labels, and gives one series to each query. Paths are kept. */
function prometheus(labels: Readonly<Record<string, readonly string[]>>, metrics: readonly object[] = [{ namespace: 'a' }]) {
  const asked: URL[] = [];
  const api = new HttpApi((path) => {
    const url = new URL(path, 'http://prometheus');
    asked.push(url);
    const [, label] = /label\/(\w+)\/values$/.exec(url.pathname) ?? [];
    const data = label !== undefined ? labels[label] ?? []
      : url.pathname.endsWith('query') ? { resultType: 'vector', result: metrics.map((metric) => ({ metric, value: [13_600, '1'] })) }
        : { resultType: 'matrix', result: metrics.map((metric) => ({ metric, values: [[10_000, 'NaN'], [10_030, '2']] })) };
    return Promise.resolve(JSON.stringify({ status: 'success', data, warnings: ['w'], infos: ['i'] }));
  });
  const to = (path: string) => asked.filter(({ pathname }) => pathname.endsWith(path)).map(({ searchParams }) => Object.fromEntries(searchParams));
  return { api, asked: to };
}

describe('a dashboard that is asked', () => {
  it('has its variables filled in: constants, all, and the first value that Prometheus has', async () => {
    const { api, asked } = prometheus({ node: ['a.b', 'c'] });
    const { values } = await ask(api, node, RANGE);
    expect(values).toMatchObject({ cluster: '.*', node_exporter: 'node-exporter', node: 'a.b', __range: '3600s' });
    const queries = [...asked('/query'), ...asked('/query_range')].map(({ query }) => query);
    expect(queries.length).toBeGreaterThan(20);
    expect(queries.filter((query) => /\$\w|\[\[/.test(query))).toEqual([]);
    expect(queries.filter((query) => query.includes('node=~"a.b"') || query.includes('node="a.b"')).length).toBeGreaterThan(10);
  });

  it('takes values that are given, of constants too', async () => {
    const { api } = prometheus({ node: ['a'] });
    const { values } = await ask(api, node, { ...RANGE, given: { node: 'b', node_exporter: 'nodes', unknown: 'c' } });
    expect(values).toMatchObject({ node: 'b', node_exporter: 'nodes' });
  });

  it('finds values in what a query gives', async () => {
    const { api, asked } = prometheus({ namespace: ['shop'] }, [{ workload: 'web' }, { workload: 'cart' }, { workload: 'web' }]);
    const { values } = await ask(api, workload, RANGE);
    expect(values).toMatchObject({ namespace: 'shop', workload: 'cart' });
    expect(asked('/query')[0].query).toMatch(/^count by \(workload\) .*namespace="shop"/s);
  });

  it('throws where a variable has no value, and where Prometheus refuses a query', async () => {
    await expect(ask(prometheus({}).api, node, RANGE)).rejects.toThrow(/^kubernetes-node: variable 'node' has no value: label_values\(/);
    const refused = new HttpApi(() => Promise.resolve('{"status": "error", "error": "no such thing"}'));
    await expect(refused.instant('up', 1)).rejects.toThrow('query {"query":"up","time":"1"}: no such thing');
  });

  it('gives what Prometheus warns of, and knows samples without a number', async () => {
    const { api } = prometheus({ node: ['a'] });
    const { panels: [{ queries: [query] }], marks } = await ask(api, node, RANGE);
    expect(query.warnings).toEqual(['w', 'i']);
    expect(marks.series).toHaveLength(1);
    expect(hasData(query)).toBe(true);
    expect(hasData({ series: [{ metric: {}, values: [[1, 'NaN']] }], warnings: [] })).toBe(false);
  });
});

describe('the intervals of Grafana', () => {
  it('follow the range, the width and the scrape interval', () => {
    expect(stepOf({ from: 0, to: 3600 }, 1200, 30)).toBe(30);
    expect(stepOf({ from: 0, to: 86_400 }, 600, 30)).toBe(300);
    expect(ofGrafana({ from: 0, to: 3600, step: 30 }, 30)).toMatchObject({ __rate_interval: '120s', __interval: '30s', __range: '3600s' });
    expect(ofGrafana({ from: 0, to: 86_400, step: 300 }, 30)).toMatchObject({ __rate_interval: '330s' });
  });
});
