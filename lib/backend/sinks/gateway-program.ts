import { k8s } from 'cdk8s-plus-27';
import { SinkAccess } from './sink-pipeline';
import { SecretKey } from '../../kubernetes';
import { DefaultResources } from '../../kubernetes/resources';

/** Port that accepts remote write. */
export const WRITE_PORT = 4195;
/** Path that accepts remote write. */
export const WRITE_PATH = '/api/v1/write';
/** Folder of `credentials`. */
export const CREDENTIALS_DIR = '/etc/sink-gateway/credentials';
/** Time in which a gateway delivers what it has before its Pod ends. */
export const SHUTDOWN_SECONDS = 20;

/** A port of a gateway. */
export interface GatewayPort {
  readonly name: string;
  readonly port: number;
}

/** The program of a gateway: what its Pods run, and what they need for it. */
export interface GatewayProgram extends SinkAccess {
  readonly program: 'bento' | 'telegraf';
  readonly command?: string[];
  readonly args: string[];
  /** Files of its configuration, by their names. */
  readonly configuration: { readonly [file: string]: string };
  readonly ports: readonly GatewayPort[];
  /** Name of the port that has the metrics. */
  readonly metricsPort: string;
  /** By which it is alive and ready: the sink does not count, since a drain would wait for a sink that is away. */
  readonly probe: Pick<k8s.Probe, 'httpGet' | 'tcpSocket'>;
  readonly resources: DefaultResources;
  /** Environment variables besides those of Secrets. */
  readonly variables?: readonly k8s.EnvVar[];
  /** Secrets as files of one folder, by the names of the files. */
  readonly credentials?: { readonly [file: string]: SecretKey };
}
