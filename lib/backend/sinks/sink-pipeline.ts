import { ConfigMapKey, SecretKey } from '../../kubernetes';

/** Secrets and files by which a gateway reaches a sink. */
export interface SinkAccess {
  /** Environment variables, by their names. */
  readonly env: ReadonlyMap<string, SecretKey>;
  /** Secrets and ConfigMaps that are mounted. */
  readonly files: ReadonlyArray<SecretKey | ConfigMapKey | undefined>;
  /** Whether the certificate authority of the cluster is mounted. */
  readonly usesClusterCa: boolean;
  /** Configuration of what runs to its end before the gateway starts. */
  readonly setup?: GatewaySetup;
  /** Notes on the sink. */
  readonly notes: readonly string[];
}

/** A step before a gateway starts, in the configuration of Bento. */
export interface GatewaySetup {
  readonly name: string;
  readonly config: object;
}

/** Steps from a request of remote write to a sink, in the configuration of Bento. */
export interface SinkPipeline extends SinkAccess {
  /** Requests that are worked on at a time. */
  readonly threads: number;
  /** Milliseconds of CPU that a sample takes, measured with ten labels a series. */
  readonly cpuMillis: number;
  /** Steps after a request is decoded. */
  readonly processors: readonly object[];
  /** The sink. */
  readonly output: object;
}

/** Facts about a gateway that the sink sees. */
export interface GatewayFacts {
  /** Path of the construct, for messages. */
  readonly where: string;
  /** Name by which it introduces itself. */
  readonly name: string;
  /** Folder of its configuration. */
  readonly configDir: string;
}
