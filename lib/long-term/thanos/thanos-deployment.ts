import { ApiObject } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ThanosReplicaOptions } from './thanos-options';
import { HTTP_PORT, thanosNames, thanosPod, ThanosProgram } from './thanos-pod';
import { DataSource, DataSourceOptions } from '../../grafana';
import { Exposure } from '../../kubernetes';
import { lazily } from '../../kubernetes/api-object';
import { deployment } from '../../kubernetes/deployment';
import { ExposedObjects, exposedService } from '../../kubernetes/exposed-service';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { checkPodOptions } from '../../kubernetes/pod';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';

/** Options of a program of Thanos that answers queries. */
export interface ThanosDeploymentOptions extends ThanosReplicaOptions {
  readonly exposure?: Exposure;
}

/** Objects of a program of Thanos that keeps no data. */
export interface ThanosDeploymentObjects extends ExposedObjects {
  readonly serviceAccount: IServiceAccount;
  readonly workload: ApiObject;
}

/**
 * Makes the Deployment of a program of Thanos that keeps no data, and the Service of its web server. Throws on options of Pods that cannot be.
 * @param programOf the program, as it is when the manifest is written
 */
export function thanosDeployment(
  scope: Construct, identity: WorkloadIdentity, options: ThanosDeploymentOptions, programOf: () => ThanosProgram,
): ThanosDeploymentObjects {
  const { replicas = 1 } = options;
  const serviceAccount = serviceAccountOf(scope, options, identity);
  checkPodOptions(identity, options, { names: thanosNames(programOf()) });
  const template = () => thanosPod(identity, options, programOf(), { serviceAccountName: serviceAccount.name, replicas });
  template();
  const workload = deployment(scope, identity, options, { replicas, template: lazily(template) });
  return { serviceAccount, workload, ...exposedService(scope, identity, HTTP_PORT, options) };
}

/** A data source of what Thanos answers at an address. */
export function thanosDataSource(url: string, options: DataSourceOptions): DataSource {
  return DataSource.of({
    ...options,
    name: options.name ?? 'Thanos',
    type: 'prometheus',
    url,
    jsonData: { httpMethod: 'POST', prometheusType: 'Thanos', ...options.jsonData },
  });
}
