import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Plain } from './l1';
import { OperatedAlertmanagerProps } from './operated-alertmanager-props';
import type { AlertmanagerSpec } from '../../imports/alertmanager';
import { SecretMounts } from '../backend/secret-mounts';
import { urlPath } from '../backend/url-path';
import { PrometheusStorage } from '../kubernetes';
import { spread } from '../kubernetes/availability';
import { NOBODY, resourcesOf } from '../kubernetes/pod';
import { quantity } from '../kubernetes/prometheus-storage';
import { goDuration } from '../monitoring/routing/checks';

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

function storageSpec(storage: PrometheusStorage): Spec {
  const claims = storage._claims('data');
  const [claim] = claims.volumeClaimTemplates ?? [];
  const { sizeLimit } = storage._emptyDir;
  return {
    storage: claim === undefined
      ? { emptyDir: sizeLimit === undefined ? {} : { sizeLimit: { value: quantity(sizeLimit) } } }
      : { volumeClaimTemplate: { spec: claim.spec } },
    persistentVolumeClaimRetentionPolicy: claims.persistentVolumeClaimRetentionPolicy,
  };
}

/** The choices that every workload offers, as the resource takes them. */
function podParts({ props, labels, selector, replicas, serviceAccountName }: AlertmanagerParts): Spec {
  // The rest of the labels is the operator's to set.
  const { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf } = labels;
  return {
    podMetadata: {
      labels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf, ...props.podLabels },
      annotations: props.podAnnotations,
    },
    imagePullPolicy: 'IfNotPresent',
    imagePullSecrets: props.imagePullSecrets?.map((secret) => ({ name: secret.name })),
    resources: resourcesOf(props.resources, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) }),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    tolerations: props.tolerations,
    affinity: props.affinity,
    priorityClassName: props.priorityClassName,
    topologySpreadConstraints: replicas > 1 ? spread(selector) : undefined,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NOBODY.uid,
      runAsGroup: NOBODY.gid,
      fsGroup: NOBODY.gid,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 120,
  };
}

/** The specification of an Alertmanager resource. */
export function alertmanagerSpec(parts: AlertmanagerParts): Spec {
  const { props, name, namespace, replicas, externalUrl, secrets } = parts;
  const env = Object.entries(parts.environment).map(([variable, value]) => ({ name: variable, value }));
  return {
    ...podParts(parts),
    ...storageSpec(parts.storage),
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
