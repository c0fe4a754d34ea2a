import { deployed, DeployedApp, synthesizeProgram } from './apps';
import { PrometheusApi } from './prometheus-api';

export const REFERENCE_NAMESPACE = 'kube-ops';
export const NODE_NAMESPACE = 'kube-ops-nodes';

/** The reference app, written by the program that `npm run build` makes of main.ts, applied unchanged. */
export function referenceApp(): Promise<DeployedApp> {
  return deployed('kube-ops', () => synthesizeProgram('kube-ops', 'main.js'));
}

export const prometheus = new PrometheusApi(REFERENCE_NAMESPACE);
