import { ApiObject, Chart, Cron, Include, JsonPatch, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { Construct, IConstruct } from 'constructs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { PodScrapeProps, ScrapeEndpoint, ScrapeJob, ServiceScrapeProps } from '../../../lib';
import { inTempDir, writeFiles } from '../../files';

type Plus = typeof plus27 | typeof plus34;

const PLUS: Array<[string, Plus]> = [['cdk8s-plus-27', plus27], ['cdk8s-plus-34', plus34]];

function chartOf(namespace: string | undefined = 'shop'): Chart {
  return new Chart(Testing.app(), 'test', { namespace, labels: { owner: 'team' } });
}

const PORTS = [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'metrics', port: 9090 }];
const SERVICE = {
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels: { app: 'web' } },
  spec: { selector: { app: 'web' }, ports: [...PORTS, { name: 'stats', port: 81, targetPort: 'stats' }] },
};

const TEMPLATE = {
  metadata: { labels: { app: 'web', tier: 'front' } },
  spec: { containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8080 }, { name: 'metrics', containerPort: 9090 }] }, { name: 'bare', image: 'bare' }] },
};

/** The objects of a file, as `Include` reads them. */
function included(chart: Chart, ...objects: object[]): Include {
  return inTempDir((dir) => {
    writeFiles(dir, { 'app.yaml': objects.map((object) => stringify(object)).join('---\n') });
    return new Include(chart, 'app', { url: path.join(dir, 'app.yaml') });
  });
}

const serviceJob = (service: IConstruct, props: Partial<ServiceScrapeProps> = {}) => (
  ScrapeJob.fromService({ name: 'web', service, endpoints: [new ScrapeEndpoint({ port: 'metrics' })], ...props })
);
const podJob = (pods: IConstruct, props: Partial<PodScrapeProps> = {}) => (
  ScrapeJob.fromPods({ name: 'web', pods, endpoints: [new ScrapeEndpoint({ port: 'metrics' })], ...props })
);

/** The discovery of a job, with what it may leave out. */
function whole(job: ScrapeJob): object {
  return { expressions: undefined, namespaceSelection: undefined, ...job._discovery };
}

describe('a Service', () => {
  const l2 = (plus: Plus) => (chart: Chart): IConstruct => new plus.Service(chart, 'web', { metadata: { name: 'web', labels: { app: 'web' } }, ports: PORTS });
  const l1 = (plus: Plus) => (chart: Chart): IConstruct => new plus.k8s.KubeService(chart, 'web', {
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: { clusterIp: 'None', ports: [{ name: 'http', port: 80, targetPort: plus.k8s.IntOrString.fromNumber(8080) }, { name: 'metrics', port: 9090 }] },
  });

  describe.each<[string, (chart: Chart) => IConstruct]>([
    ...PLUS.flatMap(([name, plus]): Array<[string, (chart: Chart) => IConstruct]> => [[`an L2 of ${name}`, l2(plus)], [`an L1 of ${name}`, l1(plus)]]),
    ['an ApiObject', (chart) => new ApiObject(chart, 'web', SERVICE)],
    ['an Include of one Service', (chart) => included(chart, SERVICE, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } })],
    ['an object of an Include', (chart) => included(chart, SERVICE, { ...SERVICE, metadata: { name: 'api' } }).apiObjects[0]],
    ['the chart around it', (chart) => l2(plus34)(chart).node.scope!],
    ['a construct of one\'s own around it', (chart) => {
      const own = new Construct(chart, 'own');
      new plus34.Service(own, 'web', { metadata: { name: 'web', labels: { app: 'web' } }, ports: PORTS });
      return own;
    }],
  ])('as %s', (_, make) => {
    test('is found by its name, in its namespace', () => {
      expect(serviceJob(make(chartOf()))._discovery).toMatchObject({ kind: 'service', serviceName: 'web', namespaces: ['shop'], labels: {} });
    });

    test('has its ports checked', () => {
      expect(() => serviceJob(make(chartOf()), { endpoints: [new ScrapeEndpoint({ port: 'metrisc' })] }))
        .toThrow("ScrapeJob 'web': endpoint 'metrisc' names port 'metrisc', and Service 'web' has 'http (8080)'");
      expect(() => serviceJob(make(chartOf()), { endpoints: [new ScrapeEndpoint({ port: 'metrisc' })] })).toThrow("did you mean 'metrics'?");
    });

    test('has its labels checked, those of the chart too', () => {
      expect(serviceJob(make(chartOf()), { labels: { app: 'web' } })._discovery).toMatchObject({ labels: { app: 'web' } });
      expect(() => serviceJob(make(chartOf()), { labels: { ap: 'web' } })).toThrow("labels ask for ap=web, and Service 'web' carries no label 'ap', did you mean 'app'?; leave 'labels' out");
    });
  });

  test('without a namespace is in default', () => {
    expect(serviceJob(new ApiObject(new Chart(Testing.app(), 'test'), 'web', SERVICE))._discovery).toMatchObject({ namespaces: ['default'] });
  });

  test('is read as it is patched', () => {
    const service = new plus34.k8s.KubeService(chartOf(), 'web', { metadata: { name: 'web' }, spec: { ports: [{ name: 'http', port: 80 }] } });
    service.addJsonPatch(
      JsonPatch.replace('/metadata/name', 'patched'), JsonPatch.replace('/metadata/namespace', 'elsewhere'), JsonPatch.replace('/spec/ports/0/name', 'metrics'),
    );
    expect(serviceJob(service)._discovery).toMatchObject({ serviceName: 'patched', namespaces: ['elsewhere'] });
  });

  test('of the same name in two namespaces is told apart', () => {
    const [one, other] = ['shop', 'staging'].map((namespace) => new ApiObject(chartOf(), `web-${namespace}`, { ...SERVICE, metadata: { name: 'web', namespace } }));
    expect([serviceJob(one), serviceJob(other)].map(({ _discovery }) => _discovery)).toMatchObject([{ namespaces: ['shop'] }, { namespaces: ['staging'] }]);
  });

  test('whose port leads to a named port of the container has no number to check', () => {
    const service = new ApiObject(chartOf(), 'web', SERVICE);
    expect(() => serviceJob(service, { endpoints: [new ScrapeEndpoint({ portNumber: 7070 })] })).not.toThrow();
    expect(() => serviceJob(service)).not.toThrow();
    expect(() => serviceJob(service, { endpoints: [new ScrapeEndpoint({ port: 'stat' })] })).toThrow("'http (8080)', 'metrics (9090)' and 'stats (stats)', did you mean 'stats'?");
    const only = new ApiObject(chartOf(), 'only', { ...SERVICE, spec: { ports: [{ port: 80, targetPort: 'stats' }] } });
    expect(serviceJob(only, { endpoints: undefined }).endpoints.map(({ port, portNumber, name }) => [name, port, portNumber])).toEqual([['metrics', undefined, undefined]]);
  });

  test('without a selector is as good as any', () => {
    const { selector: _, ...spec } = SERVICE.spec;
    expect(() => serviceJob(new ApiObject(chartOf(), 'web', { ...SERVICE, spec }))).not.toThrow();
  });
});

describe('what is not one Service', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: TEMPLATE } };

  test.each<[string, (chart: Chart) => IConstruct, string]>([
    ['a workload', (chart) => new plus34.Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'web' }] }),
      "'test/web' is Deployment 'web', not a Service; scrape Pods by ScrapeJob.fromPods(), with the prop 'pods'"],
    ['an object of another kind', (chart) => new plus34.ConfigMap(chart, 'web', { metadata: { name: 'web' } }), "'test/web' is ConfigMap 'web', not a Service; give a Service"],
    ['an object of the same kind and another group', (chart) => new ApiObject(chart, 'web', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'web' } }),
      "'test/web' is Service 'web' of serving.knative.dev/v1, not a Service; give a Service"],
    ['a construct without objects', (chart) => new Construct(chart, 'web'), "'test/web' makes no object; give a Service"],
    ['two Services', (chart) => included(chart, SERVICE, { ...SERVICE, metadata: { name: 'api' } }),
      "'test/app' has Service 'web' and Service 'api', and 'service' accepts one object; pass that one, of an Include from its 'apiObjects'"],
    ['a file without one', (chart) => included(chart, deployment, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } }),
      "'test/app' has Deployment 'web' and ConfigMap 'web', but not a Service; scrape Pods by ScrapeJob.fromPods(), with the prop 'pods'"],
    ['one that is not complete', (chart) => new plus27.Service(chart, 'web', { ports: [] }),
      "the manifest of 'test/web' cannot be read yet: A service must be configured with a port; complete the object before it is given to the job"],
    ['a name of a host', (chart) => new plus34.Service(chart, 'web', { metadata: { name: 'web' }, externalName: 'example.com' }),
      "Service 'web' is of type ExternalName and has no endpoints; scrape its host by ScrapeJob.fromStaticTargets()"],
  ])('is refused: %s', (_, make, message) => {
    expect(() => serviceJob(make(chartOf()))).toThrow(`ScrapeJob 'web': ${message}`);
  });

  test('a long list is cut', () => {
    const chart = chartOf();
    Array.from({ length: 12 }, (_, i) => new ApiObject(chart, `web-${i}`, { ...SERVICE, metadata: { name: `web-${i}` } }));
    expect(() => serviceJob(chart)).toThrow(/Service 'web-7' and 4 more, and 'service' accepts one object/);
  });

  test.each<[unknown, string]>([
    ['web', "service: 'web' is not an IConstruct; use a construct: an object of any cdk8s-plus, an ApiObject or an Include"],
    [{ name: 'web', port: 80 }, "'service' is an object with 'name' and 'port', not a construct; give a Service, as an object of any cdk8s-plus, an ApiObject or an Include"],
    [null, 'service: null is not an IConstruct; use a construct: an object of any cdk8s-plus, an ApiObject or an Include'],
  ])('is refused where types are not checked: %j', (given, said) => {
    const props: Partial<ServiceScrapeProps> = JSON.parse(JSON.stringify({ service: given }));
    expect(() => ScrapeJob.fromService({ name: 'web', ...props })).toThrow(`ScrapeJob 'web': ${said}`);
  });
});

describe('Pods', () => {
  const containers = [{ image: 'web', ports: [{ name: 'http', number: 8080 }, { name: 'metrics', number: 9090 }] }];
  const options = { containers, podMetadata: { labels: { app: 'web', tier: 'front' } } };
  const l2: { readonly [kind: string]: (plus: Plus, chart: Chart) => IConstruct } = {
    Deployment: (plus, chart) => new plus.Deployment(chart, 'web', options),
    StatefulSet: (plus, chart) => new plus.StatefulSet(chart, 'web', options),
    DaemonSet: (plus, chart) => new plus.DaemonSet(chart, 'web', options),
    Job: (plus, chart) => new plus.Job(chart, 'web', options),
    CronJob: (plus, chart) => new plus.CronJob(chart, 'web', { ...options, schedule: Cron.daily() }),
    Pod: (plus, chart) => new plus.Pod(chart, 'web', { containers, metadata: { labels: options.podMetadata.labels } }),
  };
  const spec = { selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }] }, template: TEMPLATE };
  const manifest: { readonly [kind: string]: object } = {
    Deployment: { apiVersion: 'apps/v1', spec },
    StatefulSet: { apiVersion: 'apps/v1', spec },
    DaemonSet: { apiVersion: 'apps/v1', spec },
    ReplicaSet: { apiVersion: 'apps/v1', spec },
    ReplicationController: { apiVersion: 'v1', spec: { selector: { app: 'web' }, template: TEMPLATE } },
    Job: { apiVersion: 'batch/v1', spec: { template: TEMPLATE } },
    CronJob: { apiVersion: 'batch/v1', spec: { jobTemplate: { spec: { template: TEMPLATE } } } },
    Pod: { apiVersion: 'v1', spec: TEMPLATE.spec },
  };
  const objectOf = (kind: string) => (chart: Chart) => new ApiObject(chart, 'web', {
    kind, ...manifest[kind], apiVersion: 'v1', ...manifest[kind], metadata: { name: 'web', ...(kind === 'Pod' ? TEMPLATE.metadata : {}) },
  });
  const l1 = (plus: Plus) => (chart: Chart): IConstruct => new plus.k8s.KubeDaemonSet(chart, 'web', {
    metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: TEMPLATE },
  });

  describe.each<[string, object, (chart: Chart) => IConstruct]>([
    ...PLUS.flatMap(([name, plus]) => Object.entries(l2).map(([kind, make]): [string, object, (chart: Chart) => IConstruct] => (
      [`${kind} of ${name}`, { labels: { 'cdk8s.io/metadata.addr': expect.any(String) }, expressions: undefined }, (chart) => make(plus, chart)]
    ))),
    ...PLUS.map(([name, plus]): [string, object, (chart: Chart) => IConstruct] => [`L1 DaemonSet of ${name}`, { labels: { app: 'web' }, expressions: undefined }, l1(plus)]),
    ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): [string, object, (chart: Chart) => IConstruct] => (
      [`an ApiObject ${kind}`, { labels: { app: 'web' }, expressions: [expect.objectContaining({ key: 'tier', operator: 'In', values: ['front'] })] }, objectOf(kind)]
    )),
    ['an ApiObject ReplicationController', { labels: { app: 'web' }, expressions: undefined }, objectOf('ReplicationController')],
    ...['Job', 'CronJob', 'Pod'].map((kind): [string, object, (chart: Chart) => IConstruct] => (
      [`an ApiObject ${kind}`, { labels: { app: 'web', tier: 'front' }, expressions: undefined }, objectOf(kind)]
    )),
    ['an Include', { labels: { app: 'web' } }, (chart) => included(chart, { ...manifest.Deployment, kind: 'Deployment', metadata: { name: 'web' } }, SERVICE)],
  ])('of %s', (_, selection, make) => {
    test('are found by what selects them, in their namespace', () => {
      expect(whole(podJob(make(chartOf())))).toMatchObject({ kind: 'pods', namespaces: ['shop'], ...selection });
    });

    test('have their ports checked', () => {
      expect(() => podJob(make(chartOf()), { endpoints: [new ScrapeEndpoint({ port: 'metrisc' })] })).toThrow("has 'http (8080)' and 'metrics (9090)', did you mean 'metrics'?");
      expect(() => podJob(make(chartOf()), { endpoints: [new ScrapeEndpoint({ portNumber: 80 })] })).toThrow("names port number 80, and the targets of 'test/");
    });

    test('have their labels checked', () => {
      expect(podJob(make(chartOf()), { labels: { tier: 'front' } })._discovery).toMatchObject({ labels: { tier: 'front' } });
      expect(() => podJob(make(chartOf()), { labels: { tier: 'back' } })).toThrow("labels ask for tier=back, and the Pods of 'test/");
    });
  });

  test('without a namespace are in default, unless cdk8s-plus labels them', () => {
    const chart = new Chart(Testing.app(), 'test');
    expect(podJob(objectOf('Deployment')(chart))._discovery).toMatchObject({ namespaces: ['default'] });
    expect(podJob(new plus34.Deployment(chart, 'other', options))._discovery).toMatchObject({ namespaces: undefined });
  });

  test('of containers that declare no port are scraped by number', () => {
    const pods = new ApiObject(chartOf(), 'web', { apiVersion: 'v1', kind: 'Pod', metadata: TEMPLATE.metadata, spec: { containers: [{ name: 'web', image: 'web' }] } });
    expect(podJob(pods, { endpoints: [new ScrapeEndpoint({ portNumber: 9090 })] }).endpoints.map(({ portNumber }) => portNumber)).toEqual([9090]);
    expect(() => podJob(pods, { endpoints: undefined })).toThrow("ScrapeJob 'web': 'test/web' has 0 ports (none); say by 'endpoints' which to scrape");
    expect(() => podJob(pods)).toThrow("endpoint 'metrics' names port 'metrics', and 'test/web' has none");
  });

  test.each<[string, (chart: Chart) => IConstruct, string]>([
    ['a Service', (chart) => new plus34.Service(chart, 'web', { metadata: { name: 'web' }, ports: PORTS }),
      "'test/web' is Service 'web', not a workload or a selection of Pods; scrape a Service by ScrapeJob.fromService(), with the prop 'service'"],
    ['a resource of others', (chart) => new ApiObject(chart, 'web', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' } }),
      "'test/web' is Rollout 'web', not a workload or a selection of Pods; give a workload or a selection of Pods, or leave 'pods' out and name the Pods by 'labels' and 'namespaces'"],
    ['Pods without labels', (chart) => new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: TEMPLATE.spec }),
      "the Pods of Pod 'web' carry no label to find them by; give them one"],
    ['no containers', (chart) => new plus34.Deployment(chart, 'web'), "the manifest of 'test/web' cannot be read yet: PodSpec must have at least 1 container"],
    ['an operator that does not exist', (chart) => new ApiObject(chart, 'web', {
      apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: { matchExpressions: [{ key: 'app', operator: 'Like', values: ['web'] }] }, template: TEMPLATE },
    }), "an expression has the operator 'Like'; use 'In', 'NotIn', 'Exists' and 'DoesNotExist'"],
  ])('are refused: %s', (_, make, message) => {
    const chart = new Chart(Testing.app(), 'test');
    expect(() => podJob(make(chart))).toThrow(`ScrapeJob 'web': ${message}`);
  });
});

describe.each<[string, Plus, (chart: Chart, namespaces: plus27.NamespacesSelectOptions) => IConstruct]>([
  ['cdk8s-plus-27', plus27, (chart, options) => plus27.Pods.select(chart, 'pods', { namespaces: plus27.Namespaces.select(chart, 'n', options) })],
  ['cdk8s-plus-34', plus34, (chart, options) => plus34.Pods.select(chart, 'pods', { namespaces: plus34.Namespaces.select(chart, 'n', options) })],
])('a selection of Pods of %s', (_, plus, inNamespaces) => {
  test('by labels and expressions', () => {
    const pods = plus.Pods.select(chartOf(), 'pods', {
      labels: { app: 'web' },
      expressions: [plus.LabelExpression.in('tier', ['a', 'b']), plus.LabelExpression.notIn('track', ['canary']), plus.LabelExpression.exists('team'), plus.LabelExpression.doesNotExist('off')],
    });
    expect(whole(podJob(pods))).toMatchObject({
      labels: { app: 'web' }, namespaces: undefined, namespaceSelection: undefined,
      expressions: [
        { operator: 'In', key: 'tier', values: ['a', 'b'] }, { operator: 'NotIn', key: 'track', values: ['canary'] }, { operator: 'Exists', key: 'team' }, { operator: 'DoesNotExist', key: 'off' },
      ],
    });
  });

  test('in namespaces by name and by labels', () => {
    const select = (options: plus27.NamespacesSelectOptions) => whole(podJob(inNamespaces(chartOf(), options)));
    expect(select({ names: ['a', 'b'] })).toMatchObject({ namespaces: ['a', 'b'], namespaceSelection: undefined });
    expect(select({ labels: { team: 'x' }, expressions: [plus27.LabelExpression.exists('prod')] })).toMatchObject({
      namespaces: undefined, namespaceSelection: { labels: { team: 'x' }, expressions: [{ key: 'prod', operator: 'Exists' }] },
    });
    expect(select({ labels: { 'kubernetes.io/metadata.name': 'a' } })).toMatchObject({ namespaces: ['a'], namespaceSelection: undefined });
  });

  test('of all Pods', () => {
    expect(whole(podJob(plus.Pods.all(chartOf(), 'pods')))).toMatchObject({ labels: {}, namespaces: undefined, namespaceSelection: undefined });
  });

  test('that props narrow, and do not contradict', () => {
    const pods = plus.Pods.select(chartOf(), 'pods', { labels: { app: 'web' } });
    expect(podJob(pods, { labels: { tier: 'front' } })._discovery).toMatchObject({ labels: { app: 'web', tier: 'front' } });
    expect(() => podJob(pods, { labels: { app: 'api' } })).toThrow("ScrapeJob 'web': labels: app=api is asked for, and app=web is selected already; leave one of them out");
  });
});

test('sidecars are init containers that restart always', () => {
  const [ends, runs] = ['ends', 'runs'].map((name) => ({ name, image: name, ports: [{ name, containerPort: 9901 }] }));
  const spec = { containers: [{ name: 'web', image: 'web' }], initContainers: [ends, { ...runs, restartPolicy: 'Always' }] };
  const pods = new ApiObject(chartOf(), 'web', { apiVersion: 'v1', kind: 'Pod', metadata: TEMPLATE.metadata, spec });
  expect(ScrapeJob.fromPods({ name: 'web', pods }).endpoints.map(({ port }) => port)).toEqual(['runs']);
  expect(() => podJob(pods, { endpoints: [new ScrapeEndpoint({ port: 'ends' })] })).toThrow("endpoint 'ends' names port 'ends', and 'test/web' has 'runs (9901)'");
});

test('both versions in one app', () => {
  const chart = chartOf();
  const jobs = PLUS.map(([name, plus]) => {
    const deployment = new plus.Deployment(chart, name, { containers: [{ image: 'web', ports: [{ name: 'metrics', number: 9090 }] }] });
    return [serviceJob(deployment.exposeViaService()), podJob(deployment)];
  });
  expect(jobs.flat().map(({ _discovery }) => _discovery)).toMatchObject([
    { kind: 'service', namespaces: ['shop'] }, { kind: 'pods', namespaces: ['shop'] }, { kind: 'service', namespaces: ['shop'] }, { kind: 'pods', namespaces: ['shop'] },
  ]);
});
