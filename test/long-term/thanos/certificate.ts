import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { ThanosTls } from '../../../lib';

/** A certificate of Thanos under the keys of cert-manager, in a Secret of the namespace. */
export const thanosTls = (chart: Chart): ThanosTls => ThanosTls.fromSecret(Secret.fromSecretName(chart, 'certificate', 'thanos-tls'));

/** Flags of a server that has it. */
export const SERVER_FLAGS = [
  '--grpc-server-tls-cert=/etc/thanos/tls/tls.crt', '--grpc-server-tls-key=/etc/thanos/tls/tls.key', '--grpc-server-tls-client-ca=/etc/thanos/tls/ca.crt',
];

/** Flags of a Receive that forwards to servers that have it. */
export const forwardFlags = (serverName: string): string[] => [
  '--remote-write.client-tls-secure', '--remote-write.client-tls-ca=/etc/thanos/tls/ca.crt', '--remote-write.client-tls-cert=/etc/thanos/tls/tls.crt',
  '--remote-write.client-tls-key=/etc/thanos/tls/tls.key', `--remote-write.client-server-name=${serverName}`,
];
