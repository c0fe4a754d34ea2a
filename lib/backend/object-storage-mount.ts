import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { apiObject } from '../kubernetes/api-object';
import { secretDir } from '../kubernetes/mount-paths';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { SecretKey } from '../kubernetes/secret-key';
import { metadataOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { ObjectStorage } from '../monitoring';
import { BUCKET_DIR } from '../monitoring/thanos/object-storage';
import { yamlText } from '../yaml';

/** Folder of the configuration that is no secret. */
const CONFIG_DIR = '/etc/thanos/objstore';
const CONFIG_FILE = 'objstore.yml';

/** Volumes by which a Pod may reach a bucket. */
export const OBJECT_STORAGE_VOLUMES: readonly (string | RegExp)[] = ['objstore', 'bucket', /^objstore-secret-\d+$/];

/** Parts of a Pod by which a container of Thanos reaches a bucket: files, environment, volumes. */
export class ObjectStorageMount {
  /** The ConfigMap with the configuration, where that is no Secret. */
  public readonly configMap?: ApiObject;
  /** The file that `--objstore.config-file` names. */
  public readonly file: string;
  public readonly env: k8s.EnvVar[];
  public readonly volumes: k8s.Volume[];
  public readonly mounts: k8s.VolumeMount[];
  /** Changes with the configuration, which Thanos reads when it starts. */
  public readonly annotations: { readonly [name: string]: string };

  /** Throws when the app makes one of the Secrets in another namespace. */
  constructor(scope: Construct, id: string, identity: WorkloadIdentity, { _bucket: bucket }: ObjectStorage) {
    const { config, configKey, variables = {}, files = {}, claimName } = bucket;
    [...Object.values(variables), ...Object.values(files), ...(configKey === undefined ? [] : [configKey])]
      .forEach(({ secret }) => requireOwnSecret(`${identity.where}: objectStorage`, secret, identity.namespace));
    const text = config === undefined ? undefined : yamlText(config);
    this.configMap = text === undefined ? undefined : apiObject(scope, id, KIND.ConfigMap, {
      metadata: metadataOf(identity, '-objstore'), data: { [CONFIG_FILE]: text },
    });
    this.file = configKey === undefined ? `${CONFIG_DIR}/${CONFIG_FILE}` : fileOf(configKey);
    this.env = [
      ...Object.entries(variables).map(([name, { secret, key }]) => ({ name, valueFrom: { secretKeyRef: { name: secret.name, key } } })),
      ...Object.entries(files).map(([name, key]) => ({ name, value: fileOf(key) })),
    ];
    const mounted = [...new Set([...Object.values(files), ...(configKey === undefined ? [] : [configKey])].map(({ secret }) => secret.name))];
    const secretVolume = (i: number) => `objstore-secret-${i}`;
    this.volumes = [
      ...(text === undefined ? [] : [{ name: 'objstore', configMap: { name: `${identity.name}-objstore` } }]),
      // A Pod without it still runs its other containers.
      ...mounted.map((secretName, i) => ({ name: secretVolume(i), secret: { secretName, optional: true, defaultMode: 0o440 } })),
      ...(claimName === undefined ? [] : [{ name: 'bucket', persistentVolumeClaim: { claimName } }]),
    ];
    this.mounts = [
      ...(text === undefined ? [] : [{ name: 'objstore', mountPath: CONFIG_DIR, readOnly: true }]),
      ...mounted.map((secret, i) => ({ name: secretVolume(i), mountPath: secretDir('thanos', secret), readOnly: true })),
      ...(claimName === undefined ? [] : [{ name: 'bucket', mountPath: BUCKET_DIR }]),
    ];
    this.annotations = text === undefined ? {} : { 'checksum/objstore': createHash('sha256').update(text).digest('hex').slice(0, 16) };
  }
}

function fileOf(key: SecretKey): string {
  return key._file('thanos');
}
