/** An image with a shell and a web server; on a cluster that cannot pull it, E2E_BUSYBOX_IMAGE names another. */
export function busybox(): string {
  return process.env.E2E_BUSYBOX_IMAGE ?? 'docker.io/library/busybox:1.36';
}

/** What Pod Security `restricted` wants of Pods and of their containers. */
export const HARDENED_POD = {
  automountServiceAccountToken: false,
  securityContext: { runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
};

export const HARDENED_CONTAINER = {
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};
