import { Duration } from 'cdk8s';
import { ScrapeEndpoint, ScrapeJob } from '../../lib';
import { checkJob } from '../../lib/backend/plan-checks';
import { atLeast } from '../../lib/kubernetes/images';
import { prometheusSchema } from '../../lib/monitoring/scrape/prometheus-schema';
import { newerThan } from '../../lib/setting-paths';
import { prometheusSpelling } from '../../lib/wire/prometheus-spelling';
import { Loose } from '../manifests';
import { EVERY } from '../parity/jobs';

/** Settings that the oldest Prometheus lacks, by the prop of an endpoint that gives them. */
const late = Object.entries(EVERY).flatMap(([prop, value]) => {
  // Without a proxy there are no exceptions from it.
  const props: Loose = { proxyUrl: EVERY.proxyUrl, [prop]: value };
  const endpoint = new ScrapeEndpoint(props);
  const config = prometheusSpelling(endpoint._settings(), endpoint._client);
  return newerThan(config, 'ScrapeConfig', prometheusSchema(), (since) => atLeast('3.0', since)).map(({ since }) => ({ prop, endpoint, since }));
});

/** What is said to a Prometheus of a version that is to scrape an endpoint. */
function saidTo(version: string, endpoint: ScrapeEndpoint): string {
  const job = ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints: [endpoint] });
  try {
    checkJob('shop/prometheus', job, { version, scrapeInterval: Duration.minutes(2) });
    return '';
  } catch (error) {
    return String(error);
  }
}

test('an endpoint is refused by a Prometheus that lacks one of its settings, and by no later one', () => {
  expect(late).toContainEqual(expect.objectContaining({ prop: 'nativeHistograms', since: '3.8' }));
  const before = (since: string) => since.replace(/\d+$/, (minor) => `${Number(minor) - 1}`);
  expect(late.filter(({ prop, endpoint, since }) => !saidTo(`${before(since)}.0`, endpoint).includes(`'${prop}' is known from Prometheus ${since} on`))
    .map(({ prop, since }) => `refuse '${prop}' before Prometheus ${since} in checkJob() of lib/backend/plan-checks.ts`)).toEqual([]);
  expect(late.filter(({ endpoint, since }) => saidTo(`${since}.0`, endpoint) !== '').map(({ prop }) => prop)).toEqual([]);
});
