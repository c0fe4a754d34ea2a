import { given, IniSections } from './ini';
import { MountedFiles } from './mounted-files';
import { checkNotEmpty, checkUrl } from '../checks';
import { SecretKey } from '../kubernetes';
import { TlsClient } from '../monitoring';

/** Role of a user in Grafana. */
export enum GrafanaRole {
  /** Administrator of the whole Grafana. */
  GRAFANA_ADMIN = 'GrafanaAdmin',
  /** Administrator of the organization: data sources, users, dashboards. */
  ADMIN = 'Admin',
  /** Edits dashboards and explores data. */
  EDITOR = 'Editor',
  /** Looks at dashboards. */
  VIEWER = 'Viewer',
}

/**
 * Login by an OpenID Connect provider, such as Keycloak, Dex or Okta. It is to redirect to `<URL of Grafana>/login/generic_oauth`.
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/
 */
export interface GrafanaOidc {
  /** Id of the client. */
  readonly clientId: string;
  /** Secret of the client. */
  readonly clientSecret: SecretKey;
  /** URL of the authorization endpoint, which browsers open. */
  readonly authUrl: string;
  /** URL of the token endpoint. */
  readonly tokenUrl: string;
  /**
   * URL of the userinfo endpoint.
   * @default - none: the ID token says who it is
   */
  readonly userInfoUrl?: string;
  /**
   * URL that browsers open after a logout.
   * @default - the login page
   */
  readonly logoutUrl?: string;
  /**
   * Name on the button of the login page.
   * @default 'OpenID Connect'
   */
  readonly name?: string;
  /**
   * Scopes that are asked for.
   * @default - openid, profile, email
   */
  readonly scopes?: string[];
  /**
   * Roles by group. A user in several has the highest, and one in none cannot log in.
   * @default - everyone is a viewer
   */
  readonly groupRoles?: { readonly [group: string]: GrafanaRole };
  /**
   * Claim with the groups, as a JMESPath.
   * @default groups
   * @see https://jmespath.org/specification.html
   */
  readonly groupsClaim?: string;
  /**
   * Domains of the e-mail addresses of users that can log in.
   * @default - all
   */
  readonly allowedDomains?: string[];
  /**
   * Whether users are made at their first login.
   * @default true
   */
  readonly allowSignUp?: boolean;
  /**
   * Whether the login page is left out and the provider asked at once.
   * @default false
   */
  readonly autoLogin?: boolean;
  /**
   * Whether the login page asks for a user and a password too, as the administrator needs.
   * @default true
   */
  readonly loginForm?: boolean;
  /**
   * Whether access tokens are refreshed. Most providers want the scope `offline_access` for it.
   * @default false
   */
  readonly useRefreshToken?: boolean;
  /**
   * TLS settings for the endpoints that Grafana itself asks.
   * @default - the authorities of the image
   */
  readonly tls?: TlsClient;
}

/** Throws on URLs that are none, an empty id, groups that no expression can hold, and TLS settings that Grafana has no place for. */
export function checkOidc(at: string, oidc: GrafanaOidc | undefined, url: string | undefined): void {
  if (oidc === undefined) {
    return;
  }
  const where = `${at}: oidc`;
  const { clientId, authUrl, tokenUrl, userInfoUrl, logoutUrl, groupRoles = {}, groupsClaim, tls } = oidc;
  if (url === undefined) {
    throw new Error(`${where}: the provider has to lead users back, and the URL of Grafana is not known; give it by 'externalUrl', or an 'exposure' with a host`);
  }
  checkNotEmpty(clientId, `${where}: clientId`, 'name the client');
  Object.entries({ authUrl, tokenUrl, userInfoUrl, logoutUrl }).forEach(([prop, value]) => {
    if (value !== undefined) {
      checkUrl(value, `${where}: ${prop}`);
    }
  });
  const odd = Object.keys(groupRoles).find((group) => group === '' || /['\\]/.test(group));
  if (odd !== undefined) {
    throw new Error(`${where}: groupRoles: '${odd}' cannot be in an expression; name groups without quotes and backslashes`);
  }
  if (Object.keys(groupRoles).length === 0 && groupsClaim !== undefined) {
    throw new Error(`${where}: got groupsClaim '${groupsClaim}' without 'groupRoles'; say what the groups are, or leave it out`);
  }
  const { serverName, minVersion, maxVersion } = tls ?? {};
  const [foreign] = Object.keys(given({ serverName, minVersion, maxVersion }));
  if (foreign !== undefined) {
    throw new Error(`${where}: Grafana has no setting for '${foreign}' of the provider; leave it out of 'tls'`);
  }
}

/** Highest first, as the first that holds is taken. */
const RANKS = [GrafanaRole.GRAFANA_ADMIN, GrafanaRole.ADMIN, GrafanaRole.EDITOR, GrafanaRole.VIEWER];

function rolePath(groupRoles: { readonly [group: string]: GrafanaRole }, claim: string): string {
  return RANKS.flatMap((role) => Object.keys(groupRoles).filter((group) => groupRoles[group] === role).map((group) => (
    `contains(${claim}[*], '${group}') && '${role}'`
  ))).join(' || ');
}

/** The settings of the login. */
export function oidcSections(oidc: GrafanaOidc, files: MountedFiles): IniSections {
  const { groupRoles = {}, groupsClaim = 'groups', tls } = oidc;
  const roles = rolePath(groupRoles, groupsClaim);
  const { ca, certificate, privateKey } = tls === undefined ? {} : files.tls(tls, 'oidc-ca.crt');
  const flag = (value: boolean | undefined) => (value === undefined ? undefined : `${value}`);
  return {
    ...(oidc.loginForm === false ? { auth: { disable_login_form: 'true' } } : {}),
    'auth.generic_oauth': {
      enabled: 'true',
      name: oidc.name ?? 'OpenID Connect',
      client_id: oidc.clientId,
      client_secret: files.reference(oidc.clientSecret),
      auth_url: oidc.authUrl,
      token_url: oidc.tokenUrl,
      scopes: (oidc.scopes ?? ['openid', 'profile', 'email']).join(' '),
      use_pkce: 'true',
      ...given({
        api_url: oidc.userInfoUrl,
        signout_redirect_url: oidc.logoutUrl,
        allowed_domains: oidc.allowedDomains?.join(' '),
        allow_sign_up: flag(oidc.allowSignUp),
        auto_login: flag(oidc.autoLogin),
        use_refresh_token: flag(oidc.useRefreshToken),
        tls_client_ca: ca,
        tls_client_cert: certificate,
        tls_client_key: privateKey,
        tls_skip_verify_insecure: tls?.skipsVerification ? 'true' : undefined,
      }),
      ...(roles === '' ? {} : {
        role_attribute_path: roles,
        role_attribute_strict: 'true',
        groups_attribute_path: groupsClaim,
        ...(Object.values(groupRoles).includes(GrafanaRole.GRAFANA_ADMIN) ? { allow_assign_grafana_admin: 'true' } : {}),
      }),
    },
  };
}
