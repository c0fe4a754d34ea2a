import { ThanosSidecarRuleOptions } from '../components/thanos/thanos-rule-options';
import { ComputeResources } from '../kubernetes';
import { ObjectStorage, ThanosTls } from '../monitoring';

/**
 * A sidecar of Thanos beside Prometheus, by which `ThanosQuery` reads its samples, and which uploads its blocks.
 * @see https://thanos.io/tip/components/sidecar.md/
 */
export interface ThanosSidecarOptions {
  /**
   * Bucket that blocks are uploaded to, one every two hours. The Prometheus has a `cluster` or external labels then, by which blocks of several
   * clusters in one bucket are told apart, and a retention of at least six hours.
   * @default - none: samples are read, and stay where they are
   */
  readonly objectStorage?: ObjectStorage;
  /**
   * Mutual TLS of its StoreAPI. The ThanosQuery that asks it has `tls` too.
   * @default - none: anyone who reaches its port can read all samples
   */
  readonly tls?: ThanosTls;
  /**
   * Image with its tag or digest, of Thanos 0.41 or newer.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly image?: string;
  /**
   * Resource requests and limits of the container.
   * @default - { cpuRequest: Cpu.millis(20), memoryRequest: Size.mebibytes(128), memoryLimit: Size.gibibytes(1) }
   */
  readonly resources?: ComputeResources;
  /**
   * Name of the job that scrapes the sidecar where Prometheus monitors itself.
   * @default thanos-sidecar
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about the sidecar.
   * @default - the library's
   */
  readonly rules?: ThanosSidecarRuleOptions;
}
