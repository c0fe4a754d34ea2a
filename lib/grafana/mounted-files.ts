import { ConfigMap, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ConfigMapKey, SecretKey } from '../kubernetes';
import { configDir } from '../kubernetes/mount-paths';
import { mountedKeys, MountedKeys } from '../kubernetes/mounted-keys';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { TlsClient } from '../monitoring';
import { TlsFiles, tlsFiles } from '../monitoring/http/tls-files';

/** Folder of Grafana's configuration. */
export const CONFIG_DIR = configDir('grafana');

/** Names of the volumes of Secrets and ConfigMaps. */
export const FILE_VOLUMES = /^file-\d+$/;

/** Secrets and ConfigMaps that Grafana reads as files, and certificate authorities that are texts of the app. */
export class MountedFiles {
  private readonly keys = new Map<string, SecretKey | ConfigMapKey>();
  private readonly own = new Map<string, string>();
  private clusterCaKey?: ConfigMapKey;

  constructor(private readonly scope: Construct, private readonly identity: WorkloadIdentity) {}

  /** Texts that belong beside the configuration, by the names of their files. */
  public get texts(): { readonly [file: string]: string } {
    return Object.fromEntries(this.own);
  }

  /** Volumes and mounts of the Secrets and ConfigMaps so far, each once. */
  public get mounted(): MountedKeys {
    return mountedKeys(this.identity, 'grafana', 'file', [...this.keys.values()]);
  }

  /** The file of a key, which is mounted. Throws when the app makes its Secret or ConfigMap in another namespace. */
  public path(key: SecretKey | ConfigMapKey): string {
    const { where, namespace } = this.identity;
    requireOwnSecret(where, key instanceof SecretKey ? key.secret : key.configMap, namespace);
    const file = key._file('grafana');
    this.keys.set(file, key);
    return file;
  }

  /** The text by which Grafana reads a value from the file of a key. */
  public reference(key: SecretKey | ConfigMapKey): string {
    return `$__file{${this.path(key)}}`;
  }

  /** The files of a TLS client; `name` is that of the file of an authority that is a text. */
  public tls(tls: TlsClient, name: string): TlsFiles {
    const files = tlsFiles(tls, { file: (key) => this.path(key), clusterCa: () => this.path(this.clusterCa) });
    if (files.pem === undefined) {
      return files;
    }
    this.own.set(name, files.pem);
    return { ...files, ca: `${CONFIG_DIR}/${name}` };
  }

  private get clusterCa(): ConfigMapKey {
    this.clusterCaKey ??= ConfigMapKey.of(ConfigMap.fromConfigMapName(this.scope, 'ClusterCa', 'kube-root-ca.crt'), 'ca.crt');
    return this.clusterCaKey;
  }
}

/** A volume with some keys of the ConfigMap of the configuration. */
export function configVolume(name: string, configMap: string, files: readonly string[]): k8s.Volume {
  return { name, configMap: { name: configMap, items: files.map((file) => ({ key: file, path: file })) } };
}
