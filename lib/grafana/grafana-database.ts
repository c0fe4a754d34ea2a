import { given, IniSections } from './ini';
import { MountedFiles } from './mounted-files';
import { checkCount, checkHostPort, checkNotEmpty } from '../checks';
import { SecretKey } from '../kubernetes';
import { TlsClient } from '../monitoring';
import { unsupportedTls } from '../monitoring/http/unsupported-settings';
import { checkArguments } from '../arguments';

/** A database that exists. */
export interface GrafanaDatabaseProps {
  /** Host and port of the server: `grafana-db.shop.svc:5432`. */
  readonly host: string;
  /** Password of the user. */
  readonly password: SecretKey;
  /**
   * Name of the user.
   * @default grafana
   */
  readonly user?: string;
  /**
   * Name of the database, which has to be there.
   * @default grafana
   */
  readonly name?: string;
  /**
   * TLS settings.
   * @default - none: the connection is not encrypted
   */
  readonly tls?: TlsClient;
  /**
   * Connections that each replica opens at most.
   * @default - no limit
   */
  readonly maxOpenConnections?: number;
}

/** `ssl_mode` by type: with verification and without. */
const MODES = { postgres: { none: 'disable', verified: 'verify-full', skipped: 'require' }, mysql: { none: 'false', verified: 'true', skipped: 'skip-verify' } };

/**
 * Database of users, teams, preferences and dashboards that people save, in place of a file. Several replicas need one.
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#database
 */
export class GrafanaDatabase {
  /** PostgreSQL 12 or newer. Throws when the host is none, a name is empty, or on TLS settings that Grafana has no place for. */
  public static postgres(props: GrafanaDatabaseProps): GrafanaDatabase {
    checkArguments('GrafanaDatabase.postgres', { props });
    return new GrafanaDatabase('postgres', props);
  }

  /** MySQL 8.0 or newer. Throws when the host is none, a name is empty, or on TLS settings that Grafana has no place for. */
  public static mysql(props: GrafanaDatabaseProps): GrafanaDatabase {
    checkArguments('GrafanaDatabase.mysql', { props });
    return new GrafanaDatabase('mysql', props);
  }

  private readonly props: GrafanaDatabaseProps;

  private constructor(private readonly type: keyof typeof MODES, props: GrafanaDatabaseProps) {
    const where = `GrafanaDatabase.${type}('${props.host}')`;
    this.props = { ...props };
    checkHostPort(props.host, `${where}: host`);
    checkNotEmpty(props.user ?? 'grafana', `${where}: user`, "name one, or leave it out for 'grafana'");
    checkNotEmpty(props.name ?? 'grafana', `${where}: name`, "name one, or leave it out for 'grafana'");
    checkCount(props.maxOpenConnections, `${where}: maxOpenConnections`);
    if (unsupportedTls(props.tls, ['serverName']).length > 0) {
      throw new Error(`${where}: Grafana has no setting for the version of TLS to its database; leave 'minVersion' and 'maxVersion' out of 'tls'`);
    }
  }

  /** The database among all. @internal */
  public get _place(): string {
    const { host, name = 'grafana' } = this.props;
    return `database '${name}' of ${this.type}://${host}`;
  }

  /** @internal */
  public _sections(files: MountedFiles): IniSections {
    const { host, password, user = 'grafana', name = 'grafana', tls, maxOpenConnections } = this.props;
    const modes = MODES[this.type];
    const { ca, certificate, privateKey } = tls === undefined ? {} : files.tls(tls, 'database-ca.crt');
    const optional = {
      ca_cert_path: ca, client_cert_path: certificate, client_key_path: privateKey, server_cert_name: tls?.serverName,
      max_open_conn: maxOpenConnections === undefined ? undefined : `${maxOpenConnections}`,
    };
    return {
      database: {
        type: this.type, host, name, user, password: files.reference(password),
        ssl_mode: tls === undefined ? modes.none : tls.skipsVerification ? modes.skipped : modes.verified,
        ...given(optional),
      },
    };
  }
}
