import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Plain } from '../crd-spec';
import { OperatedAlertmanagerProps } from './operated-alertmanager-props';
import { podSpec, storageSpec } from '../pod-spec';
import type { AlertmanagerSpec } from '../../../imports/alertmanager';
import { SecretMounts } from '../../backend/secret-mounts';
import { urlPath } from '../../backend/url-path';
import { PrometheusStorage } from '../../kubernetes';
import { goDuration } from '../../units';

type Spec = Plain<AlertmanagerSpec>;

/** What the resource of an Alertmanager is made of. */
export interface AlertmanagerParts {
  readonly props: OperatedAlertmanagerProps;
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly selector: { [label: string]: string };
  readonly image: string;
  readonly version: string;
  readonly replicas: number;
  readonly storage: PrometheusStorage;
  readonly externalUrl?: string;
  readonly serviceAccountName: string;
  readonly secrets: SecretMounts;
  readonly environment: { readonly [name: string]: string };
  /** Name of the Secret with the configuration. */
  readonly configSecret: string;
  /** Name of the headless Service by which replicas find each other. */
  readonly peers: string;
}

/** The specification of an Alertmanager resource. */
export function alertmanagerSpec(parts: AlertmanagerParts): Spec {
  const { props, name, namespace, labels, selector, replicas, serviceAccountName, externalUrl, secrets } = parts;
  const defaultResources = { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) };
  const env = Object.entries(parts.environment).map(([variable, value]) => ({ name: variable, value }));
  return {
    ...podSpec(props, { labels, selector, pods: replicas, serviceAccountName, defaultResources }),
    ...storageSpec(parts.storage),
    terminationGracePeriodSeconds: 120,
    ...props.teamConfigs?._selectors,
    alertmanagerConfigMatcherStrategy: props.teamConfigs === undefined ? undefined : { type: 'OnNamespace' },
    image: parts.image,
    version: `v${parts.version}`,
    replicas,
    serviceName: parts.peers,
    clusterLabel: `${namespace}/${name}`,
    configSecret: parts.configSecret,
    retention: goDuration(props.retention ?? Duration.hours(120)),
    portName: 'web',
    externalUrl,
    // Other than Alertmanager itself, the operator does not take it from the URL.
    routePrefix: urlPath(externalUrl) || undefined,
    logLevel: props.logLevel,
    volumes: secrets.volumes.length === 0 ? undefined : secrets.volumes,
    // Of the operator's own `secrets` a missing one would keep the Pod from starting.
    volumeMounts: secrets.mounts.length === 0 ? undefined : secrets.mounts,
    containers: env.length === 0 ? undefined : [{ name: 'alertmanager', env }],
  };
}
