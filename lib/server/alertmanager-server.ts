import { Duration, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AlertmanagerServerProps } from './alertmanager-server-props';
import { configReloader } from './config-reloader';
import { AlertmanagerBase, LogLevel } from '../backend';
import { ALERTMANAGER_PORT } from '../backend/alertmanager-base';
import { reloaderServicePort } from '../backend/reloader-port';
import { urlPath } from '../backend/url-path';
import { Exposure } from '../kubernetes';
import { apiObject } from '../kubernetes/api-object';
import { disruptionBudget, spread } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { hardenedPod, NOBODY, resourcesOf } from '../kubernetes/pod';
import { promDuration } from '../units';

const GOSSIP_PORT = 9094;
const CONFIG_DIR = '/etc/alertmanager/config';
const DATA_DIR = '/alertmanager';

/**
 * An Alertmanager of its own objects, without an operator: a StatefulSet whose replicas find each other by name, its configuration in a
 * Secret, and a Service. A change of the configuration is loaded without a restart.
 * @see https://prometheus.io/docs/alerting/latest/alertmanager/
 */
export class AlertmanagerServer extends AlertmanagerBase {
  constructor(scope: Construct, id: string, private readonly props: AlertmanagerServerProps = {}) {
    super(scope, id, props);
    const { name, namespace, _labels: labels, _selector: selector } = this;
    this.makeConfiguration();
    this.makeWorkload();
    const ports = [{ name: 'web', port: ALERTMANAGER_PORT }];
    exposedService(this, { name, namespace, labels, selector, ports, exposure: props.exposure ?? Exposure.clusterIp() });
    const maxUnavailable = props.maxUnavailable ?? 1;
    disruptionBudget(this, this.node.path, { name, namespace, labels, selector, replicas: this._replicas, maxUnavailable });
  }

  private makeConfiguration(): void {
    const { name, namespace, _labels: labels, routing } = this;
    apiObject(this, 'Configuration', k8s.KubeSecret, {
      metadata: { name: `${name}-config`, namespace, labels },
      type: 'Opaque',
      stringData: { 'alertmanager.yaml': routing._toYaml() },
    });
    const templates = routing._templates();
    if (Object.keys(templates).length > 0) {
      apiObject(this, 'Templates', k8s.KubeConfigMap, { metadata: { name: `${name}-templates`, namespace, labels }, data: templates });
    }
  }

  private flags(): string[] {
    const { name, namespace, props } = this;
    // Alone there is nobody to gossip with.
    const gossip = this._replicas === 1 ? ['--cluster.listen-address='] : [
      `--cluster.listen-address=[$(POD_IP)]:${GOSSIP_PORT}`,
      ...Array.from({ length: this._replicas }, (_, i) => `--cluster.peer=${name}-${i}.${name}-peers.${namespace}.svc:${GOSSIP_PORT}`),
      `--cluster.label=${namespace}/${name}`,
      `--cluster.reconnect-timeout=${promDuration(Duration.minutes(5))}`,
    ];
    return [
      `--config.file=${CONFIG_DIR}/alertmanager.yaml`,
      `--storage.path=${DATA_DIR}`,
      `--data.retention=${promDuration(props.retention ?? Duration.hours(120))}`,
      ...(this._externalUrl === undefined ? [] : [`--web.external-url=${this._externalUrl}`]),
      ...gossip,
      ...(props.logLevel === undefined || props.logLevel === LogLevel.INFO ? [] : [`--log.level=${props.logLevel}`]),
    ];
  }

  private makeWorkload(): void {
    const { name, namespace, _labels: labels, _selector: selector } = this;
    apiObject(this, 'Resource', k8s.KubeStatefulSet, {
      metadata: { name, namespace, labels },
      spec: {
        replicas: this._replicas,
        selector: { matchLabels: selector },
        serviceName: `${name}-peers`,
        podManagementPolicy: 'Parallel',
        template: this.podTemplate(),
        ...this._storage._claims('data'),
      },
    });
    apiObject(this, 'Peers', k8s.KubeService, {
      metadata: { name: `${name}-peers`, namespace, labels },
      spec: {
        clusterIp: 'None',
        selector,
        // A replica has to find the others to become ready.
        publishNotReadyAddresses: true,
        // The reloader is for Prometheus alone, and not for whoever the main Service is exposed to.
        ports: [reloaderServicePort(), ...(this._replicas === 1 ? [] : [gossipPort('TCP'), gossipPort('UDP')])],
      },
    });
  }

  private podTemplate(): k8s.PodTemplateSpec {
    const { name, props, _secrets: secrets, _selector: selector } = this;
    const port = k8s.IntOrString.fromString('web');
    const prefix = urlPath(this._externalUrl);
    const configMounts: k8s.VolumeMount[] = [{ name: 'config', mountPath: CONFIG_DIR, readOnly: true }, ...secrets.mounts];
    const templates = Object.keys(this.routing._templates()).length > 0 ? [{ configMap: { name: `${name}-templates` } }] : [];
    const env: k8s.EnvVar[] = [
      ...(this._replicas > 1 ? [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] : []),
      ...Object.entries(this.routing._environment()).map(([variable, value]) => ({ name: variable, value })),
    ];
    const alertmanager: k8s.Container = {
      name: 'alertmanager',
      image: this._image,
      args: this.flags(),
      env: env.length === 0 ? undefined : env,
      ports: [
        { name: 'web', containerPort: ALERTMANAGER_PORT, protocol: 'TCP' },
        ...(this._replicas === 1 ? [] : [
          { name: 'gossip-tcp', containerPort: GOSSIP_PORT, protocol: 'TCP' },
          { name: 'gossip-udp', containerPort: GOSSIP_PORT, protocol: 'UDP' },
        ]),
      ],
      resources: resourcesOf(props.resources, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) }),
      startupProbe: { httpGet: { path: `${prefix}/-/ready`, port }, periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 40 },
      readinessProbe: { httpGet: { path: `${prefix}/-/ready`, port }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6 },
      livenessProbe: { httpGet: { path: `${prefix}/-/healthy`, port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: [...configMounts, { name: 'data', mountPath: DATA_DIR, subPath: this._storage._kind === 'emptyDir' ? undefined : 'alertmanager-db' }],
    };
    const reloader = configReloader({
      options: props,
      image: props.reloaderImage,
      reloadUrl: `http://127.0.0.1:${ALERTMANAGER_PORT}${prefix}/-/reload`,
      configFile: `${CONFIG_DIR}/alertmanager.yaml`,
      watchedDirs: [CONFIG_DIR, ...secrets.dirs],
      volumeMounts: configMounts,
    });
    return {
      metadata: {
        labels: { ...this._labels, 'app.kubernetes.io/version': this.version, ...props.podLabels, ...selector },
        annotations: { 'kubectl.kubernetes.io/default-container': 'alertmanager', ...props.podAnnotations },
      },
      spec: hardenedPod(props, {
        serviceAccountName: this.serviceAccount.name,
        usesToken: false,
        identity: NOBODY,
        ownsVolumes: true,
        containers: [alertmanager, reloader],
        volumes: [
          { name: 'config', projected: { sources: [{ secret: { name: `${name}-config` } }, ...templates] } },
          ...secrets.volumes,
          ...this._storage._volume('data'),
        ],
        more: { terminationGracePeriodSeconds: 120, topologySpreadConstraints: this._replicas > 1 ? spread(selector) : undefined },
      }),
    };
  }
}

function gossipPort(protocol: 'TCP' | 'UDP'): k8s.ServicePort {
  const name = `gossip-${protocol.toLowerCase()}`;
  return { name, port: GOSSIP_PORT, targetPort: k8s.IntOrString.fromString(name), protocol };
}
