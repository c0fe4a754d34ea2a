import { given, IniSections } from './ini';
import { MountedFiles } from './mounted-files';
import { checkNotEmpty, checkUrl } from '../checks';
import { SecretKey } from '../kubernetes';
import { TlsClient } from '../monitoring';
import { unsupportedTls } from '../monitoring/http/unsupported-settings';
import { quoteList } from '../text';

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
   * @default OpenID Connect
   */
  readonly name?: string;
  /**
   * Scopes that are asked for. Without `openid` among them `userInfoUrl` has to be given.
   * @default - openid, profile, email
   */
  readonly scopes?: string[];
  /**
   * Roles by group, at least one. A user in several has the highest, and one in none cannot log in.
   * @default - everyone is a viewer
   */
  readonly groupRoles?: { readonly [group: string]: GrafanaRole };
  /**
   * Claim with the groups, as a JMESPath: a name with other signs than letters, digits and `_` stands in double quotes, `"https://example.com/groups"`.
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

/** Highest first, as the first that holds is taken. */
const RANKS = [GrafanaRole.GRAFANA_ADMIN, GrafanaRole.ADMIN, GrafanaRole.EDITOR, GrafanaRole.VIEWER];

/** Quoted parts of a JMESPath, and the characters that the rest of one has. */
const QUOTED = /"(\\.|[^"\\])*"|'(\\.|[^'\\])*'|`(\\.|[^`\\])*`/g;
const UNQUOTED = /^[\w\s.[\]*@?=!<>&|(),:{}-]*$/;

/** Throws on groups that no expression can hold, on roles that are none, and where nobody or everybody would have a role. */
function checkGroups(where: string, { groupRoles, groupsClaim }: GrafanaOidc): void {
  if (groupRoles === undefined) {
    if (groupsClaim !== undefined) {
      throw new Error(`${where}: got groupsClaim '${groupsClaim}' without 'groupRoles'; say what the groups are, or leave it out`);
    }
    return;
  }
  const groups = Object.keys(groupRoles);
  if (groups.length === 0) {
    throw new Error(`${where}: groupRoles is empty, which would let everyone in; name at least one group, or leave it out for viewers alone`);
  }
  groups.forEach((group) => {
    if (group === '' || /['\\]/.test(group)) {
      throw new Error(`${where}: groupRoles: '${group}' cannot be in an expression; name groups without quotes and backslashes`);
    }
    if (!RANKS.includes(groupRoles[group])) {
      throw new Error(`${where}: groupRoles: '${groupRoles[group]}' of '${group}' is not a role; use a GrafanaRole: ${quoteList(RANKS)}`);
    }
  });
  const rest = groupsClaim?.replace(QUOTED, '_') ?? '_';
  if (rest.trim() === '' || !UNQUOTED.test(rest) || /\w-/.test(rest)) {
    throw new Error(`${where}: groupsClaim: '${groupsClaim}' is not a JMESPath; write it as 'realm.groups', a name with other signs than letters, digits and '_' in double quotes`);
  }
}

/** Throws on lists without an entry, which Grafana reads as a default of its own, and on entries that it would not find. */
function checkLists(where: string, { scopes, allowedDomains, userInfoUrl }: GrafanaOidc): void {
  if (scopes?.length === 0) {
    throw new Error(`${where}: scopes is empty, and Grafana would ask for those of GitHub; name at least one, or leave it out for the default`);
  }
  const scope = scopes?.find((one) => !/^[^\s,"\\]+$/.test(one));
  if (scope !== undefined) {
    throw new Error(`${where}: scopes: '${scope}' is not a scope; give each as an entry of its own`);
  }
  if (scopes?.includes('openid') === false && userInfoUrl === undefined) {
    throw new Error(`${where}: scopes has no 'openid', without which there is no ID token, and without 'userInfoUrl' nothing else says who logs in; add 'openid', or give 'userInfoUrl'`);
  }
  if (allowedDomains?.length === 0) {
    throw new Error(`${where}: allowedDomains is empty, which would let everyone in; name at least one, or leave it out`);
  }
  const domain = allowedDomains?.find((one) => !/^[^\s,;@/]+$/.test(one));
  if (domain !== undefined) {
    throw new Error(`${where}: allowedDomains: '${domain}' is not a domain; write it as 'example.com'`);
  }
}

/**
 * Throws on URLs that are none, an empty id or name, groups and roles that no expression can hold, lists that let in everyone or nobody, and TLS
 * settings that Grafana has no place for.
 */
export function checkOidc(at: string, oidc: GrafanaOidc | undefined, url: string | undefined): void {
  if (oidc === undefined) {
    return;
  }
  const where = `${at}: oidc`;
  const { clientId, authUrl, tokenUrl, userInfoUrl, logoutUrl, name, tls } = oidc;
  if (url === undefined) {
    throw new Error(`${where}: the provider has to lead users back, and the URL of Grafana is not known; give it by 'externalUrl', or an 'exposure' with a host`);
  }
  checkNotEmpty(clientId, `${where}: clientId`, 'name the client');
  checkNotEmpty(name ?? 'OpenID Connect', `${where}: name`, 'say what the button shows, or leave it out');
  Object.entries({ authUrl, tokenUrl, userInfoUrl, logoutUrl }).forEach(([prop, value]) => {
    if (value !== undefined) {
      checkUrl(value, `${where}: ${prop}`);
    }
  });
  checkGroups(where, oidc);
  checkLists(where, oidc);
  const foreign = unsupportedTls(tls);
  if (foreign.length > 0) {
    throw new Error(`${where}: Grafana has no setting for ${quoteList(foreign)} of the provider; leave it out of 'tls'`);
  }
}

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
