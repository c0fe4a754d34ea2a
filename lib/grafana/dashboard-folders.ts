import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-27';
import { literal } from './literals';
import { Dashboard } from '../monitoring';

/** Folder below which each folder of Grafana has one. */
const DASHBOARDS_DIR = '/etc/grafana/dashboards';

/** Names of the volumes of dashboards. */
export const DASHBOARD_VOLUMES = /^dashboards-[-a-z0-9]+$/;

/** Time between two looks at the files, in seconds: below 10 Grafana waits for events that a mounted ConfigMap does not send. */
const UPDATE_INTERVAL = 30;

/** A folder of Grafana, and its dashboards. */
interface Folder {
  /** Title; undefined for the top level. */
  readonly title?: string;
  readonly dir: string;
  readonly volume: string;
  readonly uid: string;
  readonly configMaps: Map<string, string>;
}

/**
 * Folders of Grafana, each a mounted folder of its own: a provider reads what its own folder has. Grafana knows a dashboard by the path of its
 * file, so a mount is never above the folder.
 */
export class DashboardFolders {
  private readonly folders = new Map<string, Folder>();

  /** @param where the construct, for messages */
  constructor(private readonly where: string) {}

  /** Adds a dashboard, which a ConfigMap holds. Throws when its folder could not be told from another. */
  public add({ uid, folder: title }: Dashboard, configMap: string): void {
    const slug = title === undefined ? 'general' : slugOf(title);
    const folder = this.folders.get(slug) ?? {
      title, dir: `${DASHBOARDS_DIR}/${slug}`, volume: `dashboards-${slug}`, uid: slug, configMaps: new Map<string, string>(),
    };
    if (folder.title !== title) {
      throw new Error(`${this.where}: folders '${folder.title}' and '${title}' differ in little but signs; give their dashboards one 'folder', or another title`);
    }
    this.folders.set(slug, folder);
    folder.configMaps.set(uid, configMap);
  }

  /** The file of a dashboard, if it is there. */
  public fileOf(uid: string): string | undefined {
    const folder = this.all.find(({ configMaps }) => configMaps.has(uid));
    return folder && `${folder.dir}/${uid}.json`;
  }

  public get volumes(): k8s.Volume[] {
    return this.all.map(({ volume: name, configMaps }) => ({
      name, projected: { sources: [...configMaps.values()].map((configMap) => ({ configMap: { name: configMap } })) },
    }));
  }

  public get volumeMounts(): k8s.VolumeMount[] {
    return this.all.map(({ volume: name, dir }) => ({ name, mountPath: dir, readOnly: true }));
  }

  /**
   * The provisioning file.
   * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards
   */
  public get providers(): object {
    return {
      apiVersion: 1,
      providers: this.all.map(({ title, dir, uid }) => ({
        name: literal(title ?? 'General'),
        orgId: 1,
        folder: literal(title ?? ''),
        folderUid: title === undefined ? '' : uid,
        type: 'file',
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: UPDATE_INTERVAL,
        options: { path: dir },
      })),
    };
  }

  private get all(): Folder[] {
    return [...this.folders.values()];
  }
}

/** `Control plane` as `control-plane`; of a title without a Latin letter or a digit a hash. */
function slugOf(title: string): string {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');
  return ['', 'general'].includes(slug) ? `folder-${createHash('sha256').update(title).digest('hex').slice(0, 8)}` : slug;
}
