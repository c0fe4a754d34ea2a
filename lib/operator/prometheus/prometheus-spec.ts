import { AlertmanagerEndpoint } from './alertmanager-endpoint';
import { ConfigList } from './config-list';
import { Plain } from '../crd-spec';
import { MonitorSelection } from './monitor-selection';
import { podSpec, storageSpec } from '../pod-spec';
import { OwnScrapeClasses } from './own-scrape-classes';
import { RawJobs } from './raw-jobs';
import { RemoteWriteSpec } from './remote-write-spec';
import { fieldsOf } from './resource-spelling';
import { reloaderPatches, WebCertificate } from '../web-certificate';
import type { PrometheusSpec } from '../../../imports/prometheus';
import type { PrometheusAgentSpec } from '../../../imports/prometheus-agent';
import { agentFields, serverFields } from '../../backend/prometheus-options';
import { DEFAULT_GRACE_PERIOD, PrometheusSettings } from '../../backend/prometheus-settings';
import { ThanosSidecar } from '../../backend/thanos-sidecar';
import { SecretMounts } from '../../backend/secret-mounts';
import { urlPath } from '../../text';
import { API_ACCESS } from '../../kubernetes/api-access';
import { flagArguments } from '../../kubernetes/flags';
import { proxyVariables } from '../../kubernetes/proxy-environment';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { wholeSeconds } from '../../units';
import { some } from '../../wire/data';

type PrometheusParts = Plain<PrometheusSpec>;

/** Fields that both kinds have. */
type Spec = Plain<PrometheusAgentSpec>;

/** Parts of the resource of a Prometheus. */
export interface ResourceParts {
  readonly settings: PrometheusSettings;
  readonly identity: WorkloadIdentity;
  readonly serviceAccountName: string;
  readonly selection: MonitorSelection;
  readonly classes: OwnScrapeClasses;
  readonly rawJobs: RawJobs;
  readonly alertmanagers: readonly AlertmanagerEndpoint[];
  /** Alertmanagers that have no Service. */
  readonly outside: ConfigList;
  /** Secrets and ConfigMaps that their clients read as files. */
  readonly files: SecretMounts;
  readonly remoteWrites: readonly RemoteWriteSpec[];
  readonly remoteReads: PrometheusParts['remoteRead'];
  readonly tracing: PrometheusParts['tracingConfig'];
  /** Sidecar of Thanos. */
  readonly thanos?: ThanosSidecar;
  /** Certificate of its web server. */
  readonly certificate?: WebCertificate;
}

/** The Pods, as the resource tells them. */
function podParts({ settings, identity, serviceAccountName, certificate, files, remoteWrites, thanos }: ResourceParts): Spec {
  const { props } = settings;
  return {
    ...podSpec(props, {
      identity, serviceAccountName,
      resources: settings.resources(remoteWrites.length),
      container: 'prometheus',
      env: proxyVariables(identity, props.proxyEnvironment),
      patches: [...reloaderPatches(certificate), ...(thanos === undefined ? [] : [thanos.additions])],
      pods: settings.pods,
      terminationGracePeriod: DEFAULT_GRACE_PERIOD,
      // Only Prometheus gets the token; its reloader has no use for it.
      annotations: thanos?.annotations,
      volumes: [API_ACCESS.volume, ...files.volumes, ...thanos?.volumes ?? []],
      mounts: [API_ACCESS.mount, ...files.mounts],
    }),
    image: settings.image,
    version: `v${settings.version}`,
    // Left out it is 15 minutes too, looked at every 15 s instead of every minute.
    maximumStartupDurationSeconds: wholeSeconds(props.startupTimeout),
  };
}

/** Selectors of monitors, those made here included. */
function selectors({ selection, identity }: ResourceParts) {
  const { selector, namespaceSelector } = selection._selectors(identity.namespace, identity.selector);
  return {
    serviceMonitorSelector: selector,
    serviceMonitorNamespaceSelector: namespaceSelector,
    podMonitorSelector: selector,
    podMonitorNamespaceSelector: namespaceSelector,
    probeSelector: selector,
    probeNamespaceSelector: namespaceSelector,
    scrapeConfigSelector: selector,
    scrapeConfigNamespaceSelector: namespaceSelector,
    rules: { ruleSelector: selector, ruleNamespaceSelector: namespaceSelector },
  };
}

/** Common part of Prometheus and PrometheusAgent. */
function commonSpec(parts: ResourceParts): Spec {
  const { settings, classes, rawJobs, certificate, remoteWrites } = parts;
  const { props } = settings;
  const { rules: _, ...monitorSelectors } = selectors(parts);
  return {
    ...monitorSelectors,
    ...podParts(parts),
    ...storageSpec(settings.storage, settings.claimSize),
    replicas: settings.replicas,
    shards: settings.shards === 1 ? undefined : settings.shards,
    // A single one needs no name among its labels; shards do, which record series of the same names.
    replicaExternalLabelName: settings.hasPeers ? undefined : '',
    routePrefix: settings.externalUrl === undefined ? undefined : urlPath(settings.externalUrl) || '/',
    portName: 'web',
    web: certificate === undefined ? undefined : { tlsConfig: certificate },
    scrapeClasses: classes.all.length === 0 ? undefined : classes.all,
    serviceDiscoveryRole: 'EndpointSlice' as const,
    additionalScrapeConfigs: rawJobs.reference,
    additionalArgs: flagArguments(props.extraFlags),
    remoteWrite: remoteWrites.length === 0 ? undefined : remoteWrites,
    tracingConfig: parts.tracing,
  };
}

const agentOptions = fieldsOf<PrometheusAgentSpec>();
const serverOptions = fieldsOf<PrometheusSpec>();

/** The specification of a PrometheusAgent. */
export function agentSpec(parts: ResourceParts): Spec {
  return { ...commonSpec(parts), ...agentOptions(agentFields(parts.settings)) };
}

/** The sidecar of Thanos, as the resource tells it. */
function thanosSpec(thanos: ThanosSidecar | undefined): Plain<PrometheusSpec>['thanos'] {
  const tls = thanos?.tls?.files;
  return thanos === undefined ? undefined : {
    image: thanos.image,
    version: `v${thanos.version}`,
    resources: thanos.resources,
    objectStorageConfigFile: thanos.storage?.file,
    grpcServerTlsConfig: tls === undefined ? undefined : { caFile: tls.ca, certFile: tls.certificate, keyFile: tls.privateKey },
    // The operator mounts the data itself.
    volumeMounts: some(thanos.mounts),
  };
}

/** The specification of a Prometheus. */
export function serverSpec(parts: ResourceParts): Plain<PrometheusSpec> {
  const { settings, alertmanagers } = parts;
  return {
    ...commonSpec(parts),
    ...serverOptions(serverFields(settings)),
    ...selectors(parts).rules,
    remoteRead: parts.remoteReads,
    alerting: alertmanagers.length === 0 ? undefined : { alertmanagers },
    additionalAlertManagerConfigs: parts.outside.reference,
    thanos: thanosSpec(parts.thanos),
  };
}
