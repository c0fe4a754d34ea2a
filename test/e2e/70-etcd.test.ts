import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { deployed, DeployedApp, synthesizeProgram } from './harness/apps';
import { lines } from './harness/contract';
import { ClusterEtcd, clusterEtcd } from './harness/etcd-certificates';
import { eventually } from './harness/eventually';
import { applyObjects } from './harness/kubectl';
import { lifeOf, thePod } from './harness/pods';
import { PrometheusApi } from './harness/prometheus-api';
import { grantsOf } from './harness/rbac';
import { given, scenario } from './harness/scenario';
import { everyRuleIsUsed } from './harness/used-rules';

/** Namespace of the example, and name and keys of the Secret that it takes for granted. */
const NAME = 'etcd-monitoring';
const SECRET = 'etcd-certs';
const KEYS = ['ca.crt', 'healthcheck-client.crt', 'healthcheck-client.key'];
const api = new PrometheusApi(NAME);

interface Manifest {
  readonly kind: string;
  readonly spec?: { readonly volumeClaimTemplates?: readonly { readonly spec: { readonly resources: { requests: object } } }[] };
  readonly subsets?: readonly { addresses: object[] }[];
}

/** The example, with what is anybody's own: the addresses of the members, and a claim as small as the cluster of a test has it. */
function example({ addresses }: ClusterEtcd): DeployedApp {
  const app = synthesizeProgram(NAME, 'examples/external-etcd/main.js');
  fs.readdirSync(app.dist).filter((file) => file.endsWith('.yaml')).map((file) => path.join(app.dist, file)).forEach((file) => {
    const manifests = parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest);
    manifests.forEach(({ spec, subsets = [] }) => {
      subsets.forEach((subset) => {
        subset.addresses = addresses.map((ip) => ({ ip }));
      });
      (spec?.volumeClaimTemplates ?? []).forEach((claim) => {
        claim.spec.resources.requests = { storage: '1Gi' };
      });
    });
    fs.writeFileSync(file, manifests.map((manifest) => stringify(manifest)).join('---\n'));
  });
  return app;
}

describe('the example external-etcd', () => {
  let etcd: ClusterEtcd;
  given(300, async () => {
    etcd = await clusterEtcd(KEYS);
    await deployed(NAME, () => example(etcd));
  });

  scenario('watches all else while the Secret with the certificates is missing', 120, async () => {
    await eventually('Prometheus has its own targets up and etcd\'s not', 100, async () => {
      const targets = (await api.activeTargets()).map(({ labels, health }) => `${labels.job} ${health}`).sort();
      expect([...new Set(targets)]).toEqual(['etcd down', 'prometheus up']);
    });
  });

  scenario('has etcd up soon after the Secret is made from the cluster\'s own certificates, without a restart', 270, async () => {
    const life = lifeOf(await thePod(NAME, 'app.kubernetes.io/name=prometheus'));
    await applyObjects({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: SECRET, namespace: NAME }, type: 'Opaque', stringData: etcd.files,
    });
    await eventually('etcd is scraped with TLS and a client certificate', 240, async () => {
      const targets = (await api.activeTargets()).filter(({ labels }) => labels.job === 'etcd');
      expect(lines(targets.map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError })))).toEqual(
        lines(etcd.addresses.map((address) => ({ scrapeUrl: `https://${address}:2379/metrics`, health: 'up', lastError: '' }))),
      );
      expect(lines(targets.map(({ labels }) => labels))).toEqual(lines(etcd.addresses.map((address) => (
        { job: 'etcd', namespace: NAME, service: 'etcd', endpoint: 'metrics', instance: `${address}:2379` }
      ))));
    });
    await eventually('its series are there', 60, async () => {
      expect((await api.query('etcd_server_has_leader{job="etcd"} == 1')).length).toBe(etcd.addresses.length);
    });
    expect(lifeOf(await thePod(NAME, 'app.kubernetes.io/name=prometheus'))).toEqual(life);
  });

  scenario('needs no rule of RBAC that it does not use, and all of them in its own namespace', 150, async () => {
    const account = { namespace: NAME, name: 'prometheus' };
    expect((await grantsOf(account)).filter(({ namespace }) => namespace !== NAME)).toEqual([]);
    await everyRuleIsUsed(account);
  });
});
