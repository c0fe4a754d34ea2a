import * as fs from 'node:fs';
import * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
import { KIND } from '../../lib/kubernetes/kinds';
import { numberOrText } from '../../lib/kubernetes/spelling';
import { FIELD_OF_PROP, MAPPINGS, spelled } from '../../lib/kubernetes/spelling';

/** What cdk8s-plus-27 writes for each prop: a line for each field. */
const LINES = fs.readFileSync(require.resolve('cdk8s-plus-27/lib/imports/k8s'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const match = /^\s+'([^']+)': .*?\bobj\.(\w+)/.exec(line);
    return match === null ? [] : [{ field: match[1], prop: match[2], line }];
  });
/** Fields of JSON schemas, which only definitions of kinds have. */
const OF_SCHEMAS = /^(?:x-kubernetes-|[$]|definitions$|dependencies$|patternProperties$|properties$)/;
const KNOWN = LINES.filter(({ field }) => !OF_SCHEMAS.test(field));

describe('the spelling of the props of cdk8s-plus-27', () => {
  test('has each field whose prop has another name', () => {
    expect(KNOWN.length).toBeGreaterThan(1000);
    expect(FIELD_OF_PROP).toEqual(Object.fromEntries(KNOWN.filter(({ field, prop }) => field !== prop).map(({ field, prop }) => [prop, field])));
  });

  test('has no prop that is one field in one kind and another in another', () => {
    expect(KNOWN.filter(({ field, prop }) => field !== (FIELD_OF_PROP[prop] ?? prop))).toEqual([]);
  });

  test('has each field whose keys are the user\'s', () => {
    const mappings = KNOWN.filter(({ line }) => line.includes('Object.entries(obj.')).map(({ field }) => field);
    expect([...MAPPINGS].sort()).toEqual([...new Set(mappings)].sort());
  });

  test.each(Object.entries(KIND))('has the version of %s', (name, { GVK }) => {
    const classes = Object.entries<unknown>({ ...k8s }).filter(([, value]) => typeof value === 'function' && 'GVK' in value);
    expect(classes.map(([, value]) => (value as { GVK: unknown }).GVK)).toContainEqual(GVK);
    expect(GVK.kind).toBe(name);
  });

  test('leaves the keys of mappings as they are', () => {
    const keys = { hostPid: 'a', value: 'b', clusterIp: 'c' };
    expect(spelled({
      metadata: { labels: { value: 'x' }, annotations: keys },
      data: keys,
      spec: { clusterIp: 'None', selector: { clusterIp: 'd' }, hostPid: true, resources: { limits: { cpu: { value: '5m' }, hostPid: { value: 1 } } } },
    })).toEqual({
      metadata: { labels: { value: 'x' }, annotations: keys },
      data: keys,
      spec: { clusterIP: 'None', selector: { clusterIp: 'd' }, hostPID: true, resources: { limits: { cpu: '5m', hostPid: 1 } } },
    });
  });

  test('is what the classes write', () => {
    const pod: k8s.PodSpec = {
      hostPid: true,
      hostIpc: false,
      setHostnameAsFqdn: true,
      hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
      nodeSelector: { hostPid: 'x' },
      tolerations: [{ operator: 'Exists' }],
      containers: [{
        name: 'a',
        env: [{ name: 'X', value: '1' }, { name: 'Y', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        ports: [{ containerPort: 80, hostIp: '127.0.0.1' }],
        readinessProbe: { httpGet: { path: '/', port: numberOrText('web'), httpHeaders: [{ name: 'a', value: 'b' }] } },
        resources: { limits: { cpu: numberOrText('1') }, requests: { memory: numberOrText('1Gi') } },
      }],
      volumes: [{ name: 'x', projected: { sources: [{ downwardApi: { items: [{ path: 'a', fieldRef: { fieldPath: 'b' } }] } }] } }],
    };
    const props: k8s.KubeDeploymentProps = { metadata: { name: 'a', labels: { value: 'x' } }, spec: { selector: { matchLabels: { value: 'x' } }, template: { spec: pod } } };
    // As cdk8s leaves a port or a quantity.
    const resolved: k8s.KubeDeploymentProps = JSON.parse(JSON.stringify(props));
    expect(KIND.Deployment.manifest(resolved)).toEqual(k8s.KubeDeployment.manifest(resolved));
  });
});
