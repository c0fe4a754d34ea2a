import { k8s } from 'cdk8s-plus-27';
import { ConfigMapKey } from './config-map-key';
import { configMapDir, Program, secretDir } from './mount-paths';
import { requireOwnSecret } from './own-namespace';
import { SecretKey } from './secret-key';
import { WorkloadIdentity } from './workload-identity';

/** Volumes of Secrets and ConfigMaps, and their mounts. */
export interface MountedKeys {
  readonly volumes: readonly k8s.Volume[];
  readonly volumeMounts: readonly k8s.VolumeMount[];
}

/**
 * Mounts the Secrets and ConfigMaps of some keys, each once, where `_file` of a key says. The Pods start once they exist. Throws when the app makes
 * one in another namespace.
 */
export function mountedKeys(
  { where, namespace }: WorkloadIdentity, program: Program, volume: string, keys: ReadonlyArray<SecretKey | ConfigMapKey | undefined>,
): MountedKeys {
  const sources = new Map<string, Omit<k8s.Volume, 'name'>>();
  keys.filter((key) => key !== undefined).forEach((key) => {
    const source = key instanceof SecretKey ? key.secret : key.configMap;
    requireOwnSecret(where, source, namespace);
    if (key instanceof SecretKey) {
      sources.set(secretDir(program, source.name), { secret: { secretName: source.name, defaultMode: 0o440 } });
    } else {
      sources.set(configMapDir(program, source.name), { configMap: { name: source.name, defaultMode: 0o440 } });
    }
  });
  return {
    volumes: [...sources.values()].map((source, i) => ({ name: `${volume}-${i}`, ...source })),
    volumeMounts: [...sources.keys()].map((mountPath, i) => ({ name: `${volume}-${i}`, mountPath, readOnly: true })),
  };
}
