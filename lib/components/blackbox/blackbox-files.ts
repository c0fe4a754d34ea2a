import { ConfigMapKey, SecretKey } from '../../kubernetes';
import { configDir, configMapDir, secretDir } from '../../kubernetes/mount-paths';
import { AccountFile, accountFilesOf, visitLeaves, Wire, WireMap } from '../../wire/data';
import { fileSpelling } from '../../wire/file-spelling';

/** Folders of the exporter's files. */
export const DIRS = { config: configDir('blackbox-exporter'), clusterCa: '/etc/blackbox-exporter/cluster-ca' } as const;

/** Spelling of the exporter's configuration. It has no service account, so the cluster's certificate authority is mounted by itself. */
export const SPELLING = fileSpelling('blackbox-exporter', DIRS.clusterCa);

/** A Secret or a ConfigMap that the exporter reads. */
export interface MountedObject {
  readonly key: SecretKey | ConfigMapKey;
  readonly dir: string;
}

/** The Secrets and ConfigMaps that some settings name, by key. */
export function mountedObjects(settings: Wire): MountedObject[] {
  const found: MountedObject[] = [];
  visitLeaves(settings, ({ key, configMapKey }) => {
    if (key !== undefined) {
      found.push({ key, dir: secretDir('blackbox-exporter', key.secret.name) });
    }
    if (configMapKey !== undefined) {
      found.push({ key: configMapKey, dir: configMapDir('blackbox-exporter', configMapKey.configMap.name) });
    }
  });
  return found;
}

/** Whether some settings name the cluster's certificate authority. */
export function usesClusterCa(settings: WireMap): boolean {
  return accountFilesOf(settings).includes(AccountFile.CA);
}
