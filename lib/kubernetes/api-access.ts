import { k8s } from 'cdk8s-plus-27';

const NAME = 'kube-api-access';

/** Folder in which client libraries look for the service account's token and the cluster's authority. */
export const ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Volume with the files that the API server would mount into every container of a Pod, for those containers that talk to it.
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export const API_ACCESS: { readonly volume: k8s.Volume; readonly mount: k8s.VolumeMount } = {
  volume: {
    name: NAME,
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  },
  mount: { name: NAME, mountPath: ACCOUNT_DIR, readOnly: true },
};
