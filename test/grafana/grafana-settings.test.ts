import { Chart } from 'cdk8s';
import { keyOf, Made, parsedIni, PEM } from './grafana-support';
import { GrafanaDatabase, GrafanaDatabaseProps, GrafanaOidc, GrafanaProps, GrafanaRole, TlsClient, TlsVersion } from '../../lib';
import { documentedSettings } from '../../lib/grafana/documented-settings';
import { iniText } from '../../lib/grafana/ini';

const externalUrl = 'https://grafana.example.com';

const oidc = (chart: Chart): GrafanaOidc => ({
  clientId: 'grafana', clientSecret: keyOf(chart, 'oidc', 'secret'), authUrl: 'https://id.example.com/auth', tokenUrl: 'https://id.example.com/token',
});

const database = (chart: Chart): GrafanaDatabaseProps => ({ host: 'db.shop.svc:5432', password: keyOf(chart, 'db') });

describe('an ini file', () => {
  test.each(['', 'a b', 'a # b', 'a;b', '"a"', "'a'", '`a`', ' a ', 'C:\\', '$__file{/a}', '%(protocol)s', "contains(groups[*], 'a') && 'Admin'"])('holds %j as it stands', (value) => {
    expect(parsedIni(iniText({ a: { key: value } })).a.key).toBe(value);
    expect(iniText({ a: { key: value } }).split('\n')).toHaveLength(3);
  });

  test('quotes what the parser would cut', () => {
    expect(iniText({ a: { plain: 'b c', quoted: "it's; #1", text: "'a'" } })).toBe('[a]\nplain = b c\nquoted = """it\'s; #1"""\ntext = """\'a\'"""\n');
  });

  test('begins with what is in no section', () => {
    expect(iniText({ b: { c: 'd' }, DEFAULT: { instance_name: 'a' }, empty: {} })).toBe('instance_name = a\n\n[b]\nc = d\n');
  });
});

describe('settings', () => {
  test('of plugins, features and Enterprise are free', () => {
    const settings = { 'plugin.x': { any: 'a' }, 'feature_toggles': { something: 'true' }, 'white_labeling': { app_title: 'Mine' }, 'DEFAULT': { instance_name: 'x' } };
    expect(new Made(() => ({ settings })).ini).toMatchObject(settings);
  });

  test('of a newer Grafana are not known', () => {
    const settings = { users: { something_new: 'a' } };
    expect(new Made(() => ({ settings, image: 'grafana:99.1.0' })).ini.users).toEqual({ something_new: 'a' });
  });

  test('may refer to files and variables', () => {
    const settings = { smtp: { password: '$__env{SMTP}' } };
    expect(new Made(() => ({ settings })).ini.smtp).toEqual(settings.smtp);
  });

  test.each<[string, (chart: Chart) => Partial<GrafanaProps>]>([
    ["settings: 'root_url' of section 'server' is set by the library; use the prop 'externalUrl'", () => ({ settings: { server: { root_url: 'a' } } })],
    ["settings: 'host' of section 'database' is set by the library; use the prop 'database'", () => ({ settings: { database: { host: 'a' } } })],
    ["secretSettings: 'client_secret' of section 'auth.generic_oauth' is set by the library; use the prop 'oidc'", (chart) => ({ secretSettings: { 'auth.generic_oauth': { client_secret: keyOf(chart, 'a') } } })],
    ["settings: 'preinstall_auto_update' of section 'plugins' is false, because Grafana would lose its Prometheus plugin on a read-only root; leave it out", () => ({
      settings: { plugins: { preinstall_auto_update: 'true' } },
    })],
    ["settings: Grafana has no setting 'defualt_theme' in section 'users', did you mean 'default_theme'?; if there is such a setting, give it by the variable 'GF_USERS_DEFUALT_THEME' in 'env'", () => ({
      settings: { users: { defualt_theme: 'light' } },
    })],
    ["settings: Grafana has no section 'user', did you mean 'users'?", () => ({ settings: { user: { default_theme: 'light' } } })],
    ["settings: 'password' of section 'smtp' would show its secret in the ConfigMap; give it by 'secretSettings'", () => ({ settings: { smtp: { password: 'a' } } })],
    ["settings: 'default_theme' of section 'users' has a line break or '\"\"\"', which an ini file cannot hold; write it on one line", () => ({
      settings: { users: { default_theme: 'a\nb' } },
    })],
    ["settings: 'a b' of section 'feature_toggles' is not the name of a setting", () => ({ settings: { feature_toggles: { 'a b': 'true' } } })],
    ["settings: 'x' of section 'plugin.a]' is not the name of a setting", () => ({ settings: { 'plugin.a]': { x: 'true' } } })],
    ["settings['users']: null is not a mapping; give one, or leave out what holds it", () => ({ settings: JSON.parse('{"users":null}') })],
    ["settings['users']['default_theme']: null is not a string; give one, or leave out what holds it", () => ({ settings: JSON.parse('{"users":{"default_theme":null}}') })],
    ["secretSettings['smtp']['password']: null is not a SecretKey; use SecretKey.of()", () => ({ secretSettings: JSON.parse('{"smtp":{"password":null}}') })],
    ["'password' of section 'smtp' is in 'settings' and in 'secretSettings'; keep one of them", (chart) => ({
      settings: { smtp: { password: '$__env{A}' } }, secretSettings: { smtp: { password: keyOf(chart, 'smtp') } },
    })],
  ])('%s', (message, props) => {
    expect(() => new Made(props)).toThrow(`test/grafana: ${message}`);
  });

  test('are listed once', () => {
    const lists = [...documentedSettings()].map(([section, keys]) => [section, keys.filter((key, i) => keys.indexOf(key) !== i)]);
    expect(lists.filter(([, twice]) => twice.length > 0)).toEqual([]);
    expect(lists.length).toBeGreaterThan(80);
  });
});

describe('the URL', () => {
  const server = (props: Partial<GrafanaProps>) => new Made(() => props).ini;

  test('that is not known is that of a port-forward', () => {
    expect(server({}).server).toEqual({ http_port: '3000' });
  });

  test('with a path has Grafana served there', () => {
    const made = new Made(() => ({ externalUrl: 'http://example.com/grafana/' }));
    expect(made.ini.server).toMatchObject({ root_url: 'http://example.com/grafana/', serve_from_sub_path: 'true' });
    expect(made.container.startupProbe.httpGet.path).toBe('/grafana/api/health');
    expect(made.ini.security).not.toHaveProperty('cookie_secure');
  });

  test('by HTTPS has cookies sent by HTTPS only, unless the app says otherwise', () => {
    expect(server({ externalUrl }).security.cookie_secure).toBe('true');
    expect(server({ externalUrl, settings: { security: { cookie_secure: 'false' } } }).security.cookie_secure).toBe('false');
    expect(server({ externalUrl }).server).not.toHaveProperty('serve_from_sub_path');
  });
});

describe('a database', () => {
  const section = (make: (chart: Chart) => GrafanaDatabase) => new Made((chart) => ({ database: make(chart) })).ini.database;

  test('of PostgreSQL takes all its props', () => {
    const props = (chart: Chart): Required<GrafanaDatabaseProps> => ({
      ...database(chart), user: 'me', name: 'boards', maxOpenConnections: 20,
      tls: TlsClient.secretCa(keyOf(chart, 'ca', 'ca.crt'), { serverName: 'db', certificate: keyOf(chart, 'c', 'tls.crt'), privateKey: keyOf(chart, 'k', 'tls.key') }),
    });
    expect(section((chart) => GrafanaDatabase.postgres(props(chart)))).toEqual({
      type: 'postgres', host: 'db.shop.svc:5432', name: 'boards', user: 'me', password: '$__file{/etc/grafana/secrets/db/password}', ssl_mode: 'verify-full',
      ca_cert_path: '/etc/grafana/secrets/ca/ca.crt', client_cert_path: '/etc/grafana/secrets/c/tls.crt', client_key_path: '/etc/grafana/secrets/k/tls.key',
      server_cert_name: 'db', max_open_conn: '20',
    });
  });

  test('of MySQL has modes of its own', () => {
    const mode = (tls?: TlsClient) => section((chart) => GrafanaDatabase.mysql({ ...database(chart), tls })).ssl_mode;
    expect([mode(), mode(TlsClient.systemCa()), mode(TlsClient.insecureSkipVerify())]).toEqual(['false', 'true', 'skip-verify']);
  });

  test('may be verified by a text, or not at all', () => {
    const made = new Made((chart) => ({ database: GrafanaDatabase.postgres({ ...database(chart), tls: TlsClient.pemCa(PEM) }) }));
    expect(made.ini.database).toMatchObject({ ca_cert_path: '/etc/grafana/config/database-ca.crt', ssl_mode: 'verify-full' });
    expect(made.files['database-ca.crt']).toBe(PEM);
    expect(section((chart) => GrafanaDatabase.postgres({ ...database(chart), tls: TlsClient.insecureSkipVerify() })).ssl_mode).toBe('require');
    expect(section((chart) => GrafanaDatabase.postgres(database(chart))).ssl_mode).toBe('disable');
  });

  test.each<[string, Partial<GrafanaDatabaseProps>]>([
    ["GrafanaDatabase.postgres('db'): host: 'db' is not host:port", { host: 'db' }],
    ["GrafanaDatabase.postgres('db.shop.svc:5432'): user is empty; name one, or leave it out for 'grafana'", { user: '' }],
    ["GrafanaDatabase.postgres('db.shop.svc:5432'): name is empty; name one, or leave it out for 'grafana'", { name: '' }],
    ["GrafanaDatabase.postgres('db.shop.svc:5432'): maxOpenConnections: 0 is not a whole number above 0", { maxOpenConnections: 0 }],
    ["GrafanaDatabase.postgres('db.shop.svc:5432'): Grafana has no setting for the version of TLS to its database", { tls: TlsClient.systemCa({ minVersion: TlsVersion.TLS_1_3 }) }],
  ])('%s', (message, props) => {
    expect(() => new Made((chart) => ({ database: GrafanaDatabase.postgres({ ...database(chart), ...props }) }))).toThrow(message);
  });
});

describe('OpenID Connect', () => {
  const made = (props: (chart: Chart) => Partial<GrafanaOidc>) => new Made((chart) => ({ externalUrl, oidc: { ...oidc(chart), ...props(chart) } }));

  test('takes all its props', () => {
    const props = (chart: Chart): Required<GrafanaOidc> => ({
      ...oidc(chart),
      userInfoUrl: 'https://id.example.com/me',
      logoutUrl: 'https://id.example.com/logout',
      name: 'Example',
      scopes: ['openid', 'groups'],
      groupRoles: { dev: GrafanaRole.EDITOR, ops: GrafanaRole.GRAFANA_ADMIN, lead: GrafanaRole.ADMIN, all: GrafanaRole.VIEWER },
      groupsClaim: 'realm.groups',
      allowedDomains: ['example.com', 'example.org'],
      allowSignUp: false,
      autoLogin: true,
      loginForm: false,
      useRefreshToken: true,
      tls: TlsClient.secretCa(keyOf(chart, 'ca', 'ca.crt'), { certificate: keyOf(chart, 'c', 'tls.crt'), privateKey: keyOf(chart, 'k', 'tls.key') }),
    });
    const { ini } = made(props);
    expect(ini.auth).toEqual({ disable_login_form: 'true' });
    expect(ini['auth.generic_oauth']).toEqual({
      enabled: 'true', name: 'Example', client_id: 'grafana', client_secret: '$__file{/etc/grafana/secrets/oidc/secret}',
      auth_url: 'https://id.example.com/auth', token_url: 'https://id.example.com/token', api_url: 'https://id.example.com/me',
      signout_redirect_url: 'https://id.example.com/logout', scopes: 'openid groups', use_pkce: 'true', allowed_domains: 'example.com example.org',
      allow_sign_up: 'false', auto_login: 'true', use_refresh_token: 'true', tls_client_ca: '/etc/grafana/secrets/ca/ca.crt',
      tls_client_cert: '/etc/grafana/secrets/c/tls.crt', tls_client_key: '/etc/grafana/secrets/k/tls.key',
      role_attribute_path: "contains(realm.groups[*], 'ops') && 'GrafanaAdmin' || contains(realm.groups[*], 'lead') && 'Admin'"
        + " || contains(realm.groups[*], 'dev') && 'Editor' || contains(realm.groups[*], 'all') && 'Viewer'",
      role_attribute_strict: 'true', groups_attribute_path: 'realm.groups', allow_assign_grafana_admin: 'true',
    });
    const known = documentedSettings().get('auth.generic_oauth') ?? [];
    expect(Object.keys(ini['auth.generic_oauth']).filter((key) => !known.includes(key))).toEqual([]);
  });

  test('needs no more than a client', () => {
    const { ini, mounts } = made(() => ({}));
    expect(ini['auth.generic_oauth']).toEqual({
      enabled: 'true', name: 'OpenID Connect', client_id: 'grafana', client_secret: '$__file{/etc/grafana/secrets/oidc/secret}', use_pkce: 'true',
      auth_url: 'https://id.example.com/auth', token_url: 'https://id.example.com/token', scopes: 'openid profile email',
    });
    expect(ini.auth).toBeUndefined();
    expect(mounts['/etc/grafana/secrets/oidc']).toMatchObject({ secret: { secretName: 'oidc' } });
  });

  test('may go unverified', () => {
    expect(made(() => ({ tls: TlsClient.insecureSkipVerify() })).ini['auth.generic_oauth'].tls_skip_verify_insecure).toBe('true');
  });

  test.each<[string, Partial<GrafanaOidc>]>([
    ['clientId is empty; name the client', { clientId: '' }],
    ["authUrl: 'id' is not an absolute http or https URL", { authUrl: 'id' }],
    ["tokenUrl: 'id' is not an absolute http or https URL", { tokenUrl: 'id' }],
    ["groupRoles: 'o'ps' cannot be in an expression; name groups without quotes and backslashes", { groupRoles: { "o'ps": GrafanaRole.ADMIN } }],
    ["got groupsClaim 'g' without 'groupRoles'; say what the groups are, or leave it out", { groupsClaim: 'g' }],
    ['groupRoles is empty, which would let everyone in; name at least one group, or leave it out for viewers alone', { groupRoles: {} }],
    ["groupsClaim: '' is not a name", { groupsClaim: '', groupRoles: { ops: GrafanaRole.ADMIN } }],
    ["groupsClaim: 'https://example.com/groups' is not a JMESPath; write it as 'realm.groups', a name with other signs than letters, digits and '_' in double quotes", {
      groupsClaim: 'https://example.com/groups', groupRoles: { ops: GrafanaRole.ADMIN },
    }],
    ["groupsClaim: 'my-groups' is not a JMESPath", { groupsClaim: 'my-groups', groupRoles: { ops: GrafanaRole.ADMIN } }],
    ['name is empty; say what the button shows, or leave it out', { name: '' }],
    ['scopes is empty, and Grafana would ask for those of GitHub; name at least one, or leave it out for the default', { scopes: [] }],
    ["scopes: 'openid email' is not a scope; give each as an entry of its own", { scopes: ['openid email'] }],
    ["scopes has no 'openid', without which there is no ID token, and without 'userInfoUrl' nothing else says who logs in; add 'openid', or give 'userInfoUrl'", {
      scopes: ['profile', 'email'], userInfoUrl: undefined,
    }],
    ['allowedDomains is empty, which would let everyone in; name at least one, or leave it out', { allowedDomains: [] }],
    ["allowedDomains: '@example.com' is not a domain; write it as 'example.com'", { allowedDomains: ['@example.com'] }],
    ["Grafana has no setting for 'serverName' of the provider; leave it out of 'tls'", { tls: TlsClient.systemCa({ serverName: 'id' }) }],
  ])('oidc: %s', (message, props) => {
    expect(() => made(() => props)).toThrow(message);
  });

  test('refuses a role that is none, as an app without types may have', () => {
    const { groupRoles } = JSON.parse('{"groupRoles":{"ops":"Adminn"}}');
    expect(() => made(() => ({ groupRoles }))).toThrow("groupRoles['ops']: 'Adminn' is not a GrafanaRole, did you mean 'Admin'? use 'GrafanaAdmin', 'Admin', 'Editor' and 'Viewer'");
  });

  test.each(['groups', '"https://example.com/groups"', 'realm."my-groups"[-1]', "roles[?starts_with(@, 'g-')]"])('takes the claim %s', (groupsClaim) => {
    const section = made(() => ({ groupsClaim, groupRoles: { ops: GrafanaRole.ADMIN } })).ini['auth.generic_oauth'];
    expect(section).toMatchObject({ role_attribute_path: `contains(${groupsClaim}[*], 'ops') && 'Admin'`, groups_attribute_path: groupsClaim });
  });

  test('needs the URL of Grafana', () => {
    expect(() => new Made((chart) => ({ oidc: oidc(chart) }))).toThrow(
      "test/grafana: oidc: the provider has to lead users back, and the URL of Grafana is not known; give it by 'externalUrl', or an 'exposure' with a host",
    );
  });
});
