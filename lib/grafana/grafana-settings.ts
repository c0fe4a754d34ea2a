import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { cpuMillis } from '../kubernetes/resources';
import { GrafanaProps } from './grafana-props';
import { checkOidc, oidcSections } from './grafana-oidc';
import { given, IniSections, mergedSections } from './ini';
import { MountedFiles } from './mounted-files';
import { checkGrafanaSettings, variableOf } from './setting-checks';
import { externalUrlOf } from '../backend/external-url';
import { checkCount, checkNotEmpty } from '../checks';
import { DataStorage } from '../kubernetes';
import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { resourcesOf } from '../kubernetes/resources';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { urlPath } from '../text';

/** Port of the web server. */
export const HTTP_PORT = 3000;
/** Port by which replicas tell each other of alerts. */
export const GOSSIP_PORT = 9094;
/** Folder of the database file, plugins and what is rendered. */
export const DATA_DIR = '/var/lib/grafana';
/** Folder of the provisioning files. */
export const PROVISIONING_DIR = '/etc/grafana/provisioning';

/** Settings that differ from Grafana's defaults unless the app says otherwise: no anonymous users, and no calls to grafana.com. */
const DEFAULTS: IniSections = {
  'analytics': { reporting_enabled: 'false', check_for_updates: 'false', check_for_plugin_updates: 'false' },
  'auth.anonymous': { enabled: 'false' },
  'news': { news_feed_enabled: 'false' },
  'plugins': { plugin_admin_enabled: 'false', preinstall_disabled: 'true', public_key_retrieval_disabled: 'true' },
  'security': { disable_gravatar: 'true' },
  'snapshots': { external_enabled: 'false' },
};

/** The oldest Grafana that reads all that is written here. */
const OLDEST = '12.0';

function checkVersion(where: string, image: string): void {
  const version = versionOf('grafana', image);
  if (!atLeast(version, OLDEST)) {
    throw new Error(`${where}: image '${image}' is Grafana ${version}, and dashboards and settings are for ${OLDEST} or newer; name a newer one, or leave 'image' out`);
  }
}

/** The props of a Grafana, checked and with the defaults filled in. */
export class GrafanaSettings {
  public readonly image: string;
  public readonly replicas: number;
  public readonly storage: DataStorage;
  public readonly resources: k8s.ResourceRequirements;
  public readonly externalUrl?: string;
  /** Path that it is served below, empty for the root. */
  public readonly path: string;
  private readonly made: IniSections;
  private readonly sections: IniSections;

  constructor(private readonly identity: WorkloadIdentity, public readonly props: GrafanaProps, files: MountedFiles) {
    const { where } = identity;
    const { settings = {}, secretSettings = {} } = props;
    this.image = imageOf('grafana', props);
    this.replicas = props.replicas ?? 1;
    this.storage = props.storage ?? DataStorage.emptyDir();
    this.externalUrl = externalUrlOf(where, props);
    this.path = urlPath(this.externalUrl);
    this.resources = resourcesOf(where, props.resources, {
      cpuRequest: cpuMillis(100), memoryRequest: Size.mebibytes(256), memoryLimit: Size.gibibytes(1),
    });
    this.check(where);
    checkVersion(where, this.image);
    checkGrafanaSettings(where, settings, secretSettings, versionOf('grafana', this.image));
    checkOidc(where, props.oidc, this.externalUrl);
    const secrets = Object.entries(secretSettings).map(([section, keys]): [string, { [key: string]: string }] => [
      section, Object.fromEntries(Object.entries(keys).map(([key, secret]) => [key, files.reference(secret)])),
    ]);
    this.made = this.own(files);
    this.sections = mergedSections(DEFAULTS, this.https(), settings, Object.fromEntries(secrets), this.made);
  }

  /** Environment variables that would override what the props say. */
  public get ownVariables(): string[] {
    return Object.entries(this.made).flatMap(([section, keys]) => Object.keys(keys).map((key) => variableOf(section, key)));
  }

  /** Whether a volume outlives its Pod. */
  public get isPersistent(): boolean {
    return this.storage._kind !== 'emptyDir';
  }

  /** Where the data is that outlives its Pods, as far as another Grafana may have the same. */
  public get databasePlace(): string | undefined {
    const { props: { database }, storage, identity: { namespace } } = this;
    const folder = storage._folder === undefined ? '' : `, folder '${storage._folder}'`;
    return database?._place ?? (storage._kind === 'existingClaim' ? `claim '${storage._claimName}' of namespace '${namespace}'${folder}` : undefined);
  }

  /** Notes on settings that are allowed and rarely intended. */
  public get notes(): string[] {
    const { props: { database, secretKey, exposure }, isPersistent, externalUrl } = this;
    const exposed = exposure?._externalUrl;
    const [externalHost, exposedHost] = [externalUrl, exposed].map((url) => (url === undefined ? undefined : new URL(url).hostname));
    return [
      ...(secretKey !== undefined || (database === undefined && !isPersistent) ? [] : [
        "'secretKey' is not given, so that secrets in the database are encrypted with the key that every Grafana comes with; give one before there are any, and keep it",
      ]),
      ...(externalHost === exposedHost || exposedHost === undefined ? [] : [
        `links and logins lead to '${externalHost}', the host of 'externalUrl', and 'exposure' takes requests for '${exposedHost}'; give both the same unless something else leads from the first to the second`,
      ]),
    ];
  }

  /** All sections, with the file of the dashboard that is shown first if there is one. */
  public ini(homeFile: string | undefined): IniSections {
    return mergedSections(this.sections, homeFile === undefined ? {} : { dashboards: { default_home_dashboard_path: homeFile } });
  }

  private check(where: string): void {
    const { replicas, props } = this;
    checkCount(replicas, `${where}: replicas`, 'one');
    checkNotEmpty(props.adminUser ?? 'admin', `${where}: adminUser`, "name one, or leave it out for 'admin'");
    if (replicas > 1 && props.database === undefined) {
      throw new Error(`${where}: ${replicas} replicas would each have users and preferences of their own; name the database that they share by 'database'`);
    }
    if (props.database !== undefined && this.isPersistent) {
      throw new Error(`${where}: got 'storage' with 'database', which keeps all that a volume would; leave out one of them`);
    }
  }

  /** Cookies go back by HTTPS only where that is what people use. */
  private https(): IniSections {
    return this.externalUrl?.startsWith('https:') ? { security: { cookie_secure: 'true' } } : {};
  }

  private own(files: MountedFiles): IniSections {
    const { props: { adminUser = 'admin', adminPassword, secretKey, database, oidc, logLevel }, externalUrl, path } = this;
    return mergedSections(
      {
        paths: { data: DATA_DIR, plugins: `${DATA_DIR}/plugins`, provisioning: PROVISIONING_DIR },
        server: { http_port: `${HTTP_PORT}`, ...given({ root_url: externalUrl, serve_from_sub_path: path === '' ? undefined : 'true' }) },
        // a file on a volume without it is locked by every write
        database: database === undefined ? { type: 'sqlite3', wal: 'true' } : {},
        security: {
          admin_user: adminUser, admin_password: files.reference(adminPassword), ...given({ secret_key: secretKey && files.reference(secretKey) }),
        },
        log: { mode: 'console', ...given({ level: logLevel }) },
        plugins: { preinstall_auto_update: 'false' },
      },
      database?._sections(files) ?? {},
      oidc === undefined ? {} : oidcSections(oidc, files),
      this.gossip(),
    );
  }

  /** @see https://grafana.com/docs/grafana/latest/alerting/set-up/configure-high-availability/ */
  private gossip(): IniSections {
    const { name, namespace } = this.identity;
    return this.replicas < 2 ? {} : {
      unified_alerting: {
        ha_listen_address: `[\${POD_IP}]:${GOSSIP_PORT}`,
        ha_advertise_address: `[\${POD_IP}]:${GOSSIP_PORT}`,
        ha_peers: `${name}-peers.${namespace}.svc:${GOSSIP_PORT}`,
        ha_label: `${namespace}/${name}`,
        ha_reconnect_timeout: '2m',
      },
    };
  }
}
