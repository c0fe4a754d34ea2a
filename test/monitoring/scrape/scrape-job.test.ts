import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Deployment, IPodSelector, Namespaces, Pods, Service } from 'cdk8s-plus-27';
import {
  AnnotatedScrapeProps, HttpConfig, IngressScrapeProps, IProber, LabelExpression, NamespaceSelectionProps, NodeScrapeProps, PodScrapeProps,
  ProbeScrapeProps, Relabeling, Scheme, ScrapeEndpoint, ScrapeJob, ScrapeJobOptions, ServiceScrapeProps, StaticScrapeProps, StaticTargetGroup,
  TargetMetadataProps,
} from '../../../lib';
import { visible } from '../../../lib/text';

const prober: IProber = {
  proberAddress: 'blackbox:9115', proberScheme: Scheme.HTTP, proberPath: '/probe',
  checkModule: (module) => {
    if (module !== 'http_2xx') {
      throw new Error(`prober: no module '${module}'`);
    }
  },
};

function chartOf(namespace?: string): Chart {
  return new Chart(Testing.app(), 'test', { namespace });
}

function webService(chart: Chart = chartOf('shop')): Service {
  return new Service(chart, 'web', {
    metadata: { name: 'web', labels: { app: 'web', tier: 'front' } },
    ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'metrics', port: 9090 }],
  });
}

function webDeployment(chart: Chart = chartOf('shop')): Deployment {
  return new Deployment(chart, 'web', { containers: [{ image: 'web', ports: [{ name: 'http', number: 8080 }, { name: 'metrics', number: 9090 }] }] });
}

const http = [new ScrapeEndpoint({ port: 'http' })];

describe('from a Service', () => {
  test('takes that one, in its namespace', () => {
    const job = ScrapeJob.fromService({ name: 'web', service: webService(), endpoints: http });
    expect(job._discovery).toEqual({ kind: 'service', serviceName: 'web', labels: {}, namespaces: ['shop'] });
  });

  test('of a chart without namespace is in default', () => {
    const job = ScrapeJob.fromService({ name: 'web', service: webService(chartOf()), endpoints: http });
    expect(job._discovery).toMatchObject({ namespaces: ['default'] });
  });

  test('whose only port needs not be named', () => {
    const named = new Service(chartOf(), 'a', { ports: [{ name: 'web', port: 80 }] });
    expect(ScrapeJob.fromService({ name: 'a', service: named }).endpoints.map(({ port }) => port)).toEqual(['web']);
    const unnamed = new Service(chartOf(), 'b', { ports: [{ port: 80, targetPort: 8080 }] });
    expect(ScrapeJob.fromService({ name: 'b', service: unnamed }).endpoints.map(({ portNumber }) => portNumber)).toEqual([8080]);
  });

  test('a port by number is the target\'s', () => {
    expect(() => ScrapeJob.fromService({ name: 'web', service: webService(), endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] })).not.toThrow();
    expect(() => ScrapeJob.fromService({ name: 'web', service: webService(), endpoints: [new ScrapeEndpoint({ portNumber: 80 })] }))
      .toThrow("ScrapeJob 'web': endpoint '80' names port number 80, and the targets of Service 'web' have 'http (8080)' and 'metrics (9090)'");
  });

  test('labels choose several, in all namespaces or in those that are named', () => {
    expect(ScrapeJob.fromService({ name: 'web', labels: { app: 'web' } })._discovery).toEqual({ kind: 'service', labels: { app: 'web' }, namespaces: undefined });
    expect(ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, namespaces: ['a', 'b'] })._discovery).toMatchObject({ namespaces: ['a', 'b'] });
  });

  test('labels that it carries may be said', () => {
    expect(ScrapeJob.fromService({ name: 'web', service: webService(), labels: { app: 'web' }, endpoints: http })._discovery).toMatchObject({ labels: { app: 'web' } });
  });

  test.each<[string, Partial<ServiceScrapeProps>, string]>([
    ['a port that it lacks', { service: webService(), endpoints: [new ScrapeEndpoint({ port: 'metric' })] },
      "endpoint 'metric' names port 'metric', and Service 'web' has 'http (8080)' and 'metrics (9090)', did you mean 'metrics'?"],
    ['several ports without a choice', { service: webService() }, "Service 'web' has 2 ports ('http (8080)' and 'metrics (9090)'); say by 'endpoints' which to scrape"],
    ['a label that it lacks', { service: webService(), labels: { ap: 'web' } }, "labels ask for ap=web, and Service 'web' carries no label 'ap', did you mean 'app'?; leave 'labels' out"],
    ['a label of another value', { service: webService(), labels: { app: 'api' } }, "labels ask for app=api, and Service 'web' carries app=web; leave 'labels' out"],
    ['a namespace that it is not in', { service: webService(), namespaces: ['other'] }, "namespaces are 'other', and Service 'web' is in 'shop'; leave 'namespaces' out"],
    ['neither Service nor labels', {}, "neither 'service' nor 'labels' is given, so every Service would be scraped; name the labels of those to scrape"],
    ['no label', { labels: {} }, "neither 'service' nor 'labels' is given"],
    ['no namespace', { labels: { app: 'web' }, namespaces: [] }, 'namespaces is empty, so nothing would be found; leave it out for all namespaces'],
    ['no name of a namespace', { labels: { app: 'web' }, namespaces: ['Shop'] }, "namespaces[0]: 'Shop' is not the name of a namespace; use at most 63 lower-case letters, digits and dashes, a letter or digit first and last"],
    ['no label of Kubernetes', { labels: { 'a b': 'web' } }, "labels: 'a b' is not the key of a Kubernetes label; write it as 'app.kubernetes.io/name'"],
    ['no label to copy', { labels: { app: 'web' }, copyLabels: [''] }, "copyLabels[0]: '' is not the key of a Kubernetes label"],
    ['a copied label of the contract', { labels: { app: 'web' }, copyLabels: ['instance'] }, "copyLabels names 'instance', which would take the place of the target's own"],
    ['a condition that it does not meet', { service: webService(), labelExpressions: [LabelExpression.notIn('tier', 'front', 'back')] },
      "labelExpressions ask for 'tier notin (front, back)', and Service 'web' carries tier=front; leave 'labelExpressions' out"],
    ['a condition on a label that it lacks', { service: webService(), labelExpressions: [LabelExpression.exists('tiers')] },
      "labelExpressions ask for 'tiers', and Service 'web' carries no label 'tiers', did you mean 'tier'?; leave 'labelExpressions' out"],
    ['labels of a namespace that is known', { service: webService(), namespaceLabels: { team: 'x' } }, "got 'namespaceLabels', and the namespace of Service 'web' is known; leave it out"],
    ['a Service twice', { service: webService(), serviceName: 'web' }, "got 'service' and 'serviceName'; a Service of the app is named by 'service' alone"],
    ['no name of a Service', { serviceName: 'web.shop.svc' },
      "serviceName: 'web.shop.svc' is not the name of a Service; use at most 63 lower-case letters, digits and dashes, a letter first, and name its namespace by 'namespaces'"],
    ['namespaces that exclude each other', { labels: { app: 'web' }, namespaces: ['a'], namespaceExpressions: [LabelExpression.in('kubernetes.io/metadata.name', 'b')] },
      "'namespaces', 'namespaceLabels' and 'namespaceExpressions' leave no namespace; each has to hold"],
    ['a namespace without a name', { labels: { app: 'web' }, namespaceExpressions: [LabelExpression.doesNotExist('kubernetes.io/metadata.name')] },
      "'namespaces', 'namespaceLabels' and 'namespaceExpressions' leave no namespace"],
    ['no label of a namespace', { labels: { app: 'web' }, namespaceLabels: { 'a b': 'x' } }, "namespaceLabels: 'a b' is not the key of a Kubernetes label"],
    ['no value of a label of a namespace', { labels: { app: 'web' }, namespaceLabels: { team: 'a b' } }, "namespaceLabels['team']: 'a b' is not the value of a Kubernetes label"],
    ['a label of the node that is another\'s', { labels: { app: 'web' }, copyLabels: ['topology.io/zone'], copyNodeLabels: ['topology_io_zone'] },
      "copyNodeLabels names 'topology_io_zone', and copyLabels 'topology.io/zone', which become one label; copy one of them by a relabeling to another name"],
    ['a copied label of the node that is of the contract', { labels: { app: 'web' }, copyNodeLabels: ['node'] }, "copyNodeLabels names 'node', which would take the place of the target's own"],
    ['labels of nodes that are not attached', { labels: { app: 'web' }, copyNodeLabels: ['zone'], attachNodeMetadata: false }, "got 'copyNodeLabels' with attachNodeMetadata: false; leave 'attachNodeMetadata' out"],
    ['no label for the job', { labels: { app: 'web' }, jobLabel: 'a b' }, "jobLabel: 'a b' is not the key of a Kubernetes label"],
    ['a pattern that no port matches', { service: webService(), endpoints: [new ScrapeEndpoint({ portPattern: 'metrics-.*' })] },
      "no port of Service 'web' matches portPattern 'metrics-.*' of endpoint 'metrics-.*', it has 'http (8080)' and 'metrics (9090)'; write one that matches"],
    ['patterns that match one port', { service: webService(), endpoints: [new ScrapeEndpoint({ portPattern: 'm.*' }), new ScrapeEndpoint({ port: 'metrics' })] },
      "endpoints 'm.*' and 'metrics' both scrape 'metrics'; narrow one of them, or tell them apart by path or relabelings"],
    ['no endpoint', { labels: { app: 'web' }, endpoints: [] }, 'endpoints is empty; name at least one ScrapeEndpoint, or leave it out for the default'],
    ['two endpoints of one name', { labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ name: 'a', port: 'a' }), new ScrapeEndpoint({ name: 'a', port: 'b' })] },
      "two endpoints are called 'a'; give one of them another 'name'"],
    ['endpoints that cannot be told apart', { labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'a' }), new ScrapeEndpoint({ name: 'b', port: 'a' })] },
      "endpoints 'a' and 'b' give targets with equal labels; tell them apart by port, path or relabelings"],
  ])('refuses %s', (_, props, message) => {
    expect(() => ScrapeJob.fromService({ name: 'web', ...props })).toThrow(`ScrapeJob 'web': ${message}`);
  });

  test('of any app is named by its name', () => {
    expect(ScrapeJob.fromService({ name: 'dns', serviceName: 'kube-dns', namespaces: ['kube-system'], endpoints: http })._discovery)
      .toEqual({ kind: 'service', serviceName: 'kube-dns', labels: {}, namespaces: ['kube-system'] });
  });

  test('conditions on the name of a namespace become names', () => {
    const key = 'kubernetes.io/metadata.name';
    const of = (props: NamespaceSelectionProps & { readonly namespaces?: string[] }) => ({
      exceptNamespaces: undefined, namespaceSelection: undefined, ...ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, ...props })._discovery,
    });
    expect(of({ namespaceLabels: { [key]: 'a' } })).toMatchObject({ namespaces: ['a'], exceptNamespaces: undefined, namespaceSelection: undefined });
    expect(of({ namespaceExpressions: [LabelExpression.in(key, 'a', 'b', 'c'), LabelExpression.notIn(key, 'b')], namespaces: ['b', 'c', 'd'] })).toMatchObject({ namespaces: ['c'], exceptNamespaces: undefined });
    expect(of({ namespaceExpressions: [LabelExpression.notIn(key, 'kube-system', 'default'), LabelExpression.exists(key)] }))
      .toMatchObject({ namespaces: undefined, exceptNamespaces: ['kube-system', 'default'], namespaceSelection: undefined });
  });

  test('ports by a pattern', () => {
    expect(ScrapeJob.fromService({ name: 'web', service: webService(), endpoints: [new ScrapeEndpoint({ portPattern: 'm.*|http' })] }).endpoints[0]).toMatchObject({ name: 'm.*|http', port: undefined });
  });

  test('one port twice is fine when relabelings tell the endpoints apart', () => {
    const relabelings = [Relabeling.replace({ targetLabel: 'view', replacement: 'b' })];
    const endpoints = [new ScrapeEndpoint({ port: 'a' }), new ScrapeEndpoint({ name: 'b', port: 'a', relabelings })];
    expect(() => ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints })).not.toThrow();
  });
});

describe('from Pods', () => {
  test('takes those of a workload, in its namespace', () => {
    const job = ScrapeJob.fromPods({ name: 'web', pods: webDeployment(), endpoints: http });
    expect(job._discovery).toMatchObject({ kind: 'pods', namespaces: ['shop'], labels: { 'cdk8s.io/metadata.addr': expect.any(String) } });
  });

  test('takes those of a selection', () => {
    const pods = Pods.select(chartOf('shop'), 'pods', { labels: { app: 'web' } });
    expect(ScrapeJob.fromPods({ name: 'web', pods, labels: { tier: 'front' } })._discovery).toEqual({ kind: 'pods', labels: { app: 'web', tier: 'front' }, namespaces: undefined });
  });

  test('takes namespaces of a selection that are in both', () => {
    const chart = chartOf('shop');
    const pods: IPodSelector = Pods.select(chart, 'pods', { labels: { app: 'web' }, namespaces: Namespaces.select(chart, 'namespaces', { names: ['a', 'b'] }) });
    expect(ScrapeJob.fromPods({ name: 'web', pods, namespaces: ['b', 'c'], endpoints: http })._discovery).toMatchObject({ namespaces: ['b'] });
  });

  test('takes the namespaces of a workload that could be in any', () => {
    const pods = webDeployment(chartOf());
    expect(ScrapeJob.fromPods({ name: 'web', pods, namespaces: ['a'], endpoints: http })._discovery).toMatchObject({ namespaces: ['a'] });
  });

  test.each<[string, Partial<PodScrapeProps>, string]>([
    ['a port that they lack', { pods: webDeployment(), endpoints: [new ScrapeEndpoint({ port: 'htp' })] },
      "endpoint 'htp' names port 'htp', and 'test/web' has 'http (8080)' and 'metrics (9090)', did you mean 'http'?"],
    ['several ports without a choice', { pods: webDeployment() }, "'test/web' has 2 ports ('http (8080)' and 'metrics (9090)'); say by 'endpoints' which to scrape"],
    ['a number as a name', { labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: '2020' })] },
      "ScrapeJob 'web': endpoint '2020': '2020' is not the name of a container's port, which has at most 15 characters, one of them a letter, and no '--'; a number goes into 'portNumber'"],
    ['a name that is too long', { labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'prometheus-metrics' })] }, "'prometheus-metrics' is not the name of a container's port"],
    ['a name with two dashes', { labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'a--b' })] }, "'a--b' is not the name of a container's port"],
    ['a namespace that they are not in', { pods: webDeployment(), namespaces: ['other'] }, "namespaces are 'other', and 'test/web' is in 'shop'; leave 'namespaces' out"],
    ['labels of a namespace that is known', { pods: webDeployment(), namespaceExpressions: [LabelExpression.exists('a')] },
      "got 'namespaceExpressions', and the namespace of 'test/web' is known; leave it out"],
    ['neither Pods nor labels', {}, "neither 'pods' nor 'labels' is given, so every Pod would be scraped; name the labels of those to scrape"],
  ])('refuses %s', (_, props, message) => {
    expect(() => ScrapeJob.fromPods({ name: 'web', ...props })).toThrow(message);
  });
});

describe('from nodes', () => {
  test('takes all', () => {
    expect(ScrapeJob.fromNodes({ name: 'kubelet' })._discovery).toEqual({ kind: 'nodes', labels: {}, targetLabels: {}, portName: undefined });
  });

  test('refuses ports by name', () => {
    expect(() => ScrapeJob.fromNodes({ name: 'kubelet', endpoints: http }))
      .toThrow("ScrapeJob 'kubelet': endpoint 'http' names port 'http'; nodes have no named ports, use 'portNumber'");
    expect(() => ScrapeJob.fromNodes({ name: 'kubelet', endpoints: [new ScrapeEndpoint({ portPattern: 'h.*' })] }))
      .toThrow("ScrapeJob 'kubelet': endpoint 'h.*' names port 'h.*'; nodes have no named ports, use 'portNumber'");
  });
});

describe('from static targets', () => {
  test.each(['db1:9104', '192.0.2.1:9104', '[2001:db8::1]:9104', 'a.b.example.com:1', 'my_db:9104'])('takes %s', (target) => {
    expect(ScrapeJob.fromStaticTargets({ name: 'db', targets: [target] })._discovery).toMatchObject({ kind: 'static', groups: [{ targets: [target] }] });
  });

  test('takes groups with labels of their own', () => {
    const groups: StaticTargetGroup[] = [{ targets: ['a:1', 'b:1'], labels: { env: 'prod' } }, { targets: ['a:1'], labels: { instance: 'c', rack: 'r2' } }];
    expect(ScrapeJob.fromStaticTargets({ name: 'db', groups, targetLabels: { rack: 'r1' } })._discovery).toEqual({
      kind: 'static', groups: [{ targets: ['a:1', 'b:1'], labels: { rack: 'r1', env: 'prod' } }, { targets: ['a:1'], labels: { rack: 'r2', instance: 'c' } }],
    });
  });

  test.each<[string, StaticScrapeProps, string]>([
    ['neither targets nor groups', { name: 'db' }, "neither 'targets' nor 'groups' is given; name the targets by one of them"],
    ['no group', { name: 'db', groups: [] }, 'groups is empty; name at least one'],
    ['a group without targets', { name: 'db', groups: [{ targets: [] }] }, 'groups[0]: targets is empty; name at least one'],
    ['a target of a group without a port', { name: 'db', groups: [{ targets: ['a'] }] }, "groups[0]: targets: 'a' is not host:port"],
    ['a target of two groups', { name: 'db', groups: [{ targets: ['a:1'] }, { targets: ['a:1'] }] }, "target 'a:1' exists twice"],
    ['an instance of two targets', { name: 'db', groups: [{ targets: ['a:1', 'b:1'], labels: { instance: 'c' } }] }, "targets 'a:1' and 'b:1' have the same labels, 'instance' included"],
    ['the label job in a group', { name: 'db', groups: [{ targets: ['a:1'], labels: { job: 'x' } }] }, "labels: 'job' is a label that the library sets"],
  ])('refuses %s', (_, props, message) => {
    expect(() => ScrapeJob.fromStaticTargets(props)).toThrow(message);
  });

  test.each<[string, Partial<StaticScrapeProps>, string]>([
    ['none', { targets: [] }, 'targets is empty; name at least one'],
    ['one twice', { targets: ['a:1', 'a:1'] }, "target 'a:1' exists twice; two targets with equal labels overwrite each other"],
    ['one without port', { targets: ['db1'] }, "targets: 'db1' is not host:port; write it as 'host.example.org:1234', IPv6 as '[2001:db8::1]:1234', without a scheme or a path"],
    ['a URL', { targets: ['http://db1:9104/metrics'] }, "targets: 'http://db1:9104/metrics' is not host:port"],
    ['a bare IPv6 address', { targets: ['2001:db8::1'] }, "targets: '2001:db8::1' is not host:port"],
    ['a port out of range', { targets: ['db1:99999'] }, "targets: 'db1:99999' has port 99999, which is not a port number; use 1 to 65535"],
    ['a port of the endpoint', { endpoints: [new ScrapeEndpoint({ portNumber: 80 })] }, "endpoint '80' names a port; a static target carries its own, as in 'db1:9104'"],
    ['ports by a pattern', { endpoints: [new ScrapeEndpoint({ portPattern: 'a' })] }, "endpoint 'a' names a port"],
    ['the label job', { targetLabels: { job: 'x' } }, "targetLabels: 'job' is a label that the library sets; leave it out, the job's name is 'name'"],
    ['no label name', { targetLabels: { '': 'x' } }, "targetLabels: '' is not a label name"],
  ])('refuses %s', (_, props, message) => {
    expect(() => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['a:1'], ...props })).toThrow(`ScrapeJob 'db': ${message}`);
  });
});

describe('probes', () => {
  const options = { name: 'sites', prober, module: 'http_2xx' };

  test('ask the prober whether it has the module', () => {
    expect(() => ScrapeJob.fromProbes({ ...options, module: 'x' })).toThrow("prober: no module 'x'");
    expect(() => ScrapeJob.fromIngresses({ ...options, module: 'x' })).toThrow("prober: no module 'x'");
  });

  test('go to path and scheme of the prober', () => {
    const job = ScrapeJob.fromProbes({ ...options, prober: { ...prober, proberScheme: Scheme.HTTPS, proberPath: '/p' } });
    expect(job.endpoints[0]).toMatchObject({ name: 'probe', path: '/p', scheme: Scheme.HTTPS });
  });

  test.each<[string, () => ScrapeJob, string]>([
    ['targets and a selection', () => ScrapeJob.fromProbes({ ...options, targets: ['a'], labels: { a: 'b' } }), "got 'targets' together with a selection of Services; make a job of each"],
    ['targets and a Service', () => ScrapeJob.fromProbes({ ...options, targets: ['a'], service: webService() }), "got 'targets' together with a selection of Services"],
    ['a Service and annotations', () => ScrapeJob.fromProbes({ ...options, service: webService(), annotationPrefix: 'x' }), "got 'service' and 'annotationPrefix'"],
    ['a port that the Service lacks', () => ScrapeJob.fromProbes({ ...options, service: webService(), port: 'htp' }),
      "port 'htp' is to be probed, and Service 'web' has 'http' and 'metrics', did you mean 'http'?"],
    ['no name of a port', () => ScrapeJob.fromProbes({ ...options, labels: {}, port: '8080/tcp' }), "port: '8080/tcp' is not a port name"],
    ['no target', () => ScrapeJob.fromProbes({ ...options, targets: [] }), 'targets is empty'],
    ['a target twice', () => ScrapeJob.fromProbes({ ...options, targets: ['a', 'a'] }), "target 'a' exists twice"],
    ['labels and annotations', () => ScrapeJob.fromProbes({ ...options, labels: { a: 'b' }, annotationPrefix: 'x' }), "got 'labels' and 'annotationPrefix'; things to probe are selected by one of them"],
    ['a prefix with a slash', () => ScrapeJob.fromIngresses({ ...options, annotationPrefix: 'x/' }), "annotationPrefix: 'x/' is not the prefix of an annotation; write it as a DNS name such as 'prometheus.io', without a slash"],
    ['no namespace', () => ScrapeJob.fromIngresses({ ...options, namespaces: [] }), 'namespaces is empty'],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(`ScrapeJob 'sites': ${message}`);
  });
});

describe('by annotations', () => {
  test('have names of their own', () => {
    expect([ScrapeJob.fromAnnotatedPods().name, ScrapeJob.fromAnnotatedServices().name]).toEqual(['annotated-pods', 'annotated-services']);
    expect(ScrapeJob.fromAnnotatedPods()._discovery).toEqual({ kind: 'annotated-pods', annotationPrefix: 'prometheus.io', namespaces: undefined });
  });

  test('a port of Pods can be one of a container', () => {
    const endpoint = new ScrapeEndpoint({ port: '2020' });
    expect(() => ScrapeJob.fromAnnotatedPods({ endpoint })).toThrow("ScrapeJob 'annotated-pods': endpoint '2020': '2020' is not the name of a container's port");
    expect(() => ScrapeJob.fromAnnotatedServices({ endpoint })).not.toThrow();
  });

  test('the prefix is without slash', () => {
    expect(() => ScrapeJob.fromAnnotatedPods({ annotationPrefix: 'prometheus.io/' })).toThrow("ScrapeJob: annotationPrefix: 'prometheus.io/' is not the prefix of an annotation");
  });
});

describe('raw', () => {
  test('takes what there is', () => {
    expect(ScrapeJob.raw('mine', { job_name: 'mine', static_configs: [] })._discovery).toEqual({ kind: 'raw', config: { static_configs: [] }, files: [] });
  });

  test.each(['scrape_intervall', 'kubernetes_sd_config', 'relabel_config', 'metric_path', 'labels_limit'])('%s is a slip of the pen', (key) => {
    expect(() => ScrapeJob.raw('mine', { [key]: 1 })).toThrow(`ScrapeJob.raw('mine'): an unknown key '${key}', did you mean '`);
  });

  test('knows all keys of the newest Prometheus, and no other', () => {
    expect(() => ScrapeJob.raw('mine', { ec2_sd_configs: [], extra_scrape_metrics: true })).not.toThrow();
    expect(() => ScrapeJob.raw('mine', { something_brand_new_in_prometheus: true })).toThrow("ScrapeJob.raw('mine'): an unknown key 'something_brand_new_in_prometheus';");
  });

  test('has one name', () => {
    expect(() => ScrapeJob.raw('mine', { job_name: 'other' })).toThrow("ScrapeJob.raw('mine'): its job_name is 'other'; leave job_name out or make both the same");
  });
});

test.each(['', ' a', 'a ', 'a"b', "a'b", 'a`b', 'a\\b', 'a{b', 'a}b', '$a', 'a\nb', 'a\u200b'])('%j is not a name', (name) => {
  expect(() => ScrapeJob.fromNodes({ name })).toThrow(`ScrapeJob '${visible(name)}': name: '${visible(name)}' is not the name of a scrape job; use at least one character, no quotes`);
});

test.each(['integrations/node_exporter', 'Linux Servers', 'job_', 'a:b', 'überwachung', '日本', '-a', 'a', 'a (b) + c'])('%s is a name', (name) => {
  expect(ScrapeJob.raw(name, { static_configs: [] }).name).toBe(name);
});

test.each(['sampleLimit', 'targetLimit', 'labelLimit', 'labelNameLengthLimit', 'labelValueLengthLimit', 'keepDroppedTargets'])('%s is above zero', (limit) => {
  expect(() => ScrapeJob.fromNodes({ name: 'a', [limit]: 0 })).toThrow(`ScrapeJob 'a': ${limit}: 0 is not a whole number above 0; leave it out for no limit`);
});

test('bodySizeLimit is above zero', () => {
  expect(() => ScrapeJob.fromNodes({ name: 'a', bodySizeLimit: Size.kibibytes(0) })).toThrow("ScrapeJob 'a': bodySizeLimit: a size of zero holds nothing; leave it out");
});

describe('every prop reaches the job', () => {
  const limits: Required<ScrapeJobOptions> = {
    name: 'all', sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, bodySizeLimit: Size.mebibytes(6), keepDroppedTargets: 7,
  };
  const { name: _name, ...bounds } = limits;
  const endpoints = http;
  const probing = { prober, module: 'http_2xx' };

  const labelExpressions = [LabelExpression.exists('app')];
  const ofNamespaces: Required<NamespaceSelectionProps> = { namespaceLabels: { team: 'x' }, namespaceExpressions: [LabelExpression.exists('prod')] };
  const namespaceSelection = { labels: { team: 'x' }, expressions: ofNamespaces.namespaceExpressions };
  const ofTargets: Required<TargetMetadataProps> = { copyNodeLabels: ['zone'], attachNodeMetadata: true, jobLabel: 'app' };

  function expectMetadata(job: ScrapeJob): void {
    expect([job._copyNodeLabels, job._attachesNodes, job._jobLabel]).toEqual([['zone'], true, 'app']);
  }

  function expectJob(job: ScrapeJob, discovery: object, copied: string[], endpointNames: string[]): void {
    expect(job._limits).toEqual(bounds);
    expect(job._discovery).toEqual(discovery);
    expect(job._copyLabels).toEqual(copied);
    expect(job.endpoints.map(({ name }) => name)).toEqual(endpointNames);
    expect(job.name).toBe('all');
  }

  test('from a Service', () => {
    type Props = Required<Omit<ServiceScrapeProps, 'serviceName' | keyof NamespaceSelectionProps>>;
    const props: Props = { ...limits, ...ofTargets, service: webService(), labels: { app: 'web' }, labelExpressions, namespaces: ['shop'], endpoints, copyLabels: ['team'] };
    const job = ScrapeJob.fromService(props);
    expectJob(job, { kind: 'service', serviceName: 'web', labels: { app: 'web' }, expressions: labelExpressions, namespaces: ['shop'] }, ['team'], ['http']);
    expectMetadata(job);
  });

  test('from a Service that the app does not make', () => {
    const { service: _, ...props }: Required<ServiceScrapeProps> = {
      ...limits, ...ofNamespaces, ...ofTargets, service: webService(), serviceName: 'web', labels: { app: 'web' }, labelExpressions, namespaces: ['shop'], endpoints, copyLabels: ['team'],
    };
    const discovery = { kind: 'service', serviceName: 'web', labels: { app: 'web' }, expressions: labelExpressions, namespaces: ['shop'], namespaceSelection };
    expectJob(ScrapeJob.fromService(props), discovery, ['team'], ['http']);
  });

  test('from Pods', () => {
    const props: Required<PodScrapeProps> = {
      ...limits, ...ofNamespaces, ...ofTargets, pods: Pods.select(chartOf(), 'p', { labels: { a: 'b' } }), labels: { c: 'd' }, labelExpressions, namespaces: ['a'], endpoints, copyLabels: ['team'],
    };
    const job = ScrapeJob.fromPods(props);
    expectJob(job, { kind: 'pods', labels: { a: 'b', c: 'd' }, expressions: labelExpressions, namespaces: ['a'], namespaceSelection }, ['team'], ['http']);
    expectMetadata(job);
  });

  test('from nodes', () => {
    const props: Required<NodeScrapeProps> = {
      ...limits, labels: { a: 'b' }, labelExpressions, endpoints: [new ScrapeEndpoint({ portNumber: 9100 })], portName: 'web', targetLabels: { c: 'd' }, copyLabels: ['team'],
    };
    expectJob(ScrapeJob.fromNodes(props), { kind: 'nodes', labels: { a: 'b' }, expressions: labelExpressions, targetLabels: { c: 'd' }, portName: 'web' }, ['team'], ['9100']);
  });

  test('from static targets', () => {
    const props: Required<StaticScrapeProps> = { ...limits, targets: ['a:1'], groups: [{ targets: ['b:1'], labels: { c: 'e' } }], targetLabels: { c: 'd' }, endpoints: [new ScrapeEndpoint({ name: 'x' })] };
    expectJob(ScrapeJob.fromStaticTargets(props), { kind: 'static', groups: [{ targets: ['a:1'], labels: { c: 'd' } }, { targets: ['b:1'], labels: { c: 'e' } }] }, [], ['x']);
  });

  const httpConfig: HttpConfig = { proxyUrl: 'http://proxy:3128' };

  test('from probes', () => {
    const all: Required<ProbeScrapeProps> = {
      ...limits, ...probing, ...times(), ...ofNamespaces, targets: [], service: webService(), port: 'http', targetLabels: { c: 'd' }, labels: { a: 'b' }, labelExpressions,
      namespaces: ['a'], annotationPrefix: 'x', httpConfig,
    };
    const { interval: _i, timeout: _t, relabelings: _r, targets: _targets, service: _service, annotationPrefix: _prefix, ...props } = all;
    const job = ScrapeJob.fromProbes({ ...props, ...times() });
    expectJob(job, {
      kind: 'service-probes', ...probing, port: 'http', labels: { a: 'b' }, expressions: labelExpressions, targetLabels: { c: 'd' }, namespaces: ['a'], namespaceSelection,
    }, [], ['probe']);
    expectTimes(job);
    expect(job.endpoints[0].httpConfig).toMatchObject(httpConfig);
    expect(ScrapeJob.fromProbes({ ...limits, ...probing, service: webService(), port: 'http' })._discovery)
      .toEqual({ kind: 'service-probes', ...probing, serviceName: 'web', port: 'http', labels: {}, targetLabels: {}, namespaces: ['shop'] });
    expect(ScrapeJob.fromProbes({ ...limits, ...probing, targets: ['t'], targetLabels: { c: 'd' } })._discovery)
      .toEqual({ kind: 'static-probes', ...probing, targets: ['t'], targetLabels: { c: 'd' } });
    expect(ScrapeJob.fromProbes({ ...limits, ...probing, annotationPrefix: 'x.io' })._discovery).toMatchObject({ annotationPrefix: 'x.io' });
  });

  test('from Ingresses', () => {
    const { annotationPrefix: _prefix, ...props }: Required<IngressScrapeProps> = { ...limits, ...probing, ...times(), ...ofNamespaces, labels: { a: 'b' }, labelExpressions, namespaces: ['a'], annotationPrefix: 'x', httpConfig };
    const job = ScrapeJob.fromIngresses(props);
    expect(job.endpoints[0].httpConfig).toMatchObject(httpConfig);
    expectJob(job, { kind: 'ingresses', ...probing, labels: { a: 'b' }, expressions: labelExpressions, namespaces: ['a'], namespaceSelection }, [], ['probe']);
    expectTimes(job);
    expect(ScrapeJob.fromIngresses({ ...limits, ...probing, annotationPrefix: 'x.io' })._discovery).toMatchObject({ annotationPrefix: 'x.io' });
  });

  test.each(['annotated-pods', 'annotated-services'])('%s', (kind) => {
    const props: Required<AnnotatedScrapeProps> = { ...limits, ...ofNamespaces, ...ofTargets, annotationPrefix: 'x.io', namespaces: ['a'], endpoint: new ScrapeEndpoint({ name: 'x' }), copyLabels: ['team'] };
    const job = kind === 'annotated-pods' ? ScrapeJob.fromAnnotatedPods(props) : ScrapeJob.fromAnnotatedServices(props);
    expectJob(job, { kind, annotationPrefix: 'x.io', namespaces: ['a'], namespaceSelection }, ['team'], ['x']);
    expectMetadata(job);
  });
});

function times(): Required<Pick<ProbeScrapeProps, 'interval' | 'timeout' | 'relabelings'>> {
  return { interval: Duration.minutes(2), timeout: Duration.seconds(20), relabelings: [Relabeling.labelDrop('x')] };
}

function expectTimes(job: ScrapeJob): void {
  const [endpoint] = job.endpoints;
  expect(endpoint.interval?.toSeconds()).toBe(120);
  expect(endpoint.timeout?.toSeconds()).toBe(20);
  expect(endpoint.relabelings.length).toBe(1);
}
