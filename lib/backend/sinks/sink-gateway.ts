import { ApiObject } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../../kubernetes/kinds';
import { checkArguments } from '../../arguments';
import { acknowledgedGateway } from './acknowledged-gateway';
import { bufferedGateway } from './buffered-gateway';
import { GatewayProgram, WRITE_PATH, WRITE_PORT } from './gateway-program';
import { gatewayWrite } from './gateway-write';
import { CONFIG_DIR, gatewayFiles, gatewayPod } from './sink-gateway-pod';
import { SinkGatewayProps } from './sink-gateway-props';
import { sinkGatewayDashboards } from '../../components/sink-gateway/sink-gateway-dashboards';
import { sinkGatewayRules } from '../../components/sink-gateway/sink-gateway-rules';
import { checkCount } from '../../checks';
import { apiObject } from '../../kubernetes/api-object';
import { disruptionBudget } from '../../kubernetes/availability';
import { note } from '../../kubernetes/notes';
import { requireOwnSecret, serviceAccountOf } from '../../kubernetes/own-namespace';
import { podService } from '../../kubernetes/pod-service';
import { identityOf, metadataOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IForwarding, Monitoring, RemoteWrite, ScrapeEndpoint, ScrapeJob, Sink } from '../../monitoring';
import { GatewayTarget } from '../../monitoring/sinks/sink';
import { endpointOptions } from '../../components/monitor-endpoints';

/** Samples a second unless they are given. */
const SAMPLES_PER_SECOND = 2000;

/**
 * A gateway that accepts remote write and delivers the samples to a sink. `forward()` of a Prometheus makes one, with its remote write and its
 * monitoring; for a Prometheus that the app does not make it stands alone.
 *
 * By default it keeps nothing: a request of Prometheus is answered once the sink has its samples, and until then they are in Prometheus's write-ahead
 * log, for about two hours. So neither a sink that is away nor a gateway that is killed loses samples. A request that was interrupted is sent again,
 * and its samples may arrive twice. With `Delivery.buffered()` it answers at once and keeps samples in memory.
 *
 * It asks for no password: anyone who reaches its port can write to the sink.
 */
export class SinkGateway extends Construct implements IForwarding {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment, its Service and its ConfigMap. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster that accepts remote write. */
  public readonly url: string;
  /** A remote write of the selected series to it, for `addRemoteWrite()`. */
  public readonly remoteWrite: RemoteWrite;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** The ConfigMap with the configuration. */
  public readonly configMap: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: SinkGatewayProps) {
    super(scope, id);
    checkArguments('SinkGateway', { props }, this.node.path);
    const identity = identityOf(this, props, 'sink-gateway', 'sink-gateway');
    const { where, name, namespace, selector } = identity;
    const { replicas = 2, samplesPerSecond = SAMPLES_PER_SECOND } = props;
    [this.name, this.namespace] = [name, namespace];
    checkCount(replicas, `${where}: replicas`, 'two');
    checkCount(samplesPerSecond, `${where}: samplesPerSecond`, `${SAMPLES_PER_SECOND}`);
    props.updateStrategy?._check(where, 'Deployment');
    this.url = `http://${name}.${namespace}.svc:${WRITE_PORT}${WRITE_PATH}`;
    this.remoteWrite = gatewayWrite({ name, url: this.url, samplesPerSecond }, props.select);
    const program = programOf(identity, props, samplesPerSecond);
    [...program.env.values(), ...Object.values(program.credentials ?? {})].forEach(({ secret }) => requireOwnSecret(where, secret, namespace, 'Pods read'));
    program.notes.forEach((text) => note(this, text));
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.configMap = apiObject(this, 'Config', KIND.ConfigMap, { metadata: metadataOf(identity), data: gatewayFiles(program) });
    this.workload = apiObject(this, 'Resource', KIND.Deployment, {
      metadata: metadataOf(identity),
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: gatewayPod(props, { identity, program, replicas, serviceAccountName: this.serviceAccount.name }),
        strategy: props.updateStrategy?._deployment,
      },
    });
    this.service = podService(this, 'Service', identity, { options: props, ports: program.ports });
    this.disruptionBudget = disruptionBudget(this, identity, replicas, props.maxUnavailable);
    this.monitoring = this.ownMonitoring(identity, props, program.metricsPort);
  }

  private ownMonitoring({ selector, name, namespace }: WorkloadIdentity, props: SinkGatewayProps, port: string): Monitoring {
    const job = ScrapeJob.fromService({
      name: props.jobName ?? name,
      labels: selector,
      namespaces: [namespace],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port })],
    });
    const rules = sinkGatewayRules({ jobName: job.name, buffers: isBuffered(props) }, props.rules);
    return { jobs: [job], rules, dashboards: sinkGatewayDashboards(job.name, props.rules) };
  }
}

const isBuffered = ({ delivery }: SinkGatewayProps) => delivery?._buffer !== undefined;

function programOf({ where, name }: WorkloadIdentity, { sink, delivery }: SinkGatewayProps, samplesPerSecond: number): GatewayProgram {
  const [gateway, target] = [{ where, name, configDir: CONFIG_DIR }, gatewayTarget(where, sink)];
  return delivery?._buffer === undefined
    ? acknowledgedGateway(gateway, target, samplesPerSecond)
    : bufferedGateway(gateway, target, { time: delivery._buffer, samplesPerSecond });
}

/** The target of a sink that does not accept remote write. */
function gatewayTarget(where: string, { kind, _target: target }: Sink): GatewayTarget {
  if (target.kind === 'elasticsearch-write') {
    throw new Error(`${where}: ${kind} accepts remote write itself from this version on; forward() to it without a gateway, or name an older 'version'`);
  }
  return target;
}
