import { Construct } from 'constructs';
import { directWrite } from './direct-write';
import { SinkGateway } from './sink-gateway';
import { ForwardOptions, IForwarding, IPrometheus, Sink } from '../../monitoring';
import { ElasticsearchTarget } from '../../monitoring/sinks/http-sinks';

/** A Prometheus that samples are forwarded from. */
export interface ForwardingPrometheus extends IPrometheus {
  /** Name of its objects. */
  readonly name: string;
}

/**
 * Sinks of a Prometheus. The gateway has no backend: both make it alike, and an app can make one on its own.
 */
export class Forwardings extends Construct {
  constructor(private readonly prometheus: ForwardingPrometheus) {
    super(prometheus, 'Sinks');
  }

  /** Gateways so far. */
  public get gateways(): SinkGateway[] {
    return this.node.children.filter((child) => child instanceof SinkGateway);
  }

  /** Makes what samples take to a sink, and has the Prometheus send and monitor it. Throws when its name is taken. */
  public add(sink: Sink, options: ForwardOptions): IForwarding {
    const { prometheus } = this;
    const { name = `${prometheus.name}-${sink.kind}` } = options;
    const target = sink._target;
    if (this.node.tryFindChild(name) !== undefined) {
      throw new Error(`${prometheus.node.path}: samples are forwarded to '${name}' already; give this one another 'name'`);
    }
    return target.kind === 'elasticsearch-write' ? this.write(target, name, options) : this.gateway(sink, name, options);
  }

  private write(target: ElasticsearchTarget, name: string, options: ForwardOptions): IForwarding {
    const { prometheus } = this;
    const remoteWrite = directWrite(prometheus.node.path, name, target, options);
    return { remoteWrite: prometheus.addRemoteWrite(remoteWrite), monitoring: {} };
  }

  private gateway(sink: Sink, name: string, options: ForwardOptions): IForwarding {
    const { prometheus } = this;
    const gateway = new SinkGateway(this, name, { ...options, name, namespace: options.namespace ?? prometheus.namespace, sink });
    prometheus.addRemoteWrite(gateway.remoteWrite);
    prometheus.monitor(gateway);
    return gateway;
  }
}
