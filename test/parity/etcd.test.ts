import { JsonPatch } from 'cdk8s';
import { clashes, differences } from './compare';
import { Fill, operated, plain } from './backends';
import { EtcdMonitor } from '../../lib';

const ADDRESSES = ['2001:db8::11', '192.0.2.11', '192.0.2.12'];
const URLS = ['http://192.0.2.11:2379/metrics', 'http://192.0.2.12:2379/metrics', 'http://[2001:db8::11]:2379/metrics'];

const etcd = (endpointSlices: boolean, addresses: string[] = ADDRESSES): Fill => ({ chart, prometheus }) => {
  prometheus.monitor(new EtcdMonitor(chart, 'store', { addresses, endpointSlices }));
};

describe.each([['Endpoints', false], ['EndpointSlices', true]] as const)('an etcd outside of a cluster of IPv4, by %s', (_, endpointSlices) => {
  test('is discovered at addresses of both families, on both backends', () => {
    const [one, other] = [plain({ selfMonitoring: false }, etcd(endpointSlices)), operated({ selfMonitoring: false }, etcd(endpointSlices))];
    expect(one.targets.map(({ url }) => url).sort()).toEqual(URLS);
    expect(clashes(one.targets)).toEqual([]);
    expect(differences(one.targets, other.targets)).toEqual([]);
  });

  test('is discovered at addresses of IPv6 alone', () => {
    expect(plain({ selfMonitoring: false }, etcd(endpointSlices, [ADDRESSES[0]])).targets.map(({ url }) => url)).toEqual([URLS[2]]);
  });

  test('would not be, if the API server chose the families', () => {
    const chosen: Fill = ({ chart, prometheus }) => {
      const monitor = new EtcdMonitor(chart, 'store', { addresses: [ADDRESSES[0]], endpointSlices });
      monitor.service.addJsonPatch(JsonPatch.remove('/spec/ipFamilies'), JsonPatch.remove('/spec/ipFamilyPolicy'));
      prometheus.monitor(monitor);
    };
    expect(plain({ selfMonitoring: false }, chosen).targets).toEqual([]);
  });
});
