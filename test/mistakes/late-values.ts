import { ApiObject, Duration, JsonPatch, Lazy } from 'cdk8s';
import { RemoteWrite } from '../../lib';
import { prometheus, secondChart, UNSET } from './support';
import { Mistake } from '../bad-input/support';

/** Values that are found wrong when manifests are written. */
export const LATE_VALUES: Mistake[] = [
  {
    mistake: 'a startup timeout with a fraction of a second',
    place: 'shop/prometheus: startupTimeout', value: '1500ms', wayOut: 'whole seconds',
    app: (chart) => prometheus(chart, { startupTimeout: Duration.millis(1500) }),
  },
  {
    mistake: 'a time window with a fraction of a millisecond',
    place: 'shop/prometheus: outOfOrderTimeWindow', value: '0.5', wayOut: 'whole milliseconds',
    app: (chart) => prometheus(chart, { outOfOrderTimeWindow: Duration.millis(0.5) }),
  },
  {
    mistake: 'a timeout with a fraction of a millisecond',
    place: "RemoteWrite 'https://a/w': timeout", value: '0.5', wayOut: 'whole milliseconds',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://a/w', timeout: Duration.millis(0.5) })] }),
  },
  {
    mistake: 'a grace period that is no number',
    place: 'shop/prometheus: terminationGracePeriod', value: 'NaN', wayOut: 'number',
    app: (chart) => prometheus(chart, { terminationGracePeriod: Duration.seconds(Number(UNSET)) }),
  },
  {
    mistake: 'a patch of an object of the library that does not apply',
    place: 'shop/prometheus/Resource', value: "replace of '/spec/nowhere/x'", wayOut: 'each path has to exist',
    app: (chart) => prometheus(chart).workload.addJsonPatch(JsonPatch.replace('/spec/nowhere/x', 1)),
  },
  {
    mistake: 'a patch in a second chart that does not apply',
    place: 'second/prometheus/Resource', value: "remove of '/spec/nowhere/x'", wayOut: 'each path has to exist',
    app: (chart) => {
      prometheus(chart);
      prometheus(secondChart(chart), { name: 'second' }).workload.addJsonPatch(JsonPatch.remove('/spec/nowhere/x'));
    },
  },
  {
    mistake: 'a value of an object of the user that fails when it is computed',
    place: 'second/settings', value: 'no such setting', wayOut: 'correct the value or the patch',
    app: (chart) => {
      prometheus(chart);
      const produce = () => {
        throw new Error('no such setting');
      };
      new ApiObject(secondChart(chart), 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce }) });
    },
  },
  {
    mistake: 'a patch of an object of the user that does not apply',
    place: 'second/settings', value: "reading 'a'", wayOut: 'correct the value or the patch',
    app: (chart) => {
      prometheus(chart);
      new ApiObject(secondChart(chart), 'settings', { apiVersion: 'v1', kind: 'ConfigMap' }).addJsonPatch(JsonPatch.add('/data/a/b', 'c'));
    },
  },
];
