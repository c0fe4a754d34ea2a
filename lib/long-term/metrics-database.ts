import { ApiObject, Duration, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Program } from '../kubernetes/mount-paths';
import { numberOrText } from '../kubernetes/spelling';
import { checkArguments } from '../arguments';
import { MonitorOptions } from '../components';
import { endpointOptions } from '../components/monitor-endpoints';
import { DataStorage, Exposure, WorkloadOptions } from '../kubernetes';
import { exposedService } from '../kubernetes/exposed-service';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { statefulSet } from '../kubernetes/stateful-set';
import { identityOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { BasicAuth, ScrapeEndpoint, ScrapeJob } from '../monitoring';

/** Names of a kind of database. */
export interface DatabaseKind {
  /** Class of the construct: `InfluxDb`. */
  readonly construct: string;
  /** Program as labels name it: `influxdb`. */
  readonly program: Program;
  /** Port of the web server. */
  readonly port: number;
}

/** Options that all databases have. */
export interface DatabaseOptions extends WorkloadOptions, MonitorOptions {
  readonly exposure?: Exposure;
}

/** A database's props, checked and with the defaults filled in. */
export interface DatabaseSettings {
  readonly storage: DataStorage;
  /** Size of the claim, unless `storage` says it. */
  readonly claimSize: Size;
  /** Time between two samples of a series. */
  readonly sampleInterval: Duration;
}

/** Parts of a database that follow from its props. */
export interface DatabaseParts {
  readonly settings: DatabaseSettings;
  /** Its Pods, whose port of the web server is `http`. */
  readonly template: (serviceAccountName: string) => k8s.PodTemplateSpec;
}

/** Time in which a database writes what is in memory before its Pod ends. */
export const FLUSH_TIME = Duration.minutes(2);

/** Probes of a database, which opens its files before it listens. */
export function databaseProbes(): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const health = { httpGet: { path: '/health', port: numberOrText('http') } };
  return {
    startupProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 180 },
    readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}

/** Common part of the databases that Prometheus writes to: a StatefulSet of one Pod, and the Service of its web server. @internal */
export abstract class MetricsDatabase extends Construct {
  /** Name of the StatefulSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, of the HTTP API and of a web page where it has one. */
  public readonly url: string;
  /** Service account of the Pod; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** @internal */
  protected readonly _identity: WorkloadIdentity;
  /** @internal */
  protected readonly _settings: DatabaseSettings;

  /** @param partsOf checks the props, and says what follows from them */
  protected constructor(
    scope: Construct, id: string, kind: DatabaseKind, props: DatabaseOptions, partsOf: (identity: WorkloadIdentity) => DatabaseParts,
  ) {
    super(scope, id);
    const { construct, program, port } = kind;
    checkArguments(construct, { props }, this.node.path);
    const identity = identityOf(this, props, program, 'metrics-database');
    const { name, namespace } = identity;
    [this._identity, this.name, this.namespace] = [identity, name, namespace];
    this.url = `http://${name}.${namespace}.svc:${port}`;
    const { settings, template } = partsOf(identity);
    this._settings = settings;
    settings.storage._claimFolder(this, identity, program);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.workload = statefulSet(this, identity, props, {
      replicas: 1, storage: settings.storage, claimSize: settings.claimSize, template: template(this.serviceAccount.name),
    });
    const exposed = exposedService(this, identity, { name: 'http', port }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
  }

  /** The job that scrapes it. @internal */
  protected _job(defaultName: string, props: DatabaseOptions, basicAuth?: BasicAuth): ScrapeJob {
    return ScrapeJob.fromService({
      name: props.jobName ?? defaultName,
      labels: this._identity.selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port: 'http', basicAuth })],
    });
  }
}
