import { Duration, Size } from 'cdk8s';
import { Cpu, IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AlertmanagerServerProps } from './alertmanager-props';
import { configReloader, RELOADER_PORT_NAME, reloaderServicePort } from './config-reloader';
import { LogLevel } from './prometheus-props';
import { SecretMounts } from './secret-mounts';
import { StandIn } from './stand-ins';
import { urlPath } from './url-path';
import { alertmanagerRules } from '../components/alertmanager/alertmanager-rules';
import { Exposure, PrometheusStorage } from '../kubernetes';
import { disruptionBudget, spread } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { recommendedLabels, selectorLabels } from '../kubernetes/labels';
import { nameOf, namespaceOf } from '../kubernetes/names';
import { hardenedPod, NOBODY, resourcesOf } from '../kubernetes/pod';
import { serviceAccountOf } from '../kubernetes/service-account';
import { AlertRouting, IAlertmanager, IMonitored, MetricSelection, Monitoring, Scheme, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { promDuration } from '../monitoring/duration';
import { checkLimit, checkUrl } from '../monitoring/scrape/checks';

const WEB_PORT = 9093;
const GOSSIP_PORT = 9094;
const CONFIG_DIR = '/etc/alertmanager/config';
const DATA_DIR = '/alertmanager';

/**
 * An Alertmanager of its own objects, without an operator: a StatefulSet whose replicas find each other by name, its configuration in a
 * Secret, and a Service. A change of the configuration is loaded without a restart.
 * @see https://prometheus.io/docs/alerting/latest/alertmanager/
 */
export class AlertmanagerServer extends Construct implements IAlertmanager, IMonitored {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Version, as the image's tag tells it. */
  public readonly version: string;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** Name of the Service's port. */
  public readonly portName: string = 'web';
  /** Number of the Service's port. */
  public readonly port: number = WEB_PORT;
  /** Protocol. */
  public readonly scheme: Scheme = Scheme.HTTP;
  /** Path below which it serves; `/` without one. */
  public readonly pathPrefix: string;
  /** URL within the cluster. */
  public readonly url: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** Who is told of which alert. */
  public readonly routing: AlertRouting;
  /** How it is monitored. */
  public readonly monitoring: Monitoring;

  private readonly image: string;
  private readonly replicas: number;
  private readonly storage: PrometheusStorage;
  private readonly externalUrl?: string;
  private readonly labels: { [label: string]: string };
  private readonly selector: { [label: string]: string };
  private readonly secrets: SecretMounts;

  constructor(scope: Construct, id: string, private readonly props: AlertmanagerServerProps = {}) {
    super(scope, id);
    const where = this.node.path;
    this.name = nameOf(scope, id, props.name);
    this.namespace = namespaceOf(this, props.namespace);
    this.image = imageOf('alertmanager', props);
    this.version = versionOf('alertmanager', this.image);
    this.routing = props.routing ?? new AlertRouting();
    this.replicas = props.replicas ?? 1;
    this.storage = props.storage ?? PrometheusStorage.emptyDir();
    this.externalUrl = props.externalUrl ?? props.exposure?._externalUrl;
    this.check(where);
    const { name, namespace } = this;
    this.serviceName = name;
    this.pathPrefix = urlPath(this.externalUrl) || '/';
    this.url = `http://${name}.${namespace}.svc:${WEB_PORT}${urlPath(this.externalUrl)}`;
    this.selector = selectorLabels('alertmanager', name);
    this.labels = recommendedLabels('alertmanager', name, 'alert-router');
    const { labels, selector } = this;
    this.secrets = new SecretMounts(this, 'Secrets', { program: 'alertmanager', name, namespace, labels });
    this.routing._secrets().forEach((key) => this.secrets.add(key));
    const files = this.routing._secretsAtStart();
    files.authorities.forEach((key) => this.secrets.add(key, StandIn.AUTHORITY));
    files.certificates.forEach((key) => this.secrets.add(key, StandIn.CERTIFICATE));
    files.privateKeys.forEach((key) => this.secrets.add(key, StandIn.PRIVATE_KEY));
    files.texts.forEach((key) => this.secrets.add(key, StandIn.TEXT));
    this.serviceAccount = serviceAccountOf(this, props.serviceAccount, { name, namespace, labels });
    this.makeConfiguration();
    this.makeWorkload();
    const ports = [{ name: 'web', port: WEB_PORT }];
    exposedService(this, { name, namespace, labels, selector, ports, exposure: props.exposure ?? Exposure.clusterIp() });
    disruptionBudget(this, where, { name, namespace, labels, selector, replicas: this.replicas, maxUnavailable: props.maxUnavailable ?? 1 });
    const metrics = MetricSelection.all()._proven();
    const jobName = props.jobName ?? 'alertmanager';
    this.monitoring = {
      jobs: [ScrapeJob.fromService({
        name: jobName,
        labels: selector,
        namespaces: [namespace],
        endpoints: [
          new ScrapeEndpoint({ port: 'web', name: 'web', path: `${urlPath(this.externalUrl)}/metrics`, metrics }),
          new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics }),
        ],
      })],
      rules: alertmanagerRules({ jobName, ...props.rules }),
    };
  }

  private check(where: string): void {
    checkLimit(this.replicas, `${where}: replicas`, 'one');
    checkLimit(this.props.retention?.toMilliseconds(), `${where}: retention (ms)`, '120 hours');
    if (this.externalUrl !== undefined) {
      checkUrl(this.externalUrl, `${where}: externalUrl`);
    }
    this.storage._checkReplicas(where, this.replicas);
    if (this.storage._kind === 'volumeClaimTemplate' && this.storage._template?.size === undefined) {
      throw new Error(`${where}: the volume claim template has no size; give one, 1 GiB is plenty`);
    }
    const tooNew = this.routing._requirements().find(({ version }) => !atLeast(this.version, version));
    if (tooNew !== undefined) {
      throw new Error(`${where}: the routing uses '${tooNew.setting}', which is there since Alertmanager ${tooNew.version}, and image '${this.image}' is ${this.version}; choose a newer image`);
    }
  }

  private makeConfiguration(): void {
    const { name, namespace, labels, routing } = this;
    new k8s.KubeSecret(this, 'Configuration', {
      metadata: { name: `${name}-config`, namespace, labels },
      type: 'Opaque',
      stringData: { 'alertmanager.yaml': routing._toYaml() },
    });
    const templates = routing._templates();
    if (Object.keys(templates).length > 0) {
      new k8s.KubeConfigMap(this, 'Templates', { metadata: { name: `${name}-templates`, namespace, labels }, data: templates });
    }
  }

  private flags(): string[] {
    const { name, namespace, props } = this;
    // Alone there is nobody to gossip with.
    const gossip = this.replicas === 1 ? ['--cluster.listen-address='] : [
      `--cluster.listen-address=[$(POD_IP)]:${GOSSIP_PORT}`,
      ...Array.from({ length: this.replicas }, (_, i) => `--cluster.peer=${name}-${i}.${name}-peers.${namespace}.svc:${GOSSIP_PORT}`),
      `--cluster.label=${namespace}/${name}`,
      `--cluster.reconnect-timeout=${promDuration(Duration.minutes(5))}`,
    ];
    return [
      `--config.file=${CONFIG_DIR}/alertmanager.yaml`,
      `--storage.path=${DATA_DIR}`,
      `--data.retention=${promDuration(props.retention ?? Duration.hours(120))}`,
      ...(this.externalUrl === undefined ? [] : [`--web.external-url=${this.externalUrl}`]),
      ...gossip,
      ...(props.logLevel === undefined || props.logLevel === LogLevel.INFO ? [] : [`--log.level=${props.logLevel}`]),
    ];
  }

  private makeWorkload(): void {
    const { name, namespace, labels, selector } = this;
    new k8s.KubeStatefulSet(this, 'Resource', {
      metadata: { name, namespace, labels },
      spec: {
        replicas: this.replicas,
        selector: { matchLabels: selector },
        serviceName: `${name}-peers`,
        podManagementPolicy: 'Parallel',
        template: this.podTemplate(),
        ...this.storage._claims('data'),
      },
    });
    new k8s.KubeService(this, 'Peers', {
      metadata: { name: `${name}-peers`, namespace, labels },
      spec: {
        clusterIp: 'None',
        selector,
        // A replica has to find the others to become ready.
        publishNotReadyAddresses: true,
        // The reloader is for Prometheus alone, and not for whoever the main Service is exposed to.
        ports: [reloaderServicePort(), ...(this.replicas === 1 ? [] : [gossipPort('TCP'), gossipPort('UDP')])],
      },
    });
  }

  private podTemplate(): k8s.PodTemplateSpec {
    const { name, props, secrets, selector } = this;
    const port = k8s.IntOrString.fromString('web');
    const prefix = urlPath(this.externalUrl);
    const configMounts: k8s.VolumeMount[] = [{ name: 'config', mountPath: CONFIG_DIR, readOnly: true }, ...secrets.mounts];
    const templates = Object.keys(this.routing._templates()).length > 0 ? [{ configMap: { name: `${name}-templates` } }] : [];
    const env: k8s.EnvVar[] = [
      ...(this.replicas > 1 ? [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] : []),
      ...Object.entries(this.routing._environment()).map(([variable, value]) => ({ name: variable, value })),
    ];
    const alertmanager: k8s.Container = {
      name: 'alertmanager',
      image: this.image,
      args: this.flags(),
      env: env.length === 0 ? undefined : env,
      ports: [
        { name: 'web', containerPort: WEB_PORT, protocol: 'TCP' },
        ...(this.replicas === 1 ? [] : [
          { name: 'gossip-tcp', containerPort: GOSSIP_PORT, protocol: 'TCP' },
          { name: 'gossip-udp', containerPort: GOSSIP_PORT, protocol: 'UDP' },
        ]),
      ],
      resources: resourcesOf(props.resources, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) }),
      startupProbe: { httpGet: { path: `${prefix}/-/ready`, port }, periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 40 },
      readinessProbe: { httpGet: { path: `${prefix}/-/ready`, port }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6 },
      livenessProbe: { httpGet: { path: `${prefix}/-/healthy`, port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: [...configMounts, { name: 'data', mountPath: DATA_DIR, subPath: this.storage._kind === 'emptyDir' ? undefined : 'alertmanager-db' }],
    };
    const reloader = configReloader({
      options: props,
      image: props.reloaderImage,
      reloadUrl: `http://127.0.0.1:${WEB_PORT}${prefix}/-/reload`,
      configFile: `${CONFIG_DIR}/alertmanager.yaml`,
      watchedDirs: [CONFIG_DIR, ...secrets.dirs],
      volumeMounts: configMounts,
    });
    return {
      metadata: {
        labels: { ...this.labels, 'app.kubernetes.io/version': this.version, ...props.podLabels, ...selector },
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
          ...this.storage._volume('data'),
        ],
        more: { terminationGracePeriodSeconds: 120, topologySpreadConstraints: this.replicas > 1 ? spread(selector) : undefined },
      }),
    };
  }
}

function gossipPort(protocol: 'TCP' | 'UDP'): k8s.ServicePort {
  const name = `gossip-${protocol.toLowerCase()}`;
  return { name, port: GOSSIP_PORT, targetPort: k8s.IntOrString.fromString(name), protocol };
}
