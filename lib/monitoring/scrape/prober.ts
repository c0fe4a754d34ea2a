import { Scheme } from './scheme';

/**
 * Prober: a blackbox exporter, or anything that accepts `target` and `module` as URL parameters.
 * @see https://prometheus.io/docs/guides/multi-target-exporter/
 */
export interface IProber {
  /** Host and port that Prometheus reaches it at. */
  readonly proberAddress: string;
  /** Protocol. */
  readonly proberScheme: Scheme;
  /** Path that probes. */
  readonly proberPath: string;
  /** Throws, and lists the known modules, when the prober surely lacks a module of this name. */
  checkModule(module: string): void;
}
