import { deployed, DeployedApp, synthesizeProgram } from './apps';
import { prepareGrafana } from './grafana';
import { PrometheusApi } from './prometheus-api';

/** The namespaces of both apps, of which a cluster has one at a time: node-exporter takes a port of each node. */
export const STACK_NAMESPACE = 'kube-ops';
export const NODE_NAMESPACE = 'kube-ops-nodes';

const NAME = 'kube-ops';

function program(file: string): Promise<DeployedApp> {
  return deployed(NAME, () => synthesizeProgram(NAME, file, undefined, (dist) => prepareGrafana(dist, STACK_NAMESPACE)));
}

/** The reference app, written by the program that `npm run build` makes of main.ts, applied unchanged. */
export function referenceApp(): Promise<DeployedApp> {
  return program('main.js');
}

/** The full stack: the example for a cluster that is opened, written by its program and applied unchanged. */
export function fullStack(): Promise<DeployedApp> {
  return program('examples/opened-cluster/main.js');
}

export const prometheus = new PrometheusApi(STACK_NAMESPACE);
