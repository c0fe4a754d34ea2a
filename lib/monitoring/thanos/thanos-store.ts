import { IConstruct } from 'constructs';

/** A place at which Thanos's StoreAPI is served. */
export interface ThanosEndpoint {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the headless Service whose port `grpc` serves it. */
  readonly serviceName: string;
  /** Labels by which equal series of replicas differ. */
  readonly replicaLabels: string[];
  /**
   * Name in the certificate of its server, which answers clients with a certificate alone.
   * @default - it answers without TLS
   */
  readonly tlsServerName?: string;
}

/** Something that Thanos Query asks for series: a Prometheus with a sidecar, a `ThanosStore`, a `ThanosReceive`, a `ThanosRuler`, a `ThanosQuery`. */
export interface IThanosStore extends IConstruct {
  /** The place at which it answers Thanos. Undefined for a Prometheus without the prop `thanos`, and for one that exists already. */
  readonly thanosEndpoint?: ThanosEndpoint;
}
