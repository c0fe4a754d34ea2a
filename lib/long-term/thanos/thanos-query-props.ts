import { Duration } from 'cdk8s';
import { ThanosStoreOptions } from './thanos-options';
import { ThanosQueryRuleOptions } from '../../components';
import { Exposure } from '../../kubernetes';
import { IThanosStore } from '../../monitoring';

/** Stores and limits of a Thanos Query. */
export interface ThanosQueryProps extends ThanosStoreOptions {
  /** Prometheus with `thanos`, `ThanosStore`, `ThanosReceive`, `ThanosRuler` and other `ThanosQuery` that are asked; more by `addStore()`. */
  readonly stores: IThanosStore[];
  /**
   * Addresses of stores outside of the app, as Thanos writes them: `dnssrv+_grpc._tcp.prometheus-thanos.far.example.com`, `thanos.example.com:10901`.
   * With `tls` their certificates carry the name in the address, here `prometheus-thanos.far.example.com` and `thanos.example.com`.
   * @default - none
   */
  readonly addresses?: string[];
  /**
   * Labels by which equal series of replicas differ, besides those of `stores`.
   * @default - none
   */
  readonly replicaLabels?: string[];
  /**
   * Whether an answer lacks the samples of stores that fail, with a warning, instead of being an error.
   * @default true
   */
  readonly partialResponse?: boolean;
  /**
   * Whether long queries are answered from downsampled blocks.
   * @default true
   */
  readonly autoDownsampling?: boolean;
  /**
   * Time after which a query is given up.
   * @default Duration.minutes(2)
   */
  readonly queryTimeout?: Duration;
  /**
   * Queries at a time.
   * @default 20
   */
  readonly maxConcurrent?: number;
  /**
   * Exposure to users. Anyone who reaches it can read all samples.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: ThanosQueryRuleOptions;
}
