import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTempDir } from '../files';
import { Dashboard } from '../../lib';

test('from JSON', () => {
  expect(Dashboard.fromJson('{\n  "uid": "nodes",\n  "title": "Nodes",\n  "panels": []\n}')).toMatchObject({
    uid: 'nodes', title: 'Nodes', json: '{"uid":"nodes","title":"Nodes","panels":[]}',
  });
});

test('from a file', () => {
  inTempDir((dir) => {
    const file = path.join(dir, 'nodes.json');
    fs.writeFileSync(file, '{"uid":"nodes","title":"Nodes"}');
    expect(Dashboard.fromFile(file).uid).toBe('nodes');
    fs.writeFileSync(file, '{"title":"Nodes"}');
    expect(() => Dashboard.fromFile(file)).toThrow(`${file}: the dashboard has no 'uid'; links and updates need a stable one`);
  });
});

test.each([
  ['a list', '[]', "mine: it is not a JSON object; export the dashboard's JSON model from Grafana"],
  ['null', 'null', 'mine: it is not a JSON object'],
  ['no uid', '{"title":"a"}', "mine: the dashboard has no 'uid'"],
  ['an empty uid', '{"uid":"","title":"a"}', "mine: the dashboard has no 'uid'"],
  ['no title', '{"uid":"a"}', "mine: the dashboard has no 'title'"],
  ['no JSON', '{', 'mine: it is not JSON'],
])('%s is no dashboard', (_, json, message) => {
  expect(() => Dashboard.fromJson(json, 'mine')).toThrow(message);
});

test('a file that is not there', () => {
  expect(() => Dashboard.fromFile('/no/such/file.json')).toThrow('/no/such/file.json: it cannot be read');
});
