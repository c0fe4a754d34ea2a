import { Duration, Size } from 'cdk8s';
import { DnsPolicy, k8s, PercentOrAbsolute, ServiceAccount } from 'cdk8s-plus-27';
import {
  AdmissionWebhook, AlertmanagerServer, BlackboxExporter, BlackboxModule, DataStorage, KubernetesMonitoring, NodeExporterDaemonSet,
  OperatedAlertmanager, OperatedPrometheus, PodOptions, PrometheusOperator, PrometheusServer, UpdateStrategy, WorkloadOptions,
} from '../../lib';
import { manifests, newChart, synth } from '../charts';
import { find, Loose, ofKind } from '../manifests';
import { madeOf, podOptions, strategyOf, Subject, SUBJECTS } from '../pod-options';

const HARDENED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

/** What of all options does not depend on others, and what of them is refused for a workload. */
function optionsOf(subject: Subject): WorkloadOptions {
  const { runtimeClassName, ...options } = podOptions(strategyOf(subject)[0]);
  return subject.operated ? options : { ...options, runtimeClassName };
}

describe.each(SUBJECTS)('every option of $of', (subject) => {
  const { objects, spec, pod, main, mounts } = madeOf(subject, optionsOf(subject));
  const added = (list: Loose[], name: string): Loose => list.find((container) => container.name === name);
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'it');
  const others = objects.filter((object) => object.kind === 'Service' && object !== service);
  const account = find(objects, 'ServiceAccount', 'it');

  test.each<[keyof ReturnType<typeof podOptions>, unknown, unknown]>([
    ['containers', added(pod.containers, 'proxy'), {
      name: 'proxy',
      image: 'example.com/proxy:v1',
      imagePullPolicy: 'Always',
      terminationMessagePolicy: 'FallbackToLogsOnError',
      args: ['--upstream=localhost'],
      ports: [{ name: 'proxy', containerPort: 4180, protocol: 'TCP' }],
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'proxy', key: 'a' } } }],
      resources: { requests: { cpu: '5m' }, limits: { memory: '32Mi' } },
      readinessProbe: { httpGet: { path: '/ping', port: 4180 } },
      volumeMounts: [{ name: 'extra', mountPath: '/extra', readOnly: true }],
      securityContext: HARDENED,
    }],
    // after the workload's own
    ['initContainers', pod.initContainers.at(-1), {
      name: 'prepare', image: 'example.com/prepare:v1', imagePullPolicy: 'Always', terminationMessagePolicy: 'FallbackToLogsOnError',
      securityContext: { runAsUser: 7 }, volumeMounts: [{ name: 'extra', mountPath: '/out' }],
    }],
    ['volumes', pod.volumes.at(-1), { name: 'extra', emptyDir: { sizeLimit: '1Mi' } }],
    ['volumeMounts', mounts.at(-1), { name: 'extra', mountPath: '/etc/extra', readOnly: true }],
    ['env', main.env.at(-1), { name: 'GODEBUG', value: 'madvdontneed=1' }],
    ['envFrom', main.envFrom, [{ secretRef: { name: 'more' } }]],
    ['podSecurityContext', pod.securityContext, {
      runAsNonRoot: true, runAsUser: 1000, runAsGroup: subject.group ?? 65534, seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: { level: 's0:c1,c2' },
      sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }],
      ...(pod.securityContext.fsGroup === undefined ? {} : { fsGroup: subject.group ?? 65534, fsGroupChangePolicy: 'OnRootMismatch' }),
    }],
    // the operator merges it into its own
    ['containerSecurityContext', main.securityContext, {
      ...(subject.operated ? {} : HARDENED), seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' },
    }],
    ['imagePullPolicy', subject.operated ? [pod.imagePullPolicy] : [...new Set(pod.containers.map((container: Loose) => container.imagePullPolicy))], ['Always']],
    ['hostNetwork', pod.hostNetwork, true],
    ['hostUsers', pod.hostUsers, true],
    ['dnsPolicy', pod.dnsPolicy, 'None'],
    ['dnsConfig', pod.dnsConfig, { nameservers: ['192.0.2.53'], searches: ['shop.example.com'], options: [{ name: 'ndots', value: '1' }, { name: 'edns0' }] }],
    ['hostAliases', pod.hostAliases, [{ ip: '192.0.2.10', hostnames: ['store.example.com'] }]],
    ['topologySpreadConstraints', pod.topologySpreadConstraints, [{
      maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': expect.any(String), 'app.kubernetes.io/instance': 'it' } },
    }]],
    ['runtimeClassName', pod.runtimeClassName, subject.operated ? undefined : 'gvisor'],
    ['terminationGracePeriod', pod.terminationGracePeriodSeconds, 45],
    ['updateStrategy', spec.strategy ?? spec.updateStrategy, strategyOf(subject)[1]],
    ['serviceAnnotations', [service.metadata.annotations, others.map(({ metadata }) => metadata.annotations)], [{ 'example.com/a': 'service' }, others.map(() => undefined)]],
    ['serviceLabels', [service.metadata.labels.tier, others.map(({ metadata }) => metadata.labels.tier)], ['service', others.map(() => undefined)]],
    ['serviceAccountAnnotations', account.metadata.annotations, { 'example.com/a': 'account' }],
    ['serviceAccountLabels', account.metadata.labels?.tier, 'account'],
  ])('%s', (_, got, expected) => {
    expect(got).toEqual(expected);
  });
});

/** Fields that the types of cdk8s-plus-27 do not have. */
function newer(): WorkloadOptions {
  const lifecycle = { preStop: { sleep: { seconds: 5 } } };
  const image = 'example.com/a:v1';
  const options: Loose = {
    containers: [{ name: 'beside', image, lifecycle, restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }],
    initContainers: [{ name: 'sidecar', image, restartPolicy: 'Always', lifecycle, startupProbe: { httpGet: { port: k8s.IntOrString.fromNumber(81) } } }],
    volumes: [{ name: 'model', image: { reference: 'example.com/model:v1', pullPolicy: 'Always' } }],
    volumeMounts: [{ name: 'model', mountPath: '/model', readOnly: true, recursiveReadOnly: 'IfPossible' }],
    env: [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'model', path: 'env', key: 'A' } } }],
    podSecurityContext: { supplementalGroupsPolicy: 'Strict', appArmorProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { appArmorProfile: { type: 'Unconfined' } },
  };
  return options;
}

describe.each(SUBJECTS)('$of', (subject) => {
  test('has fields that are newer than the types as they are given', () => {
    const { pod, main, mounts } = madeOf(subject, newer());
    const lifecycle = { preStop: { sleep: { seconds: 5 } } };
    expect(pod.containers.at(-1)).toMatchObject({ lifecycle, restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] });
    expect(pod.initContainers.at(-1)).toMatchObject({ restartPolicy: 'Always', lifecycle, startupProbe: { httpGet: { port: 81 } } });
    expect(pod.volumes.at(-1)).toEqual({ name: 'model', image: { reference: 'example.com/model:v1', pullPolicy: 'Always' } });
    expect(mounts.at(-1).recursiveReadOnly).toBe('IfPossible');
    expect(main.env.at(-1).valueFrom).toEqual({ fileKeyRef: { volumeName: 'model', path: 'env', key: 'A', optional: false } });
    expect(pod.securityContext).toMatchObject({ supplementalGroupsPolicy: 'Strict', appArmorProfile: { type: 'RuntimeDefault' } });
    expect(main.securityContext.appArmorProfile).toEqual({ type: 'Unconfined' });
  });

  test('names no ids where the cluster assigns them', () => {
    const { pod, objects } = madeOf(subject, { clusterAssignsIds: true });
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(JSON.stringify(objects)).not.toMatch(/runAsUser|runAsGroup|fsGroup"/);
  });

  test('resolves names of the cluster in the network of its node', () => {
    expect(madeOf(subject, { hostNetwork: true }).pod).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(madeOf(subject, { hostNetwork: true, dnsPolicy: DnsPolicy.DEFAULT }).pod.dnsPolicy).toBe('Default');
    expect(madeOf(subject, { hostNetwork: false }).pod.dnsPolicy).toBeUndefined();
  });

  test('is privileged, and root, in all that this asks for', () => {
    const main = (containerSecurityContext: k8s.SecurityContext) => madeOf(subject, { containerSecurityContext }).main.securityContext;
    expect(main({ privileged: true })).toMatchObject({ privileged: true, allowPrivilegeEscalation: true });
    expect(main({ capabilities: { add: ['CAP_SYS_ADMIN'] } }).allowPrivilegeEscalation).toBe(true);
    expect(main({ runAsUser: 0 })).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
    expect(madeOf(subject, { podSecurityContext: { runAsUser: 0 } }).pod.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
    const { pod } = madeOf(subject, { containers: [{ name: 'a', image: 'a', securityContext: { runAsUser: 0, privileged: true } }] });
    expect(pod.containers.at(-1).securityContext).toEqual({ runAsUser: 0, privileged: true, runAsNonRoot: false, allowPrivilegeEscalation: true });
  });

  test('takes a constraint as it is where it selects Pods itself', () => {
    const constraint = { maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'all' } } };
    expect(madeOf(subject, { topologySpreadConstraints: [constraint] }).pod.topologySpreadConstraints).toEqual([constraint]);
    expect(madeOf(subject, { topologySpreadConstraints: [] }).pod.topologySpreadConstraints ?? []).toEqual([]);
  });

  const volumes = [{ name: 'extra', emptyDir: {} }];
  const image = 'example.com/a:v1';
  const rack = { maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' };
  const amounts = (cpu: string, memory: string) => ({ cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(memory) });

  test.each<[string, WorkloadOptions, string | RegExp]>([
    ['the name of a container', { containers: [{ name: 'Proxy', image }] }, "it: containers: 'Proxy' is not the name of a container; use at most 63 lower-case letters, digits and '-'"],
    ['a container that is made', { containers: [{ name: subject.container, image }] }, `it: containers: the name '${subject.container}' of a container is taken by the library or the operator; give this one another`],
    ['a container twice', { containers: [{ name: 'a', image }], initContainers: [{ name: 'a', image }] }, "it: initContainers: the name 'a' of a container is given twice; give this one another"],
    ['a container without an image', { containers: [{ name: 'a' }] }, "it: containers: 'a': image: '' is not the reference of an image"],
    ['a probe of an init container', { initContainers: [{ name: 'a', image, livenessProbe: {} }] }, "it: initContainers: 'a': has 'livenessProbe', which an init container cannot have; leave it out, or add the container by the prop 'containers'"],
    ['a mount of a container without a volume', { volumes, containers: [{ name: 'a', image, volumeMounts: [{ name: 'extr', mountPath: '/a' }] }] }, "it: containers: 'a': volumeMounts: there is no volume 'extr', did you mean 'extra'? add it by the prop 'volumes'"],
    ['two mounts at one path', { volumes, volumeMounts: [{ name: 'extra', mountPath: '/a' }, { name: 'extra', mountPath: '/a/' }] }, "it: volumeMounts: two volumes are mounted at '/a'; choose another path for one of them"],
    ['a mount without a volume', { volumeMounts: [{ name: 'nothing-of-the-kind', mountPath: '/a' }] }, "it: volumeMounts: there is no volume 'nothing-of-the-kind'; add it by the prop 'volumes'"],
    ['a relative mount path', { volumes, volumeMounts: [{ name: 'extra', mountPath: 'a' }] }, "it: volumeMounts: 'a' is not an absolute path"],
    ['the name of a volume', { volumes: [{ name: 'a_b', emptyDir: {} }] }, "it: volumes: 'a_b' is not the name of a volume; use at most 63 lower-case letters, digits and '-'"],
    ['a volume twice', { volumes: [...volumes, ...volumes] }, "it: volumes: the name 'extra' of a volume is given twice; give this one another"],
    ['a volume without a source', { volumes: [{ name: 'a' }] }, "it: volumes: volume 'a' has no source; give it one, such as 'emptyDir'"],
    ['a volume of two sources', { volumes: [{ name: 'a', emptyDir: {}, hostPath: { path: '/a' } }] }, "it: volumes: volume 'a' has the sources emptyDir and hostPath; give it one, such as 'emptyDir'"],
    ['a variable', { env: [{ name: '1A', value: 'a' }] }, "it: env: '1A' is not the name of an environment variable; use letters, digits, '_', '.' and '-', not a digit first"],
    ['a variable twice', { env: [{ name: 'A', value: 'a' }, { name: 'A', value: 'b' }] }, "it: env: 'A' is given twice; keep one of them"],
    ['a variable of two values', { env: [{ name: 'A', value: 'a', valueFrom: {} }] }, "it: env: 'A' has 'value' and 'valueFrom'; keep one of them"],
    ['a port out of range', { containers: [{ name: 'a', image, ports: [{ containerPort: 0 }] }] }, "it: containers: 'a': ports: port 0 is not a port number; use 1 to 65535"],
    ['a port of two containers', { containers: [{ name: 'a', image, ports: [{ containerPort: 81 }] }, { name: 'b', image, ports: [{ containerPort: 81 }] }] }, "it: containers: 'b': another container of the Pod has a port 81 already; choose another"],
    ['the name of a port of two containers', { containers: [{ name: 'a', image, ports: [{ containerPort: 81, name: 'a' }] }, { name: 'b', image, ports: [{ containerPort: 82, name: 'a' }] }] }, "it: containers: 'b': another container of the Pod has a port named 'a' already; choose another"],
    ['the network of the node without its users', { hostNetwork: true, hostUsers: false }, /'hostUsers: false'.+ the API server refuses/],
    ['a host alias without an address', { hostAliases: [{ ip: 'store', hostnames: ['a'] }] }, "it: hostAliases: 'store' is not an IP address; give one such as '192.0.2.10'"],
    ['a host alias without names', { hostAliases: [{ ip: '192.0.2.1' }] }, "it: hostAliases: '192.0.2.1' has no host names; give at least one"],
    ['a host alias twice', { hostAliases: [{ ip: '192.0.2.1', hostnames: ['a'] }, { ip: '192.0.2.1', hostnames: ['b'] }] }, "it: hostAliases: '192.0.2.1' is given twice; put its host names together"],
    ['no DNS at all', { dnsPolicy: DnsPolicy.NONE }, "it: 'dnsPolicy' is None, and 'dnsConfig' has no 'nameservers'; give at least one"],
    ['a name server by name', { dnsConfig: { nameservers: ['dns'] } }, "it: dnsConfig: name server 'dns' is not an IP address; give one such as '192.0.2.53'"],
    ['an option of DNS without a name', { dnsConfig: { options: [{ value: '1' }] } }, "it: dnsConfig: the name of an option is empty; name one such as 'ndots'"],
    ['ids that the cluster assigns', { clusterAssignsIds: true, podSecurityContext: { fsGroup: 7 } }, "it: got 'fsGroup' in 'podSecurityContext' with 'clusterAssignsIds'; leave out one of them"],
    ['an id of the container that the cluster assigns', { clusterAssignsIds: true, containerSecurityContext: { runAsUser: 7 } }, "it: got an id in 'containerSecurityContext' with 'clusterAssignsIds'; leave out one of them"],
    ['a privileged container that may not gain privileges', { containerSecurityContext: { privileged: true, allowPrivilegeEscalation: false } }, "it: containerSecurityContext: got 'privileged: true' with 'allowPrivilegeEscalation: false', which the API server refuses; leave out one of them"],
    ['the administrator without gaining privileges', { containers: [{ name: 'a', image, securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false } }] }, "it: containers: 'a': securityContext: got the capability 'CAP_SYS_ADMIN' with 'allowPrivilegeEscalation: false', which the API server refuses; leave out one of them"],
    ['root that is not root', { podSecurityContext: { runAsUser: 0, runAsNonRoot: true } }, "it: podSecurityContext: got 'runAsUser: 0' with 'runAsNonRoot: true', so the container would never start; leave out one of them"],
    ['root in a Pod that is not root', { podSecurityContext: { runAsNonRoot: true }, initContainers: [{ name: 'a', image, securityContext: { runAsUser: 0 } }] }, "it: initContainers: 'a': securityContext: got 'runAsUser: 0' with 'runAsNonRoot: true', so the container would never start; leave out one of them"],
    ['a sysctl of the node', { hostNetwork: true, podSecurityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] } }, "it: 'podSecurityContext' sets sysctl 'net.core.somaxconn', which the API server refuses in the network of the node; leave it out, or set 'hostNetwork: false'"],
    ['an empty image', { image: '' }, "it: image: '' is not the reference of an image; write it as 'registry.example.com/path/name:tag', without a scheme"],
    ['an image with a scheme', { image: 'https://r.example.com/a:v1' }, "it: image: 'https://r.example.com/a:v1' is not the reference of an image; write it as 'registry.example.com/path/name:tag', without a scheme"],
    ['an image of a sidecar', { containers: [{ name: 'a', image: 'example.com/A:v1' }] }, "it: containers: 'a': image: 'example.com/A:v1' is not the reference of an image; write it as"],
    ['a registry with a scheme', { registry: 'https://r.example.com/' }, "it: registry: 'https://r.example.com/' is not a registry; write it as 'registry.example.com/mirror', without a scheme"],
    ['an empty registry', { registry: '' }, "it: registry: '' is not a registry; write it as 'registry.example.com/mirror', without a scheme"],
    ['a spread of none', { topologySpreadConstraints: [{ ...rack, maxSkew: 0 }] }, "it: topologySpreadConstraints: 'rack': maxSkew: 0 is not a whole number above 0; leave it out for the constraints of the library"],
    ['a spread that is unknown', { topologySpreadConstraints: [{ ...rack, whenUnsatisfiable: 'DoNotSchedul' }] }, "it: topologySpreadConstraints: 'rack': whenUnsatisfiable: 'DoNotSchedul' is unknown, did you mean 'DoNotSchedule'? use 'DoNotSchedule' and 'ScheduleAnyway'"],
    ['a spread twice', { topologySpreadConstraints: [rack, { ...rack, maxSkew: 2 }] }, "it: topologySpreadConstraints: 'rack': 'DoNotSchedule' is given twice; keep one of them"],
    ['a spread over nothing', { topologySpreadConstraints: [{ ...rack, topologyKey: '' }] }, "it: topologySpreadConstraints: topologyKey is empty; name a label of the nodes, such as 'topology.kubernetes.io/zone'"],
    ['a spread over what is no label', { topologySpreadConstraints: [{ ...rack, topologyKey: 'a b' }] }, "it: topologySpreadConstraints: 'a b' is not the key of a Kubernetes label"],
    ['a toleration of any value with one', { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }, "it: tolerations: operator 'Exists' has the value 'b', which the API server refuses; leave it out, or use 'Equal'"],
    ['a toleration without a key', { tolerations: [{ value: 'b' }] }, "it: tolerations: operator 'Equal' has no key; name that of the taint, or use 'Exists' for all taints"],
    ['the key of a toleration', { tolerations: [{ key: 'a b', operator: 'Exists' }] }, "it: tolerations: 'a b' is not the key of a taint"],
    ['the operator of a toleration', { tolerations: [{ key: 'a', operator: 'exists' }] }, "it: tolerations: operator: 'exists' is unknown, did you mean 'Exists'? use 'Exists', 'Equal', 'Lt' and 'Gt'"],
    ['the effect of a toleration', { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedul' }] }, "it: tolerations: effect: 'NoSchedul' is unknown, did you mean 'NoSchedule'? use 'NoSchedule', 'PreferNoSchedule' and 'NoExecute'"],
    ['a toleration for a time', { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 3 }] }, "it: tolerations: 'tolerationSeconds' goes with the effect 'NoExecute' only; leave it out"],
    ['a label of a node', { nodeSelector: { 'a b': 'c' } }, "it: nodeSelector: 'a b' is not the key of a Kubernetes label"],
    ['a priority class', { priorityClassName: 'High' }, "it: priorityClassName: 'High' is not the name of an object; use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last"],
    ['a runtime class', { runtimeClassName: 'g_visor' }, "it: runtimeClassName: 'g_visor' is not the name of an object"],
    ['a long name of a port', { containers: [{ name: 'a', image, ports: [{ containerPort: 81, name: 'a'.repeat(21) }] }] }, "it: containers: 'a': ports: 'aaaaaaaaaaaaaaaaaaaaa' is not the name of a container's port, which has at most 15 characters, one of them a letter, and no '--'; a number goes into 'containerPort'"],
    ['the name of a port', { containers: [{ name: 'a', image, ports: [{ containerPort: 81, name: 'A' }] }] }, "it: containers: 'a': ports: 'A' is not a port name; use at most 63 lower-case letters, digits and '-', a number goes into 'containerPort'"],
    ['a way out of a volume', { volumes, volumeMounts: [{ name: 'extra', mountPath: '/a', subPath: '../a' }] }, "it: volumeMounts: '../a' is not a path within volume 'extra'; write it without a leading '/' and without '..'"],
    ['an absolute path in a volume', { volumes, containers: [{ name: 'a', image, volumeMounts: [{ name: 'extra', mountPath: '/a', subPathExpr: '/$(A)' }] }] }, "it: containers: 'a': volumeMounts: '/$(A)' is not a path within volume 'extra'"],
    ['two paths in a volume', { volumes, volumeMounts: [{ name: 'extra', mountPath: '/a', subPath: 'a', subPathExpr: 'b' }] }, "it: volumeMounts: '/a' has 'subPath' and 'subPathExpr'; keep one of them"],
    ['a request above its limit', { containers: [{ name: 'a', image, resources: { requests: amounts('1', '1Gi'), limits: amounts('1000m', '1000M') } }] }, "it: containers: 'a': resources: the request of 'memory', 1Gi, is above its limit 1000M, which the API server refuses; raise the limit, or leave it out"],
    ['a request that is none', { initContainers: [{ name: 'a', image, resources: { requests: amounts('1', '1GB') } }] }, "it: initContainers: 'a': resources: requests: memory: '1GB' is not a quantity; write it as '250m' or '64Mi'"],
    ['a limit that is none', { containers: [{ name: 'a', image, resources: { limits: amounts('', '1e3') } }] }, "it: containers: 'a': resources: limits: cpu: '' is not a quantity"],
    ['variables from nowhere', { envFrom: [{}] }, "it: envFrom: a source has neither 'configMapRef' nor 'secretRef'; give it one"],
    ['variables from two sources', { containers: [{ name: 'a', image, envFrom: [{ secretRef: { name: 'a' }, configMapRef: { name: 'b' } }] }] }, "it: containers: 'a': envFrom: a source has 'configMapRef' and 'secretRef'; give it one"],
    ['variables from a source without a name', { envFrom: [{ secretRef: {} }] }, "it: envFrom: '' cannot be the name of an object"],
    ['a label', { podLabels: { 'a b': 'c' } }, "it: podLabels: 'a b' is not the key of a Kubernetes label; write it as 'app.kubernetes.io/name'"],
    ['the value of a label', { podLabels: { a: 'b c' } }, "it: podLabels['a']: 'b c' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last"],
    ['an annotation', { podAnnotations: { 'a b': 'c' } }, "it: podAnnotations: 'a b' is not the key of an annotation; write it as 'app.kubernetes.io/name'"],
    ['a label by which the Service is found', { serviceLabels: { 'app.kubernetes.io/instance': 'mine' } }, "it: 'serviceLabels' sets 'app.kubernetes.io/instance' to 'mine', which has to be 'it'; leave it out"],
    ['an annotation of a Service', { serviceAnnotations: { '': 'c' } }, "it: serviceAnnotations: '' is not the key of an annotation; write it as 'app.kubernetes.io/name'"],
    ['a label of a service account', { serviceAccountLabels: { '': 'c' } }, "it: serviceAccountLabels: '' is not the key of a Kubernetes label; write it as 'app.kubernetes.io/name'"],
    ['an annotation of a service account', { serviceAccountAnnotations: { '': 'c' } }, "it: serviceAccountAnnotations: '' is not the key of an annotation; write it as 'app.kubernetes.io/name'"],
  ])('refuses %s', (_, options, message) => {
    expect(() => subject.make(newChart(), options)).toThrow(message);
  });

  test('names labels and annotations of a service account that it makes', () => {
    const given = (options: WorkloadOptions) => () => {
      const chart = newChart();
      subject.make(chart, { ...options, serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'given', { namespaceName: 'monitoring' }) });
    };
    expect(given({ serviceAccountLabels: { a: 'b' } })).toThrow("it: got 'serviceAccountLabels' with 'serviceAccount', which is made elsewhere; give it there, or leave out one of them");
    expect(given({ serviceAccountAnnotations: { a: 'b' } })).toThrow("it: got 'serviceAccountAnnotations' with 'serviceAccount', which is made elsewhere");
  });
});

describe.each(SUBJECTS.filter(({ operated }) => operated))('$of', ({ make, container }) => {
  test('has no runtime class', () => {
    expect(() => make(newChart(), { runtimeClassName: 'gvisor' })).toThrow(
      `it: got 'runtimeClassName' 'gvisor', which the resources of the operator have no field for; leave it out, or use ${container === 'prometheus' ? 'PrometheusServer' : 'AlertmanagerServer'}`,
    );
  });
});

const SERVERS = SUBJECTS.filter(({ container }) => container === 'prometheus' || container === 'alertmanager');

describe.each(SERVERS)('$of', ({ make, container }) => {
  const mounted = (mountPath: string): PodOptions => ({ volumes: [{ name: 'extra', emptyDir: {} }], volumeMounts: [{ name: 'extra', mountPath }] });

  test.each<[string, PodOptions, string]>([
    ['the container of the operator that prepares', { initContainers: [{ name: 'init-config-reloader', image: 'a' }] }, "'init-config-reloader' of a container is taken by the library or the operator"],
    ['the volume of the configuration', { volumes: [{ name: 'config-out', emptyDir: {} }] }, "'config-out' of a volume is taken by the library or the operator"],
    ['a volume of a Secret', { volumes: [{ name: 'secret-12', emptyDir: {} }] }, "'secret-12' of a volume is taken by the library or the operator"],
    ['the folder of the data', mounted(`/${container}`), `'/${container}' is a mount path of the library or the operator; choose another`],
    ['a folder of a Secret', mounted(`/etc/${container}/secrets/mine`), `'/etc/${container}/secrets/mine' is below '/etc/${container}/secrets', a mount path of the library or the operator; choose another`],
    ['a folder over others', mounted(`/etc/${container}`), `'/etc/${container}' would hide '/etc/${container}/config', a mount path of the library or the operator; choose another`],
    ['the name of the Pod', { env: [{ name: 'POD_NAME', value: 'mine' }] }, "env: 'POD_NAME' is set by the library; leave it out"],
    ['the port of the reloader', { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 8080 }] }] }, 'another container of the Pod has a port 8080 already; choose another'],
    ['the port of the web server', { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 81, name: 'web' }] }] }, "another container of the Pod has a port named 'web' already; choose another"],
  ])('refuses %s', (_, options, message) => {
    expect(() => make(newChart(), options)).toThrow(message);
  });

  test('takes a mount below its data and beside its other folders', () => {
    expect(() => make(newChart(), mounted(`/${container}/wal`))).not.toThrow();
    expect(() => make(newChart(), mounted(`/etc/${container}/mine`))).not.toThrow();
  });
});

test.each<[string, () => unknown, string]>([
  ['the reloader of a Prometheus', () => new PrometheusServer(newChart(), 'it', { reloaderImage: '' }), "it: reloaderImage: '' is not the reference of an image; write it as 'registry.example.com/path/name:tag', without a scheme"],
  ['the reloader of an Alertmanager', () => new AlertmanagerServer(newChart(), 'it', { reloaderImage: 'a b' }), "it: reloaderImage: 'a b' is not the reference of an image"],
  ['the reloader of the operator', () => new PrometheusOperator(newChart(), 'it', { configReloader: { image: '' } }), "it: configReloader.image: '' is not the reference of an image; write it as 'registry.example.com/path/name:tag', without a scheme"],
  [
    'the admission webhook', () => new PrometheusOperator(newChart(), 'it', { admissionWebhook: AdmissionWebhook.certManager({ image: '' }) }),
    "AdmissionWebhook.certManager: image: '' is not the reference of an image; write it as",
  ],
])('the image of %s is checked', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each([PrometheusServer, OperatedPrometheus, AlertmanagerServer, OperatedAlertmanager])('a claim template that has a name keeps it', (server) => {
  const storage = DataStorage.volumeClaimTemplate({ name: 'kept', size: Size.gibibytes(1) });
  expect(() => new server(newChart(), 'it', { storage, volumes: [{ name: 'kept', emptyDir: {} }] }))
    .toThrow("it: volumes: the name 'kept' of a volume is taken by the library or the operator; give this one another");
});

describe.each([
  { server: PrometheusServer, own: 'data', others: 'prometheus-it-db', exist: "'data', 'config' and 'rules'" },
  { server: OperatedPrometheus, own: 'prometheus-it-db', others: 'data', exist: "'prometheus-it-db', 'config', 'config-out', 'tls-assets' and 'web-config'" },
  { server: AlertmanagerServer, own: 'data', others: 'alertmanager-it-db', exist: "'data' and 'config'" },
  { server: OperatedAlertmanager, own: 'alertmanager-it-db', others: 'config', exist: "'alertmanager-it-db', 'config-volume', 'config-out', 'tls-assets', 'web-config' and 'cluster-tls-config'" },
])('a sidecar of $server.name', ({ server, own, others, exist }) => {
  const made = (name: string, storage?: DataStorage) => () => (
    new server(newChart(), 'it', { storage, containers: [{ name: 'a', image: 'a', volumeMounts: [{ name, mountPath: '/a' }] }] })
  );

  test('mounts the data', () => {
    expect(made(own)).not.toThrow();
    expect(made('kept', DataStorage.volumeClaimTemplate({ name: 'kept', size: Size.gibibytes(1) }))).not.toThrow();
  });

  test('does not mount a volume of the other backend, or one that comes and goes', () => {
    expect(made(others)).toThrow(`it: containers: 'a': volumeMounts: there is no volume '${others}'`);
    expect(made(others)).toThrow(`add it by the prop 'volumes', or mount one of ${exist}`);
    expect(made('secret-0')).toThrow("there is no volume 'secret-0'");
  });
});

test('a sidecar of an agent mounts no rules', () => {
  const containers = [{ name: 'a', image: 'a', volumeMounts: [{ name: 'rules', mountPath: '/a' }] }];
  expect(() => new PrometheusServer(newChart(), 'it', { agent: true, containers })).toThrow("there is no volume 'rules'; add it by the prop 'volumes', or mount one of 'data' and 'config'");
});

describe('mounts of exporters', () => {
  const volumes = [{ name: 'extra', emptyDir: {} }];

  test('do not hide those of the host', () => {
    expect(() => new NodeExporterDaemonSet(newChart(), 'it', { volumes, volumeMounts: [{ name: 'extra', mountPath: '/host/root/var' }] }))
      .toThrow("it: volumeMounts: '/host/root/var' is below '/host/root', a mount path of the library or the operator; choose another");
  });

  test('may be of volumes that the library makes, in sidecars', () => {
    const containers = [{ name: 'a', image: 'a', volumeMounts: [{ name: 'config', mountPath: '/config' }] }];
    expect(() => new BlackboxExporter(newChart(), 'it', { containers })).not.toThrow();
  });
});

describe('groups that ping', () => {
  const ping = { modules: [BlackboxModule.icmp('icmp')] };
  const range = (options: PodOptions): Loose => find(synth((chart) => new BlackboxExporter(chart, 'it', { ...ping, ...options })), 'Deployment').spec.template.spec.securityContext.sysctls;
  const of = (value: string) => [{ name: 'net.ipv4.ping_group_range', value }];

  test('are that of the Pod', () => {
    expect(range({})).toEqual(of('65534 65534'));
    expect(range({ podSecurityContext: { runAsGroup: 1000 } })).toEqual(of('1000 1000'));
  });

  test('are all where the cluster assigns it', () => {
    expect(range({ clusterAssignsIds: true })).toEqual(of('0 2147483647'));
  });

  test('are those of the node in its network', () => {
    expect(range({ hostNetwork: true })).toBeUndefined();
    const notes = (options: PodOptions) => new BlackboxExporter(newChart(), 'it', options).node.metadata.map(({ data }) => data);
    expect(notes({ hostNetwork: true })).toEqual(["'hostNetwork' is true, so modules that ping fail unless the sysctl net.ipv4.ping_group_range of the node includes the Pod's group"]);
    expect(notes({})).toEqual([]);
  });

  test('are not for users to set', () => {
    expect(() => new BlackboxExporter(newChart(), 'it', { ...ping, podSecurityContext: { sysctls: of('0 1') } }))
      .toThrow("it: 'podSecurityContext' sets sysctl 'net.ipv4.ping_group_range', which the library sets; leave it out");
  });
});

describe('update strategies', () => {
  const absolute = (pods: number) => PercentOrAbsolute.absolute(pods);
  const percent = (pods: number) => PercentOrAbsolute.percent(pods);
  const rolling = UpdateStrategy.rollingUpdate({ maxUnavailable: percent(20) });
  const seen = (subject: Subject, updateStrategy: UpdateStrategy): Loose => {
    const { spec } = madeOf(subject, { updateStrategy });
    return spec.strategy ?? spec.updateStrategy;
  };
  const subject = (name: string): Subject => SUBJECTS.find(({ of }) => of === name) ?? SUBJECTS[0];

  test.each(SUBJECTS.filter(({ of }) => of !== 'PrometheusOperator'))('$of is updated step by step', (one) => {
    expect(seen(one, rolling)).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '20%' } });
    expect(seen(one, UpdateStrategy.rollingUpdate())).toEqual({ type: 'RollingUpdate' });
  });

  test('have a surge where the kind has one', () => {
    expect(seen(subject('BlackboxExporter'), UpdateStrategy.rollingUpdate({ maxUnavailable: absolute(0), maxSurge: absolute(2) })))
      .toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 2 } });
    expect(seen(subject('BlackboxExporter'), UpdateStrategy.rollingUpdate({ maxUnavailable: absolute(0) })).rollingUpdate).toEqual({ maxUnavailable: 0 });
    const { spec } = madeOf(subject('NodeExporterDaemonSet'), { hostNetwork: false, updateStrategy: UpdateStrategy.rollingUpdate({ maxSurge: absolute(1) }) });
    expect(spec.updateStrategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });

  test.each<[string, UpdateStrategy, string]>([
    ['PrometheusServer', UpdateStrategy.onDelete(), "it: 'updateStrategy' is OnDelete, which a Deployment does not have; use UpdateStrategy.rollingUpdate() or UpdateStrategy.recreate()"],
    ['PrometheusServer with replicas', UpdateStrategy.recreate(), "it: 'updateStrategy' is Recreate, which a StatefulSet does not have; use UpdateStrategy.rollingUpdate() or UpdateStrategy.onDelete()"],
    ['AlertmanagerServer', UpdateStrategy.recreate(), "'updateStrategy' is Recreate, which a StatefulSet does not have"],
    ['OperatedPrometheus', UpdateStrategy.recreate(), "'updateStrategy' is Recreate, which a StatefulSet does not have"],
    ['OperatedAlertmanager', UpdateStrategy.recreate(), "'updateStrategy' is Recreate, which a StatefulSet does not have"],
    ['KubeStateMetrics', UpdateStrategy.onDelete(), "'updateStrategy' is OnDelete, which a Deployment does not have"],
    ['KubeStateMetrics with shards', UpdateStrategy.recreate(), "'updateStrategy' is Recreate, which a StatefulSet does not have"],
    ['BlackboxExporter', UpdateStrategy.onDelete(), "'updateStrategy' is OnDelete, which a Deployment does not have"],
    ['NodeExporterDaemonSet', UpdateStrategy.recreate(), "'updateStrategy' is Recreate, which a DaemonSet does not have"],
    ['PrometheusOperator', rolling, "it: 'updateStrategy' is RollingUpdate, and two operators would write the same objects; leave it out for UpdateStrategy.recreate()"],
    ['AlertmanagerServer', UpdateStrategy.rollingUpdate({ maxSurge: absolute(1) }), "it: 'updateStrategy' has 'maxSurge' 1, which a StatefulSet does not have; use 'maxUnavailable'"],
    ['AlertmanagerServer', UpdateStrategy.rollingUpdate({ maxUnavailable: absolute(0) }), "it: 'updateStrategy' has 'maxUnavailable' 0 and no 'maxSurge', so no Pod could be replaced; choose at least 1"],
    ['BlackboxExporter', UpdateStrategy.rollingUpdate({ maxUnavailable: absolute(0), maxSurge: percent(0) }), "it: 'updateStrategy' has 'maxUnavailable' 0 and no 'maxSurge', so no Pod could be replaced; choose at least 1"],
    ['NodeExporterDaemonSet', UpdateStrategy.rollingUpdate({ maxUnavailable: absolute(1), maxSurge: absolute(1) }), "it: 'updateStrategy' has 'maxSurge' 1 and 'maxUnavailable' 1, of which a DaemonSet takes one; leave one of them out"],
    ['NodeExporterDaemonSet', UpdateStrategy.rollingUpdate({ maxSurge: absolute(1) }), "it: 'updateStrategy' has 'maxSurge', by which two Pods of a node would listen at port 9100; use 'maxUnavailable'"],
  ])('%s refuses what its kind does not have', (name, updateStrategy, message) => {
    expect(() => subject(name).make(newChart(), { updateStrategy })).toThrow(message);
  });

  test.each([[absolute(1.5), '1.5'], [absolute(-1), '-1'], [percent(101), '101%'], [percent(0.5), '0.5%']])('%j is no bound', (maxSurge, text) => {
    expect(() => UpdateStrategy.rollingUpdate({ maxSurge }))
      .toThrow(`UpdateStrategy.rollingUpdate: 'maxSurge' ${text} is not a number of Pods; give a whole number, or a whole percentage up to 100`);
  });

  test('never let two Pods write to one claim', () => {
    const storage = DataStorage.existingClaim('data');
    expect(() => new PrometheusServer(newChart(), 'it', { storage, updateStrategy: rolling }))
      .toThrow("it: 'updateStrategy' is RollingUpdate, by which two Pods would write to claim 'data'; leave it out for UpdateStrategy.recreate()");
    const recreate = (chart: ReturnType<typeof newChart>) => new PrometheusServer(chart, 'it', { storage, updateStrategy: UpdateStrategy.recreate() });
    expect(find(synth(recreate), 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });
});

test.each(SUBJECTS.filter(({ of }) => of !== 'NodeExporterDaemonSet'))('$of runs in a user namespace of its own', (subject) => {
  expect(madeOf(subject, { hostUsers: false }).pod.hostUsers).toBe(false);
});

test('node-exporter uses the users of its node', () => {
  expect(() => new NodeExporterDaemonSet(newChart(), 'it', { hostUsers: false }))
    .toThrow("it: got 'hostUsers: false', and node-exporter uses the processes of the node, which the API server refuses then; leave it out");
});

test('groups besides those that the cluster assigns are the user\'s', () => {
  const { pod } = madeOf(SUBJECTS[0], { clusterAssignsIds: true, podSecurityContext: { supplementalGroups: [7] } });
  expect(pod.securityContext).toEqual({
    runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' }, supplementalGroups: [7],
  });
});

test('node-exporter sets no sysctls of the network, which is that of its node by default', () => {
  const podSecurityContext = { sysctls: [{ name: 'net/core/somaxconn', value: '1024' }] };
  expect(() => new NodeExporterDaemonSet(newChart(), 'it', { podSecurityContext })).toThrow("sets sysctl 'net/core/somaxconn', which the API server refuses");
  expect(() => new NodeExporterDaemonSet(newChart(), 'it', { podSecurityContext, hostNetwork: false })).not.toThrow();
});

test('node-exporter says what it measures outside of the network of its node', () => {
  const nodes = new NodeExporterDaemonSet(newChart(), 'it', { hostNetwork: false });
  expect(nodes.node.metadata.map(({ data }) => data)).toContain(
    "'hostNetwork' is false, so the metrics of network interfaces and connections are those of the exporter's own Pod",
  );
});

test('the Pods of the admission webhook run as the operator does, without what is added to it', () => {
  const chart = newChart();
  const options = podOptions(UpdateStrategy.recreate());
  new PrometheusOperator(chart, 'it', { ...options, terminationGracePeriod: Duration.seconds(9), admissionWebhook: AdmissionWebhook.certManager() });
  const { spec } = find(manifests(chart), 'Deployment', 'it-admission-webhook').spec.template;
  expect(spec).toMatchObject({ runtimeClassName: 'gvisor', hostUsers: true, terminationGracePeriodSeconds: 9, securityContext: { runAsUser: 1000 } });
  expect(spec.containers).toHaveLength(1);
  expect([spec.containers[0].env, spec.initContainers, spec.topologySpreadConstraints]).toEqual([undefined, undefined, undefined]);
});

test('one switch for the whole stack', () => {
  const chart = newChart({});
  new KubernetesMonitoring(chart, 'monitoring', { clusterAssignsIds: true });
  const pods = ['Deployment', 'StatefulSet', 'DaemonSet'].flatMap((kind) => ofKind(manifests(chart), kind)).map(({ spec }) => spec.template.spec);
  const [host, others] = [true, false].map((hostPid) => pods.filter((pod) => (pod.hostPID ?? false) === hostPid));
  expect([host.length, others.length]).toEqual([1, 4]);
  pods.forEach(({ securityContext }) => {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });
  expect(JSON.stringify(others)).not.toMatch(/runAsUser|runAsGroup|fsGroup"/);
  // what lets it use the host lets it have its ids
  expect(host[0].securityContext.runAsUser).toBe(65534);
});

test('everything at once is what was reviewed', () => {
  const reviewed = SUBJECTS.filter(({ of }) => ['AlertmanagerServer', 'OperatedAlertmanager'].includes(of));
  expect(reviewed.map((subject) => madeOf(subject, optionsOf(subject)).objects)).toMatchSnapshot();
});
