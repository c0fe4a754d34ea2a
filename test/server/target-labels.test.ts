import { Found, targetsOf } from './targets';
import { IProber, Relabeling, Scheme, ScrapeEndpoint, ScrapeJob } from '../../lib';

const prober: IProber = { proberAddress: 'blackbox.monitoring.svc:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };

/** A ready Pod behind a Service, as the role endpointslice finds it. */
const slice: Found = {
  address: '10.0.0.1:8080',
  meta: {
    namespace: 'shop', service_name: 'web', service_label_app: 'web', service_label_team: 'a',
    endpointslice_port_name: 'http', endpointslice_port: '8080', endpointslice_endpoint_node_name: 'node1',
    endpointslice_address_target_kind: 'Pod', endpointslice_address_target_name: 'web-0',
    pod_name: 'web-0', pod_container_name: 'app', pod_node_name: 'node1', pod_phase: 'Running',
  },
};

const pod: Found = {
  address: '10.0.0.1:8080',
  meta: {
    namespace: 'shop', pod_name: 'web-0', pod_label_app: 'web', pod_label_team: 'a', pod_node_name: 'node1', pod_phase: 'Running',
    pod_container_name: 'app', pod_container_port_name: 'http', pod_container_port_number: '8080', pod_container_init: 'false',
  },
};

const node: Found = { address: '192.0.2.1:10250', meta: { node_name: 'node1', node_label_role: 'worker' } };

function but(found: Found, meta: Found['meta'], address: string = found.address): Found {
  return { address, meta: { ...found.meta, ...meta } };
}

describe('Services', () => {
  const job = ScrapeJob.fromService({ name: 'shop', labels: { app: 'web' }, copyLabels: ['team'], endpoints: [new ScrapeEndpoint({ port: 'http' })] });

  test.concurrent('carry the labels of the contract', async () => {
    expect(await targetsOf(job, 'http', [slice])).toEqual([{
      __address__: '10.0.0.1:8080', container: 'app', endpoint: 'http', instance: '10.0.0.1:8080', job: 'shop', namespace: 'shop',
      node: 'node1', pod: 'web-0', service: 'web', team: 'a',
    }]);
  });

  test.concurrent('other Services, other ports and Pods that are done are no targets', async () => {
    expect(await targetsOf(job, 'http', [
      but(slice, { service_label_app: 'other' }, '10.0.0.2:8080'),
      but(slice, { endpointslice_port_name: 'admin' }, '10.0.0.3:8080'),
      but(slice, { pod_phase: 'Succeeded' }, '10.0.0.4:8080'),
      but(slice, { pod_phase: 'Failed' }, '10.0.0.5:8080'),
    ])).toEqual([]);
  });

  test.concurrent('addresses that are nodes and no Pods carry the node', async () => {
    const [target] = await targetsOf(job, 'http', [{
      address: '192.0.2.1:8080',
      meta: {
        namespace: 'shop', service_name: 'web', service_label_app: 'web', endpointslice_port_name: 'http',
        endpointslice_address_target_kind: 'Node', endpointslice_address_target_name: 'node9',
      },
    }]);
    expect(target).toEqual({
      __address__: '192.0.2.1:8080', endpoint: 'http', instance: '192.0.2.1:8080', job: 'shop', namespace: 'shop', node: 'node9', service: 'web',
    });
  });

  test.concurrent('a port by number is that of the target', async () => {
    const byNumber = ScrapeJob.fromService({ name: 'shop', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] });
    const targets = await targetsOf(byNumber, '8080', [slice, but(slice, { endpointslice_port: '80801' }, '10.0.0.2:80801')]);
    expect(targets.map(({ instance, endpoint }) => [instance, endpoint])).toEqual([['10.0.0.1:8080', '8080']]);
  });

  test.concurrent('without a port each of the Service is taken, none that only a container has', async () => {
    const any = ScrapeJob.fromService({ name: 'shop', labels: { app: 'web' } });
    const { endpointslice_port_name: _name, endpointslice_port: _port, ...extra } = slice.meta ?? {};
    const targets = await targetsOf(any, 'metrics', [slice, { address: '10.0.0.1:9999', meta: extra }]);
    expect(targets.map(({ instance, endpoint }) => [instance, endpoint])).toEqual([['10.0.0.1:8080', 'http']]);
  });

  test.concurrent('several paths are told apart', async () => {
    const two = ScrapeJob.fromService({
      name: 'shop', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http' }), new ScrapeEndpoint({ port: 'http', path: '/slis' })],
    });
    expect((await targetsOf(two, 'http', [slice]))[0]).toMatchObject({ metrics_path: '/metrics', instance: '10.0.0.1:8080' });
    expect((await targetsOf(two, 'http-slis', [slice]))[0]).toMatchObject({ __metrics_path__: '/slis', metrics_path: '/slis', instance: '10.0.0.1:8080' });
  });

  test.concurrent('no relabeling of a user takes the job from its name', async () => {
    const relabelings = [Relabeling.replace({ targetLabel: 'job', replacement: 'mine' }), Relabeling.replace({ targetLabel: 'tier', replacement: 'front' })];
    const changed = ScrapeJob.fromService({ name: 'shop', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', relabelings })] });
    expect((await targetsOf(changed, 'http', [slice]))[0]).toMatchObject({ job: 'shop', tier: 'front' });
  });
});

describe('Pods', () => {
  const job = ScrapeJob.fromPods({ name: 'shop', labels: { app: 'web' }, copyLabels: ['team'], endpoints: [new ScrapeEndpoint({ port: 'http' })] });

  test.concurrent('carry the labels of the contract', async () => {
    expect(await targetsOf(job, 'http', [pod])).toEqual([{
      __address__: '10.0.0.1:8080', container: 'app', endpoint: 'http', instance: '10.0.0.1:8080', job: 'shop', namespace: 'shop',
      node: 'node1', pod: 'web-0', team: 'a',
    }]);
  });

  test.concurrent('other Pods, other ports and Pods that are done are no targets', async () => {
    expect(await targetsOf(job, 'http', [
      but(pod, { pod_label_app: 'other' }, '10.0.0.2:8080'),
      but(pod, { pod_container_port_name: 'admin' }, '10.0.0.3:8080'),
      but(pod, { pod_phase: 'Succeeded' }, '10.0.0.5:8080'),
    ])).toEqual([]);
  });

  test.concurrent('init containers, which may be sidecars, are targets by the name of a port alone', async () => {
    const sidecar = but(pod, { pod_container_init: 'true' }, '10.0.0.4:8080');
    const at = (endpoint?: ScrapeEndpoint) => ScrapeJob.fromPods({ name: 'shop', labels: { app: 'web' }, endpoints: endpoint === undefined ? undefined : [endpoint] });
    expect((await targetsOf(at(new ScrapeEndpoint({ port: 'http' })), 'http', [sidecar])).map(({ instance }) => instance)).toEqual(['10.0.0.4:8080']);
    expect((await targetsOf(at(new ScrapeEndpoint({ portPattern: 'h.*' })), 'h.*', [sidecar])).map(({ instance }) => instance)).toEqual(['10.0.0.4:8080']);
    expect(await targetsOf(at(), 'metrics', [sidecar])).toEqual([]);
    expect(await targetsOf(at(new ScrapeEndpoint({ portNumber: 8080 })), '8080', [sidecar])).toEqual([]);
  });

  test.concurrent('a port by number need not be declared, and is one target of a Pod with several', async () => {
    const byNumber = ScrapeJob.fromPods({ name: 'shop', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ portNumber: 9000 })] });
    const { pod_container_port_name: _name, pod_container_port_number: _number, ...bare } = pod.meta ?? {};
    const targets = await targetsOf(byNumber, '9000', [
      pod, but(pod, { pod_container_port_name: 'admin', pod_container_name: 'sidecar' }, '10.0.0.1:8081'), { address: '10.0.0.1', meta: bare },
    ]);
    expect(new Set(targets.map((target) => JSON.stringify(target))).size).toBe(1);
    expect(targets[0]).toEqual({
      __address__: '10.0.0.1:9000', __tmp_port: '9000', endpoint: '9000', instance: '10.0.0.1:9000', job: 'shop', namespace: 'shop', node: 'node1', pod: 'web-0',
    });
  });

  test.concurrent('IPv6 addresses keep or get their brackets', async () => {
    const byNumber = ScrapeJob.fromPods({ name: 'shop', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ portNumber: 9000 })] });
    const targets = await targetsOf(byNumber, '9000', [{ ...pod, address: '[2001:db8::1]:8080' }, { ...pod, address: '2001:db8::2' }]);
    expect(targets.map(({ instance }) => instance)).toEqual(['[2001:db8::1]:9000', '[2001:db8::2]:9000']);
  });
});

describe('nodes', () => {
  test.concurrent('carry the labels of the contract', async () => {
    const job = ScrapeJob.fromNodes({
      name: 'kubelet', portName: 'https-metrics', targetLabels: { namespace: 'kube-system', service: 'kubelet' }, copyLabels: ['role'],
    });
    expect(await targetsOf(job, 'metrics', [node])).toEqual([{
      __address__: '192.0.2.1:10250', endpoint: 'https-metrics', instance: '192.0.2.1:10250', job: 'kubelet', namespace: 'kube-system',
      node: 'node1', role: 'worker', service: 'kubelet',
    }]);
  });

  test.concurrent('are chosen by labels and scraped at another port', async () => {
    const job = ScrapeJob.fromNodes({ name: 'disks', labels: { role: 'worker' }, endpoints: [new ScrapeEndpoint({ portNumber: 9633 })] });
    const targets = await targetsOf(job, '9633', [node, but(node, { node_label_role: 'infra', node_name: 'node2' }, '192.0.2.2:10250')]);
    expect(targets).toEqual([{
      __address__: '192.0.2.1:9633', __tmp_port: '9633', endpoint: '9633', instance: '192.0.2.1:9633', job: 'disks', node: 'node1',
    }]);
  });
});

test.concurrent('static targets carry their labels', async () => {
  const job = ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db1:9104', '[2001:db8::1]:9104'], targetLabels: { site: 'north' } });
  expect(await targetsOf(job, 'metrics', [])).toEqual([
    { __address__: '[2001:db8::1]:9104', instance: '[2001:db8::1]:9104', job: 'db', site: 'north' },
    { __address__: 'db1:9104', instance: 'db1:9104', job: 'db', site: 'north' },
  ]);
});

describe('probes', () => {
  test.concurrent('of addresses name them to the prober', async () => {
    const job = ScrapeJob.fromProbes({ name: 'sites', prober, module: 'http_2xx', targets: ['https://example.com/'], targetLabels: { team: 'web' } });
    expect(await targetsOf(job, 'probe', [])).toEqual([{
      __address__: 'blackbox.monitoring.svc:9115', __metrics_path__: '/probe', __param_module: 'http_2xx', __param_target: 'https://example.com/',
      instance: 'https://example.com/', job: 'sites', module: 'http_2xx', team: 'web',
    }]);
  });

  const service: Found = { address: 'web.shop.svc:80', meta: { namespace: 'shop', service_name: 'web', service_port_name: 'http', service_label_probe: 'yes' } };

  test.concurrent('of Services go to those that are annotated', async () => {
    const job = ScrapeJob.fromProbes({ name: 'services', prober, module: 'tcp' });
    const annotated = but(service, { service_annotation_prometheus_io_probe: 'true' });
    expect(await targetsOf(job, 'probe', [annotated, but(service, {}, 'other.shop.svc:80')])).toEqual([{
      __address__: 'blackbox.monitoring.svc:9115', __metrics_path__: '/probe', __param_module: 'tcp', __param_target: 'web.shop.svc:80',
      endpoint: 'http', instance: 'web.shop.svc:80', job: 'services', module: 'tcp', namespace: 'shop', service: 'web',
    }]);
  });

  test.concurrent('of Services go to those that carry the labels', async () => {
    const job = ScrapeJob.fromProbes({ name: 'services', prober, module: 'tcp', labels: { probe: 'yes' }, targetLabels: { team: 'web' } });
    const targets = await targetsOf(job, 'probe', [service, but(service, { service_label_probe: 'no' }, 'other.shop.svc:80')]);
    expect(targets.map(({ instance, team }) => [instance, team])).toEqual([['web.shop.svc:80', 'web']]);
  });

  const ingress: Found = {
    address: 'shop.example.com',
    meta: { namespace: 'shop', ingress_name: 'web', ingress_label_probe: 'yes', ingress_scheme: 'https', ingress_host: 'shop.example.com', ingress_path: '/cart' },
  };

  test.concurrent('of Ingresses go to scheme, host and path of those that are annotated', async () => {
    const job = ScrapeJob.fromIngresses({ name: 'ingresses', prober, module: 'http_2xx' });
    expect(await targetsOf(job, 'probe', [but(ingress, { ingress_annotation_prometheus_io_probe: 'true' }), but(ingress, {}, 'other.example.com')])).toEqual([{
      __address__: 'blackbox.monitoring.svc:9115', __metrics_path__: '/probe', __param_module: 'http_2xx', __param_target: 'https://shop.example.com/cart',
      ingress: 'web', instance: 'https://shop.example.com/cart', job: 'ingresses', module: 'http_2xx', namespace: 'shop',
    }]);
  });

  test.concurrent('of Ingresses go to those that carry the labels', async () => {
    const job = ScrapeJob.fromIngresses({ name: 'ingresses', prober, module: 'http_2xx', labels: { probe: 'yes' } });
    const targets = await targetsOf(job, 'probe', [ingress, but(ingress, { ingress_label_probe: 'no' }, 'other.example.com')]);
    expect(targets.map(({ instance }) => instance)).toEqual(['https://shop.example.com/cart']);
  });
});

describe('annotated Pods', () => {
  const asks = { pod_annotation_prometheus_io_scrape: 'true' };

  test.concurrent('are scraped at each declared port', async () => {
    expect(await targetsOf(ScrapeJob.fromAnnotatedPods({ copyLabels: ['team'] }), 'metrics', [but(pod, asks), but(pod, {}, '10.0.0.2:8080')])).toEqual([{
      __address__: '10.0.0.1:8080', container: 'app', endpoint: 'http', instance: '10.0.0.1:8080', job: 'annotated-pods', namespace: 'shop',
      node: 'node1', pod: 'web-0', team: 'a',
    }]);
  });

  test.concurrent('say port, path and scheme, and are one target then', async () => {
    const said = { ...asks, pod_annotation_prometheus_io_port: '9000', pod_annotation_prometheus_io_path: '/stats', pod_annotation_prometheus_io_scheme: 'https' };
    const targets = await targetsOf(ScrapeJob.fromAnnotatedPods(), 'metrics', [but(pod, said), but(pod, { ...said, pod_container_port_name: 'admin' }, '10.0.0.1:8081')]);
    expect(new Set(targets.map((target) => JSON.stringify(target))).size).toBe(1);
    expect(targets[0]).toEqual({
      __address__: '10.0.0.1:9000', __metrics_path__: '/stats', __scheme__: 'https', instance: '10.0.0.1:9000', job: 'annotated-pods',
      namespace: 'shop', node: 'node1', pod: 'web-0',
    });
  });

  test.concurrent('ask by another prefix', async () => {
    const job = ScrapeJob.fromAnnotatedPods({ name: 'apps', annotationPrefix: 'metrics.example.com' });
    const targets = await targetsOf(job, 'metrics', [but(pod, { pod_annotation_metrics_example_com_scrape: 'true' }), but(pod, asks, '10.0.0.2:8080')]);
    expect(targets.map(({ instance, job: name }) => [instance, name])).toEqual([['10.0.0.1:8080', 'apps']]);
  });
});

describe('an annotated job whose endpoint names a port', () => {
  const asks = { pod_annotation_prometheus_io_scrape: 'true' };
  const says = { ...asks, pod_annotation_prometheus_io_port: '9000' };
  const admin = { pod_container_port_name: 'admin' };

  test.concurrent('takes it by name where the annotations name none', async () => {
    const job = ScrapeJob.fromAnnotatedPods({ endpoint: new ScrapeEndpoint({ port: 'http' }) });
    const targets = await targetsOf(job, 'http', [but(pod, asks), but(pod, { ...asks, ...admin }, '10.0.0.1:8081'), but(pod, { ...says, ...admin }, '10.0.0.2:8081')]);
    expect(targets.map(({ instance, endpoint }) => [instance, endpoint])).toEqual([['10.0.0.1:8080', 'http'], ['10.0.0.2:9000', undefined]]);
  });

  test.concurrent('takes it by number where the annotations name none', async () => {
    const job = ScrapeJob.fromAnnotatedPods({ endpoint: new ScrapeEndpoint({ portNumber: 7000 }) });
    const targets = await targetsOf(job, '7000', [but(pod, asks), but(pod, says, '10.0.0.2:8080')]);
    expect(targets.map(({ instance, endpoint, container }) => [instance, endpoint, container])).toEqual([
      ['10.0.0.1:7000', '7000', undefined], ['10.0.0.2:9000', undefined, undefined],
    ]);
  });
});

test.concurrent('annotated Services are scraped behind their endpoints', async () => {
  const said = { service_annotation_prometheus_io_scrape: 'true', service_annotation_prometheus_io_path: '/stats' };
  expect(await targetsOf(ScrapeJob.fromAnnotatedServices(), 'metrics', [but(slice, said), but(slice, {}, '10.0.0.2:8080')])).toEqual([{
    __address__: '10.0.0.1:8080', __metrics_path__: '/stats', container: 'app', endpoint: 'http', instance: '10.0.0.1:8080',
    job: 'annotated-services', namespace: 'shop', node: 'node1', pod: 'web-0', service: 'web',
  }]);
});
