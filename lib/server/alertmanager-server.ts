import { createHash } from 'node:crypto';
import { ApiObject, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { KIND } from '../kubernetes/kinds';
import { configReloader, reloaderImage } from './config-reloader';
import { webFile, webFilePath } from './web-files';
import { ConfigReloaderOptions } from './config-reloader-options';
import { AlertmanagerProps } from '../backend';
import { AlertmanagerBase } from '../backend/alertmanager-base';
import { optionFlags } from '../backend/alertmanager-options';
import { replicaServices } from '../backend/replica-services';
import { ALERTMANAGER_PORT, DEFAULT_GRACE_PERIOD, GOSSIP_PORT } from '../backend/alertmanager-settings';
import { namesOfAlertmanager } from '../backend/taken-names';
import { apiObject, lazily } from '../kubernetes/api-object';
import { yamlText } from '../yaml';
import { disruptionBudget } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { flagArgs } from '../kubernetes/flags';
import { configDir } from '../kubernetes/mount-paths';
import { checkPodOptions, podTemplate } from '../kubernetes/pod';
import { proxyVariables } from '../kubernetes/proxy-environment';
import { podService } from '../kubernetes/pod-service';
import { statefulSet } from '../kubernetes/stateful-set';
import { note } from '../kubernetes/notes';
import { metadataOf } from '../kubernetes/workload-identity';
import { promDuration } from '../units';
import { unlessDefault } from '../wire/data';
import { checkArguments } from '../arguments';
import { Scheme } from '../monitoring';
import { AlertRouting } from '../monitoring/routing';

const CONFIG_DIR = configDir('alertmanager');
const DATA_DIR = '/alertmanager';

/** An Alertmanager of its own objects, without an operator. */
export interface AlertmanagerServerProps extends AlertmanagerProps, ConfigReloaderOptions {}

/**
 * An Alertmanager of its own objects, without an operator: a StatefulSet whose replicas find each other by name, its configuration in a
 * ConfigMap, and a Service. A change of the configuration is loaded without a restart. A credential is too if it is a key of the Secret
 * `<name>-secrets`, which is always mounted; the first use of another Secret rolls the Pods.
 * @see https://prometheus.io/docs/alerting/latest/alertmanager/
 */
export class AlertmanagerServer extends AlertmanagerBase {
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The ConfigMap with the configuration; where that is made elsewhere, with one that notifies nobody, used until that exists. */
  public readonly configMap: ApiObject;
  /** The ConfigMap with the templates, if there are any. */
  public readonly templateConfigMap?: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service by which replicas find each other and Prometheus finds the config-reloader. */
  public readonly headlessService: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The Services of single replicas, with `replicaServices`. */
  public readonly replicaServices: ApiObject[];
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: AlertmanagerServerProps = {}) {
    super(scope, id, props, { reloaderHasCertificate: false });
    checkArguments('AlertmanagerServer', { props }, this.node.path);
    checkCriticalIntegrations(this.node.path, props);
    checkPodOptions(this._identity, props, { names: namesOfAlertmanager(this._identity, this._settings, 'library') });
    const { _identity: identity, _settings: settings } = this;
    const { routing } = settings;
    this._secrets.addWeb(props.web);
    this.configMap = apiObject(this, 'Configuration', KIND.ConfigMap, {
      metadata: metadataOf(identity, '-config'),
      data: { [settings.configFile]: lazily(() => this.configurationText()), ...webFile(props.web, 'alertmanager') },
    });
    const templates = routing._templates();
    this.templateConfigMap = Object.keys(templates).length === 0
      ? undefined
      : apiObject(this, 'Templates', KIND.ConfigMap, { metadata: metadataOf(identity, '-templates'), data: templates });
    this.workload = statefulSet(this, identity, props, {
      replicas: settings.replicas, serviceName: `${this.name}-peers`, podManagementPolicy: 'Parallel', template: this.podTemplate(props), storage: settings.storage,
    });
    this.headlessService = podService(this, 'Peers', identity, {
      suffix: '-peers',
      headless: true,
      // A replica has to find the others to become ready.
      withNotReady: true,
      ports: settings.peerPorts({ tcp: 'gossip-tcp', udp: 'gossip-udp' }),
    });
    const exposed = exposedService(this, identity, { name: this.portName, port: this.port }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.replicaServices = replicaServices(this, identity, {
      sets: [{ name: this.name, statefulSet: this.name }],
      replicas: settings.replicas, port: { name: this.portName, port: this.port }, options: props,
    });
    this.disruptionBudget = disruptionBudget(this, identity, settings.replicas, props.maxUnavailable);
    if (settings.hasPassword) {
      this.noteRestarts(props);
    }
  }

  /** Notes on what is lost or not seen where Pods have to restart for their configuration. */
  private noteRestarts({ configuration }: AlertmanagerServerProps): void {
    const { isCluster, storage } = this._settings;
    if (configuration !== undefined) {
      note(this, `the web server asks for a password, so that nothing reloads the configuration in Secret '${configuration.secret.name}': restart the Pods when that changes`);
    }
    if (!isCluster && storage._kind === 'emptyDir') {
      note(this, 'the web server asks for a password, so that a change of the configuration restarts the only Pod, and an emptyDir loses its silences then: '
        + "give it several 'replicas', or a claim by 'storage'");
    }
  }

  private configurationText(): string {
    const patched = this._patchedConfiguration();
    return patched === undefined ? this._settings.routing._toYaml() : yamlText(patched);
  }

  /** Checksum of what a reloader would load. */
  private checksum(): string {
    const text = yamlText({ configuration: this.configurationText(), templates: this._settings.routing._templates() });
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }

  /** The probe of a health page; where that asks for a password, of the port. */
  private probe(): (page: 'ready' | 'healthy') => k8s.Probe {
    const { path, scheme, hasPassword } = this._settings;
    const port = numberOrText('web');
    return (page) => (hasPassword
      ? { tcpSocket: { port } }
      : { httpGet: { path: `${path}/-/${page}`, port, scheme: unlessDefault(scheme, Scheme.HTTP)?.toUpperCase() } });
  }

  private flags(): string[] {
    const { name, namespace, _settings: settings } = this;
    const webConfig = webFilePath(settings.props.web, 'alertmanager');
    // One without other members has none to find.
    const gossip = !settings.isCluster ? ['--cluster.listen-address='] : [
      `--cluster.listen-address=[$(POD_IP)]:${GOSSIP_PORT}`,
      ...Array.from({ length: settings.replicas }, (_, i) => `--cluster.peer=${name}-${i}.${name}-peers.${namespace}.svc:${GOSSIP_PORT}`),
      ...settings.additionalPeers.map((peer) => `--cluster.peer=${peer}`),
      `--cluster.label=${namespace}/${name}`,
      `--cluster.reconnect-timeout=${promDuration(Duration.minutes(5))}`,
    ];
    return [
      `--config.file=${CONFIG_DIR}/${settings.configFile}`,
      ...(webConfig === undefined ? [] : [`--web.config.file=${webConfig}`]),
      `--storage.path=${DATA_DIR}`,
      `--data.retention=${promDuration(settings.retention)}`,
      ...(settings.externalUrl === undefined ? [] : [`--web.external-url=${settings.externalUrl}`]),
      ...gossip,
      ...(settings.logLevel === undefined ? [] : [`--log.level=${settings.logLevel}`]),
      ...flagArgs({ ...optionFlags(settings.props), ...settings.props.extraFlags }),
    ];
  }

  private podTemplate(props: AlertmanagerServerProps): k8s.PodTemplateSpec {
    const { name, _identity: identity, _settings: settings, _secrets: secrets } = this;
    const probe = this.probe();
    const configMounts: k8s.VolumeMount[] = [{ name: 'config', mountPath: CONFIG_DIR, readOnly: true }, ...secrets.mounts];
    const templates = { configMap: { name: `${name}-templates`, optional: true } };
    // Of two sources with the same file, the later wins.
    const elsewhere = props.configuration === undefined ? [] : [{ secret: { name: props.configuration.secret.name, optional: true } }];
    const env: k8s.EnvVar[] = [
      ...(settings.isCluster ? [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] : []),
      ...Object.entries(settings.routing._environment()).map(([variable, value]) => ({ name: variable, value })),
      ...proxyVariables(identity, props.proxyEnvironment),
    ];
    const alertmanager: k8s.Container = {
      name: 'alertmanager',
      image: settings.image,
      args: this.flags(),
      env: env.length === 0 ? undefined : env,
      ports: [
        { name: 'web', containerPort: ALERTMANAGER_PORT, protocol: 'TCP' },
        ...(settings.isCluster ? [
          { name: 'gossip-tcp', containerPort: GOSSIP_PORT, protocol: 'TCP' },
          { name: 'gossip-udp', containerPort: GOSSIP_PORT, protocol: 'UDP' },
        ] : []),
      ],
      resources: settings.resources,
      startupProbe: { ...probe('ready'), periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 40 },
      readinessProbe: { ...probe('ready'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6 },
      livenessProbe: { ...probe('healthy'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
      volumeMounts: [...configMounts, settings.storage._mount('data', DATA_DIR, 'alertmanager')],
    };
    const reloader = settings.hasPassword ? [] : [configReloader({
      ...reloaderImage(identity.where, props),
      reloadUrl: `${settings.scheme}://127.0.0.1:${ALERTMANAGER_PORT}${settings.path}/-/reload`,
      configFile: `${CONFIG_DIR}/${settings.configFile}`,
      watchedDirs: [CONFIG_DIR, ...secrets.dirs],
      volumeMounts: configMounts,
    })];
    return podTemplate(identity, props, {
      program: 'alertmanager',
      serviceAccountName: this.serviceAccount.name,
      ownsVolumes: true,
      annotations: settings.hasPassword ? { 'checksum/config': lazily(() => this.checksum()) } : undefined,
      containers: [alertmanager, ...reloader],
      volumes: [
        { name: 'config', projected: { sources: [{ configMap: { name: this.configMap.name } }, ...elsewhere, templates] } },
        ...secrets.volumes,
        ...settings.storage._volume('data'),
      ],
      pods: settings.replicas,
      terminationGracePeriod: DEFAULT_GRACE_PERIOD,
    });
  }
}

/** Throws when an integration that is to be critical notifies nobody: its alert would never fire. A configuration made elsewhere is not known. */
function checkCriticalIntegrations(where: string, { configuration, routing, rules }: AlertmanagerServerProps): void {
  const used = new Set((routing ?? new AlertRouting())._integrations());
  const unused = configuration === undefined ? rules?.criticalIntegrations?.find((name) => !used.has(name)) : undefined;
  if (unused !== undefined) {
    throw new Error(`${where}: rules.criticalIntegrations: no receiver of 'routing' notifies by '${unused}'; give one that does, or leave '${unused}' out`);
  }
}
