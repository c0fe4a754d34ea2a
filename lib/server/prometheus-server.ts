import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CONFIG_DIR } from './paths';
import { prometheusConfiguration } from './prometheus-configuration';
import { PrometheusServerProps } from './prometheus-server-props';
import { workloadSpec } from './prometheus-workload';
import { RuleFiles } from './rule-files';
import { ScrapeFiles } from './scrape-files';
import { probeFile, webFile } from './web-files';
import { PrometheusBase } from '../backend';
import { clientUsesAccountFiles, usesAccountFiles } from '../backend/access';
import { WEB_PORT } from '../backend/prometheus-settings';
import { reloaderServicePort } from '../backend/reloader-port';
import { RuleCollection } from '../backend/rule-collection';
import { SecretMounts } from '../backend/secret-mounts';
import { StandIn } from '../backend/stand-ins';
import { Exposure } from '../kubernetes';
import { disruptionBudget } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { lazily } from '../kubernetes/lazily';
import { IAlertmanager, RemoteWrite, ScrapeJob } from '../monitoring';
import { alertmanagerClient } from '../monitoring/alertmanager';
import { yamlText } from '../yaml';

/**
 * A Prometheus of its own objects, without an operator: configuration and rules in ConfigMaps, a Deployment or a StatefulSet, a Service,
 * and as much RBAC as its jobs need. A change of configuration or rules is loaded without a restart.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export class PrometheusServer extends PrometheusBase {
  private readonly rules: RuleFiles;
  private readonly scrapes: ScrapeFiles;
  private readonly secrets: SecretMounts;

  constructor(scope: Construct, id: string, props: PrometheusServerProps = {}) {
    super(scope, id, props);
    const { name, namespace, _labels: labels, _selector: selector, _settings: settings } = this;
    this.secrets = new SecretMounts(this, 'Secrets', { program: 'prometheus', name, namespace, labels });
    this.addWebSecrets();
    this.rules = new RuleFiles(this, 'Rules', { name, namespace, labels, implied: () => this._impliedEdits() });
    this.scrapes = new ScrapeFiles(this, 'Scrapes', { name, namespace, labels });
    this.makeConfiguration();
    this.makeWorkload(props.reloaderImage);
    const ports = [{ name: 'web', port: WEB_PORT }];
    exposedService(this, { name, namespace, labels, selector, ports, exposure: props.exposure ?? Exposure.clusterIp() });
    const maxUnavailable = props.maxUnavailable ?? 1;
    disruptionBudget(this, this.node.path, { name, namespace, labels, selector, replicas: settings.replicas, maxUnavailable });
    this._begin();
  }

  /** @internal */
  protected get _rules(): RuleCollection {
    return this.rules;
  }

  /** @internal */
  protected _scrape(job: ScrapeJob): void {
    job.endpoints.forEach(({ _client }) => this.secrets.addFilesOf(_client));
    this.scrapes.add(job);
  }

  /** @internal */
  protected _alert(alertmanager: IAlertmanager): void {
    this.secrets.addFilesOf(alertmanagerClient(alertmanager));
  }

  /** @internal */
  protected _write(target: RemoteWrite): void {
    this.secrets.addFilesOf(target._client);
  }

  /** Without certificate and key the web server would not start; passwords nothing can stand in for. */
  private addWebSecrets(): void {
    const { web } = this._settings.props;
    [...(web?._secretKeys ?? []), web?._basicAuth?.password].forEach((key) => key !== undefined && this.secrets.add(key));
    if (web?._certificate !== undefined) {
      this.secrets.add(web._certificate.certificate, StandIn.CERTIFICATE);
      this.secrets.add(web._certificate.privateKey, StandIn.PRIVATE_KEY);
    }
  }

  private makeConfiguration(): void {
    const { name, namespace, _labels: labels, _settings: settings } = this;
    const { web } = settings.props;
    new k8s.KubeConfigMap(this, 'Configuration', {
      metadata: { name: `${name}-config`, namespace, labels },
      data: {
        'prometheus.yml': lazily(() => yamlText(prometheusConfiguration({
          settings,
          identity: `${namespace}/${name}`,
          scrapes: this.scrapes,
          alertmanagers: this._alertmanagers,
          remoteWrites: this._remoteWrites,
        }))),
        ...webFile(web),
        ...probeFile(web, `${name}.${namespace}.svc`),
      },
    });
  }

  private makeWorkload(reloaderImage: string | undefined): void {
    const { name, namespace, _labels: labels, _selector: selector, _settings: settings } = this;
    new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: settings.needsIdentity ? 'StatefulSet' : 'Deployment',
      metadata: { name, namespace, labels },
      spec: lazily(() => workloadSpec({
        settings,
        reloaderImage,
        name,
        labels: { ...labels, 'app.kubernetes.io/version': settings.version },
        selector,
        serviceAccountName: this.serviceAccount.name,
        usesAccountFiles: this._alertmanagers.length > 0 || this._scrapeJobs.some(usesAccountFiles)
          || this._remoteWrites.some(({ _client }) => clientUsesAccountFiles(_client)),
        secrets: this.secrets,
        ruleSources: this.rules.sources,
        scrapes: this.scrapes,
        probeConfigFile: `${CONFIG_DIR}/probe.yml`,
      })),
    });
    // Gives the replicas their names, and shows the reloader to Prometheus alone: it is not for whoever the main Service is exposed to.
    new k8s.KubeService(this, 'Replicas', {
      metadata: { name: `${name}-replicas`, namespace, labels },
      spec: { clusterIp: 'None', selector, publishNotReadyAddresses: true, ports: settings.hasPassword ? undefined : [reloaderServicePort()] },
    });
  }
}
