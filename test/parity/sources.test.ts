import { parse } from 'yaml';
import { synthesize } from './backends';
import { certificate, KubeObject, operatorPrometheus } from './parity';
import { OperatedPrometheus, ScrapeJob } from '../../lib';
import { sources } from '../monitoring/scrape/sources';
import { secretNamed } from '../monitoring/scrape/secrets';

/** What says where a Secret is: the operator writes files of its own, and secrets in clear. */
function withoutFiles(value: object): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"(ca_file|credentials_file|credentials)":"[^"]*"/g, '"secret":true'));
}

const secret: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop', namespace: 'monitoring' }, stringData: { 'ca.crt': certificate().certificate, token: 't' } };

test.each(sources(secretNamed('shop')))('the operator asks %s for the same targets', (name, source, expected) => {
  const objects = synthesize((chart) => new OperatedPrometheus(chart, 'prometheus', { selfMonitoring: false }).addScrapeJob(ScrapeJob.fromDiscovery({ name, source })));
  const { configuration, ignored } = operatorPrometheus([...objects, secret]);
  expect(ignored).toEqual([]);
  const [[list, wanted]]: Array<[string, object]> = Object.entries(expected);
  const [{ [list]: found }] = parse(configuration).scrape_configs;
  expect(withoutFiles(found)).toEqual(withoutFiles(wanted));
});
