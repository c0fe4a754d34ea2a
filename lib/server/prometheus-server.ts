import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { reloaderImage, ReloaderImage } from './config-reloader';
import { ConfigReloaderOptions } from './config-reloader-options';
import { CredentialVariables } from './credential-variables';
import { CONFIG_DIR } from './paths';
import { prometheusConfiguration } from './prometheus-configuration';
import { checkUpdate } from './prometheus-workload';
import { RuleFiles } from './rule-files';
import { ScrapeFiles } from './scrape-files';
import { ServerShard, ServerShardProps } from './server-shard';
import { ofAllShards, Shard, shardsOf } from './shards';
import { CLIENT_FILE, probeFile, webFile } from './web-files';
import { PrometheusProps } from '../backend';
import { clientUsesAccountFiles, usesAccountFiles } from '../backend/access';
import { tracingTls } from '../backend/configuration-checks';
import { ConfigurationPatches, PROMETHEUS_FILE } from '../backend/configuration-patches';
import { MonitoringPlan } from '../backend/monitoring-plan';
import { PrometheusBase } from '../backend/prometheus-base';
import { WEB_PORT } from '../backend/prometheus-settings';
import { RELOADER_PORT, RELOADER_PORT_NAME } from '../backend/reloader-port';
import { replicaServices } from '../backend/replica-services';
import { SecretMounts } from '../backend/secret-mounts';
import { namesOfPrometheus } from '../backend/taken-names';
import { disruptionBudget } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { checkPodOptions } from '../kubernetes/pod';
import { podService } from '../kubernetes/pod-service';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { lazily, objectsBelow } from '../kubernetes/api-object';
import { ScrapeJob } from '../monitoring';
import { alertmanagerClient, hasService } from '../monitoring/alertmanager';
import { yamlText } from '../yaml';
import { checkArguments } from '../arguments';

/** A Prometheus of its own objects, without an operator. */
export interface PrometheusServerProps extends PrometheusProps, ConfigReloaderOptions {}

/**
 * A Prometheus of its own objects, without an operator: configuration and rules in ConfigMaps, a Deployment or a StatefulSet, a Service,
 * and as much RBAC as its jobs need. A change of configuration or rules is loaded without a restart. A credential is too if it is a key of the Secret
 * `<name>-secrets`, which is always mounted; the first use of another Secret rolls the Pods.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export class PrometheusServer extends PrometheusBase {
  /** The Deployment; with replicas, shards, `replicaServices` or a volume claim template, the StatefulSet of the first shard. */
  public readonly workload: ApiObject;
  /** The ConfigMap with `prometheus.yml`, that of the first shard. */
  public readonly configMap: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service that names the replicas and by which Prometheus finds the config-reloader. */
  public readonly headlessService: ApiObject;
  /** The headless Service by which Thanos finds the sidecars, with `thanos`. */
  public readonly thanosService?: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The Services of single replicas, with `replicaServices`. */
  public readonly replicaServices: ApiObject[];
  /** The PodDisruptionBudget, with several replicas or shards. */
  public readonly disruptionBudget?: ApiObject;
  /** @internal */
  protected readonly _plan: MonitoringPlan;
  private readonly rules: RuleFiles;
  private readonly shards: readonly ServerShard[];
  private readonly secrets: SecretMounts;
  private readonly variables: CredentialVariables;
  private readonly patches = new ConfigurationPatches(PROMETHEUS_FILE);

  constructor(scope: Construct, id: string, props: PrometheusServerProps = {}) {
    super(scope, id, props, { program: 'prometheus', agentProgram: 'prometheus', reloaderHasCertificate: false });
    checkArguments('PrometheusServer', { props }, this.node.path);
    const { _settings: settings, _identity: identity } = this;
    const { name, namespace, labels } = identity;
    const pods = ofAllShards(identity, settings.shards);
    const shards = shardsOf(identity, settings.shards);
    const names = namesOfPrometheus(identity, settings, 'library');
    shards.forEach((shard) => checkPodOptions({ ...pods, selector: { ...pods.selector, ...shard.identity.selector } }, props, { names }));
    checkUpdate(settings);
    this.secrets = new SecretMounts(this, 'Secrets', { program: 'prometheus', name, namespace, labels });
    this.secrets.addWeb(props.web);
    this.secrets.addFilesOf([tracingTls(props.tracing), (props.remoteReads ?? []).map(({ _client }) => _client)]);
    this.variables = new CredentialVariables(this.node.path, namespace);
    this.rules = new RuleFiles(this, 'Rules', { name, namespace, labels });
    this.shards = this.makeShards(shards, pods, reloaderImage(this.node.path, props));
    [{ configMap: this.configMap, workload: this.workload }] = this.shards;
    this.headlessService = podService(this, 'Replicas', pods, {
      suffix: '-replicas',
      headless: true,
      withNotReady: true,
      // The reloader is for Prometheus alone, and the main Service may be exposed to others.
      ports: settings.hasPassword ? [] : [{ name: RELOADER_PORT_NAME, port: RELOADER_PORT }],
    });
    this.thanosService = this._thanos?.service(this, pods);
    const exposed = exposedService(this, pods, { name: 'web', port: WEB_PORT }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.replicaServices = replicaServices(this, pods, {
      sets: shards.map(({ identity: { name: statefulSet } }) => ({ name: statefulSet, statefulSet })),
      replicas: settings.replicas, port: { name: 'web', port: WEB_PORT }, options: props,
    });
    this.disruptionBudget = disruptionBudget(this, pods, settings.pods, props.maxUnavailable);
    this._plan = this._planned({
      kubeletSource: 'nodes',
      selectsForeign: false,
      placeJob: (job) => this.placeJob(job),
      placeRules: (file, data, bytes) => this.rules.add(file, data, bytes),
      placeAlertmanager: (alertmanager) => this.secrets.addFilesOf(alertmanagerClient(alertmanager)),
      placeRemoteWrite: ({ _client, _cloudOfProgram, _cloudFiles, _variables }) => {
        this.variables.add(_variables);
        _cloudFiles.forEach((file) => this.secrets.add(file));
        this.secrets.addFilesOf([_client, _cloudOfProgram]);
      },
    });
    this.node.addValidation({ validate: () => this.shards.flatMap(({ scrapes }) => this.patches.problems(this.configuration(scrapes))) });
  }

  /** The ConfigMaps with rules so far. */
  public get ruleConfigMaps(): ApiObject[] {
    return objectsBelow(this.rules, 'ConfigMap');
  }

  /** The further ConfigMaps with scrape jobs, where they do not fit into `configMap`, of all shards. */
  public get scrapeConfigMaps(): ApiObject[] {
    return this.shards.flatMap(({ scrapeConfigMaps }) => scrapeConfigMaps);
  }

  /** The StatefulSets of the shards after the first. */
  public get shardWorkloads(): ApiObject[] {
    return this.shards.slice(1).map(({ workload }) => workload);
  }

  /** The ConfigMaps with `prometheus.yml` of the shards after the first. */
  public get shardConfigMaps(): ApiObject[] {
    return this.shards.slice(1).map(({ configMap }) => configMap);
  }

  /** The ConfigMap with placeholder files for Secrets that are missing, if any may be. */
  public get placeholderConfigMap(): ApiObject | undefined {
    return objectsBelow(this.secrets, 'ConfigMap')[0];
  }

  /**
   * Patches `prometheus.yml` where no prop says it: the paths are those of the file, as `/storage/tsdb` or `/scrape_configs/-`. The patches are
   * applied when all else is known, whatever is added after them. Jobs that do not fit into the file, beyond 100 kB, are not in it. The synthesis
   * fails where a patch does not apply, adds what Prometheus does not know at the top, or writes a secret.
   * @param patches the changes, in order
   */
  public patchConfiguration(...patches: JsonPatch[]): void {
    checkArguments('PrometheusServer.patchConfiguration', { patches }, this.node.path);
    this.patches.add(...patches);
  }

  private placeJob(job: ScrapeJob): void {
    job.endpoints.forEach(({ _client }) => this.secrets.addFilesOf(_client));
    if (job._discovery.kind === 'external') {
      this.secrets.addFilesOf(job._discovery.source._client);
    }
    if (job._discovery.kind === 'raw') {
      this.secrets.addFilesOf(job._discovery.files);
    }
    this.shards.forEach(({ scrapes }) => scrapes.add(job));
  }

  private makeShards(shards: readonly Shard[], pods: WorkloadIdentity, reloader: ReloaderImage): ServerShard[] {
    const { _settings: settings } = this;
    const podParts: ServerShardProps['podParts'] = () => ({
      remoteWrites: this._plan.remoteWrites.length,
      reloader,
      serviceAccountName: this.serviceAccount.name,
      usesAccountFiles: this._plan.jobs.some(usesAccountFiles)
        || this._plan.alertmanagers.some((alertmanager) => hasService(alertmanager) || clientUsesAccountFiles(alertmanagerClient(alertmanager)))
        || [...this._plan.remoteWrites, ...settings.props.remoteReads ?? []].some(({ _client }) => clientUsesAccountFiles(_client))
        || clientUsesAccountFiles(tracingTls(settings.props.tracing)),
      secrets: this.secrets,
      variables: this.variables,
      ruleSources: this.rules.sources,
      probeConfigFile: `${CONFIG_DIR}/${CLIENT_FILE}`,
      thanos: this._thanos,
    });
    const make = (scope: Construct, shard: Shard) => new ServerShard(scope, {
      shard, settings, identity: pods, podParts, files: (scrapes) => this.configurationFiles(scrapes),
    });
    const [first, ...others] = shards;
    return [make(this, first), ...others.map((shard) => make(new Construct(this, `Shard${shard.number}`), shard))];
  }

  /** The configuration without patches. */
  private configuration(scrapes: ScrapeFiles): object {
    const { name, namespace, rules, _settings: settings, _plan: { alertmanagers, remoteWrites } } = this;
    return prometheusConfiguration({ settings, identity: `${namespace}/${name}`, scrapes, rules, alertmanagers, remoteWrites });
  }

  private configurationFiles(scrapes: ScrapeFiles): { [file: string]: string } {
    const { name, namespace, _settings: { props: { web } } } = this;
    return {
      'prometheus.yml': lazily(() => {
        const configuration = this.configuration(scrapes);
        return yamlText(this.patches.patched(configuration) ?? configuration);
      }),
      ...webFile(web, 'prometheus'),
      ...probeFile(web, `${name}.${namespace}.svc`, this._thanos !== undefined),
    };
  }
}
