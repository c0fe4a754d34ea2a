import { Size } from 'cdk8s';
import { cpuMillis } from '../../kubernetes/resources';
import { KubeletService } from './kubelet-service';
import { OperatorController, OperatorRepair } from './prometheus-operator-controller';
import { PrometheusOperatorProps } from './prometheus-operator-props';
import { LogLevel } from '../../backend/prometheus-props';
import { OPERATOR_FLAGS } from '../../generated/prometheus-operator';
import { extraFlagArgs, ownFlags, ProgramFlags } from '../../kubernetes/flags';
import { fromRegistry, imageOf } from '../../kubernetes/images';
import { resourcesOf } from '../../kubernetes/resources';
import { PROGRAMS } from '../../versions';

/** Flags by the prop that sets them. */
const BY_PROP = {
  watchNamespaces: ['namespaces'],
  denyNamespaces: ['deny-namespaces'],
  instanceNamespaces: ['prometheus-instance-namespaces', 'alertmanager-instance-namespaces'],
  registry: ['prometheus-default-base-image', 'alertmanager-default-base-image'],
  configReloader: [
    'prometheus-config-reloader', 'config-reloader-cpu-limit', 'config-reloader-cpu-request', 'config-reloader-memory-limit',
    'config-reloader-memory-request', 'enable-config-reloader-probes',
  ],
  kubeletService: [
    'kubelet-service', 'kubelet-selector', 'kubelet-endpoints', 'kubelet-endpointslice', 'kubelet-http-metrics', 'kubelet-node-address-priority',
    'kubelet-sync-period',
  ],
  features: ['feature-gates'],
  repair: ['repair-policy-for-statefulsets'],
  webTls: ['web.enable-tls', 'web.cert-file', 'web.key-file'],
  logLevel: ['log-level'],
};

/** Flags of the operator; those that the library sets are here with those that this construct could not keep what it promises with. */
export const OPERATOR: ProgramFlags = {
  program: 'prometheusOperator',
  title: 'the operator',
  flags: OPERATOR_FLAGS,
  syntax: 'go',
  own: ownFlags(
    BY_PROP, 'auto-gomemlimit-ratio', 'disable-unmanaged-prometheus-configuration', 'watch-referenced-objects-in-all-namespaces', 'web.listen-address',
  ),
};

/** Settings of the operator that are flags. */
export interface OperatorSettings {
  readonly controllers: readonly OperatorController[];
  readonly watchNamespaces?: readonly string[];
  readonly denyNamespaces?: readonly string[];
  readonly instanceNamespaces?: readonly string[];
  readonly kubeletService: KubeletService;
  readonly port: number;
  /** Files of the certificate and its key. */
  readonly webTls?: { readonly certificate: string; readonly privateKey: string };
}

/** The arguments of the operator; throws when a further flag is not one. */
export function operatorArgs(where: string, props: PrometheusOperatorProps, settings: OperatorSettings): string[] {
  const { controllers, instanceNamespaces, webTls } = settings;
  const instances = instanceNamespaces?.join();
  const flags: Array<[string, string | undefined]> = [
    ['web.listen-address', `:${settings.port}`],
    ['web.enable-tls', webTls === undefined ? undefined : 'true'],
    ['web.cert-file', webTls?.certificate],
    ['web.key-file', webTls?.privateKey],
    ['namespaces', settings.watchNamespaces?.join()],
    ['deny-namespaces', settings.denyNamespaces?.join()],
    ['prometheus-instance-namespaces', instances],
    ['alertmanager-instance-namespaces', instances],
    // changes of Secrets that monitors name are seen at once then, and not with the next change of the monitor
    ['watch-referenced-objects-in-all-namespaces', instances === undefined ? undefined : 'true'],
    // a Prometheus that selects nothing scrapes nothing, and does not wait for a configuration by hand
    ['disable-unmanaged-prometheus-configuration', 'true'],
    ...reloaderFlags(where, props),
    ...imageFlags(props, controllers),
    ...settings.kubeletService._flags(),
    ['repair-policy-for-statefulsets', props.repair === undefined || props.repair === OperatorRepair.NONE ? undefined : props.repair],
    ['feature-gates', props.features === undefined || props.features.length === 0 ? undefined : props.features.map((gate) => `${gate}=true`).join()],
    ['auto-gomemlimit-ratio', '0.9'],
    ['log-level', props.logLevel === undefined || props.logLevel === LogLevel.INFO ? undefined : props.logLevel],
  ];
  return [...flags.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`])), ...extraFlagArgs(where, props, OPERATOR)];
}

function reloaderFlags(where: string, { registry, configReloader = {} }: PrometheusOperatorProps): Array<[string, string | undefined]> {
  const image = { image: configReloader.image, registry };
  const { requests = {}, limits = {} } = resourcesOf(`${where}: configReloader`, configReloader.resources, {
    cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(64),
  });
  // What is left out has the operator's own default, which is a limit too; nothing is said by zero.
  const amount = (of: typeof requests, what: string) => `${of[what]?.value ?? 0}`;
  return [
    ['prometheus-config-reloader', imageOf('configReloader', image)],
    ['config-reloader-cpu-request', amount(requests, 'cpu')],
    ['config-reloader-cpu-limit', amount(limits, 'cpu')],
    ['config-reloader-memory-request', amount(requests, 'memory')],
    ['config-reloader-memory-limit', amount(limits, 'memory')],
    ['enable-config-reloader-probes', configReloader.probes === false ? undefined : 'true'],
  ];
}

/** For resources that name no image of their own. */
function imageFlags({ registry }: PrometheusOperatorProps, controllers: readonly OperatorController[]): Array<[string, string | undefined]> {
  if (registry === undefined) {
    return [];
  }
  const is = (...some: OperatorController[]) => some.some((controller) => controllers.includes(controller));
  const prometheus = is(OperatorController.PROMETHEUS, OperatorController.PROMETHEUS_AGENT);
  return [
    ['prometheus-default-base-image', prometheus ? fromRegistry(PROGRAMS.prometheus.image, registry) : undefined],
    ['alertmanager-default-base-image', is(OperatorController.ALERTMANAGER) ? fromRegistry(PROGRAMS.alertmanager.image, registry) : undefined],
  ];
}
