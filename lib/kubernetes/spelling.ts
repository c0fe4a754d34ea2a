import { isJsonMap, JsonMap } from '../json';

/** Names of fields that cdk8s's props write in another way; such a prop means one field in all kinds. */
export const FIELD_OF_PROP: { readonly [prop: string]: string | undefined } = {
  clientIp: 'clientIP',
  clusterIp: 'clusterIP',
  datasetUuid: 'datasetUUID',
  diskUri: 'diskURI',
  downwardApi: 'downwardAPI',
  externalId: 'externalID',
  hostIp: 'hostIP',
  hostIpc: 'hostIPC',
  hostPid: 'hostPID',
  insecureSkipTlsVerify: 'insecureSkipTLSVerify',
  loadBalancerIp: 'loadBalancerIP',
  nodeId: 'nodeID',
  nonResourceUrLs: 'nonResourceURLs',
  openApiv3Schema: 'openAPIV3Schema',
  pdId: 'pdID',
  podCidRs: 'podCIDRs',
  podCidr: 'podCIDR',
  providerId: 'providerID',
  scaleIo: 'scaleIO',
  setHostnameAsFqdn: 'setHostnameAsFQDN',
  storagePolicyId: 'storagePolicyID',
  targetCpuUtilizationPercentage: 'targetCPUUtilizationPercentage',
  targetWwNs: 'targetWWNs',
  volumeId: 'volumeID',
};

/** Fields whose keys are the user's, and not those of the API. */
export const MAPPINGS: ReadonlySet<string> = new Set([
  'annotations', 'binaryData', 'capacity', 'data', 'default', 'defaultRequest', 'deprecatedTopology', 'extra', 'hard', 'labels', 'limits', 'matchLabels',
  'max', 'maxLimitRequestRatio', 'min', 'nodeSelector', 'options', 'overhead', 'parameters', 'podFixed', 'requests', 'selector', 'stringData',
  'volumeAttributes',
]);

/** A number or a text as cdk8s leaves it when it has resolved a quantity or a port. */
function isNumberOrText(value: JsonMap): boolean {
  return 'value' in value && typeof value.value !== 'object' && Object.keys(value).length === 1;
}

function spelledValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(spelledValue);
  }
  return !isJsonMap(value) ? value : isNumberOrText(value) ? value.value : spelled(value);
}

/** The keys of a mapping stay as they are. */
function spelledMapping(mapping: JsonMap): JsonMap {
  const written: Record<string, unknown> = {};
  for (const key of Object.keys(mapping)) {
    written[key] = spelledField(key, mapping[key]);
  }
  return written;
}

function spelledField(name: string, value: unknown): unknown {
  return MAPPINGS.has(name) && isJsonMap(value) ? spelledMapping(value) : spelledValue(value);
}

/**
 * Props of an object of Kubernetes's own API, resolved by cdk8s, as its manifest writes them. A field that cdk8s-plus-27 does not know, such as the
 * `restartPolicy` of an init container, is written as any other.
 */
export function spelled(props: object): JsonMap {
  const written: Record<string, unknown> = {};
  for (const [prop, value] of Object.entries(props)) {
    written[FIELD_OF_PROP[prop] ?? prop] = spelledField(prop, value);
  }
  return written;
}

/** What the API takes as a number or as a text: a port, a percentage, a quantity. The L1 classes' `IntOrString` and `Quantity` are of this shape. */
class NumberOrText {
  constructor(public readonly value: number | string) {}
}

/** A port by number or name, a percentage, or a quantity, for the props of an L1 class. */
export function numberOrText(value: number | string): NumberOrText {
  return new NumberOrText(value);
}
