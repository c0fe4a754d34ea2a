import { Plain } from '../crd-spec';
import { OperatedAlertmanagerProps } from './operated-alertmanager-props';
import { podSpec, storageSpec } from '../pod-spec';
import { reloaderPatches, WebCertificate } from '../web-certificate';
import type { AlertmanagerSpec } from '../../../imports/alertmanager';
import { AlertmanagerSettings, DEFAULT_GRACE_PERIOD } from '../../backend/alertmanager-settings';
import { optionFlags } from '../../backend/alertmanager-options';
import { SecretMounts } from '../../backend/secret-mounts';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { flagArguments } from '../../kubernetes/flags';
import { proxyVariables } from '../../kubernetes/proxy-environment';
import { goDuration } from '../../units';
import { some } from '../../wire/data';

type Spec = Plain<AlertmanagerSpec>;

/** Parts of the resource of an Alertmanager. */
export interface AlertmanagerParts {
  readonly props: OperatedAlertmanagerProps;
  readonly identity: WorkloadIdentity;
  readonly settings: AlertmanagerSettings;
  readonly serviceAccountName: string;
  readonly secrets: SecretMounts;
  /** Name of the Secret with the configuration. */
  readonly configSecret?: string;
  /** Name of the headless Service by which replicas find each other. */
  readonly peers: string;
  /** Certificate of its web server. */
  readonly certificate?: WebCertificate;
}

/** The specification of an Alertmanager resource. */
export function alertmanagerSpec(parts: AlertmanagerParts): Spec {
  const { props, identity, settings, serviceAccountName, secrets, certificate } = parts;
  const { replicas, resources } = settings;
  // The operator writes some durations without a unit, which Alertmanager refuses, so that they are arguments and not fields.
  const options = { ...optionFlags(props), ...props.extraFlags };
  const flags = Object.keys(options).length === 0 ? undefined : options;
  const env = [
    ...Object.entries(settings.routing._environment()).map(([variable, value]) => ({ name: variable, value })),
    ...proxyVariables(identity, props.proxyEnvironment),
  ];
  return {
    ...podSpec(props, {
      identity, env, serviceAccountName, resources,
      container: 'alertmanager',
      patches: reloaderPatches(certificate),
      pods: replicas,
      terminationGracePeriod: DEFAULT_GRACE_PERIOD,
      volumes: secrets.volumes,
      mounts: secrets.mounts,
    }),
    ...storageSpec(settings.storage),
    ...props.teamConfigs?._selectors,
    alertmanagerConfigMatcherStrategy: props.teamConfigs === undefined ? undefined : { type: 'OnNamespace' },
    image: settings.image,
    version: `v${settings.version}`,
    replicas,
    serviceName: parts.peers,
    clusterLabel: `${identity.namespace}/${identity.name}`,
    configSecret: parts.configSecret,
    retention: goDuration(settings.retention),
    portName: 'web',
    web: certificate === undefined ? undefined : { tlsConfig: certificate },
    externalUrl: settings.externalUrl,
    // Other than Alertmanager itself, the operator does not take it from the URL.
    routePrefix: settings.path || undefined,
    logLevel: settings.logLevel,
    additionalPeers: some(settings.additionalPeers),
    forceEnableClusterMode: settings.isCluster && replicas === 1 ? true : undefined,
    additionalArgs: flagArguments(flags),
  };
}
