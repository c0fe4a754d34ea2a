import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, ServiceAccount } from 'cdk8s-plus-27';

/** Props that monitored workloads have in common, each with another value than its default. */
export function workloadProps(chart: Chart, namespace: string, serviceAccount: string) {
  return {
    resources: { cpuRequest: Cpu.millis(200), memoryRequest: Size.mebibytes(300), memoryLimit: Size.gibibytes(2) },
    nodeSelector: { pool: 'system' },
    tolerations: [{ key: 'system', operator: 'Exists' }],
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    priorityClassName: 'important',
    podAnnotations: { a: 'b' },
    podLabels: { c: 'd' },
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', serviceAccount, { namespaceName: namespace }),
    jobName: 'mine',
    interval: Duration.seconds(45),
    timeout: Duration.seconds(20),
  };
}
