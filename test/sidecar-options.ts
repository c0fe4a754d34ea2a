import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-27';
import { ObjectStorage, SecretKey, ThanosSidecarOptions, ThanosTls } from '../lib';

/** Every option of a sidecar of Thanos. */
export function sidecarOptions(chart: Chart): Required<ThanosSidecarOptions> {
  const secret = Secret.fromSecretName(chart, 'bucket', 'bucket');
  return {
    objectStorage: ObjectStorage.s3({
      bucket: 'blocks', region: 'eu-central-1', accessKey: SecretKey.of(secret, 'id'), secretKey: SecretKey.of(secret, 'secret'),
    }),
    image: 'example.com/thanos:v0.41.0',
    resources: { cpuRequest: Cpu.millis(33), memoryRequest: Size.mebibytes(200), memoryLimit: Size.mebibytes(700) },
    tls: ThanosTls.fromSecret(Secret.fromSecretName(chart, 'thanos-tls', 'thanos-tls')),
    jobName: 'sidecars',
    rules: { uploadAge: Duration.hours(9) },
  };
}
