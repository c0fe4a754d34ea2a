import { documentedSettings } from './documented-settings';
import { IniSections } from './ini';
import { checkNoUrlSecret } from '../checks';
import { SecretKey } from '../kubernetes';
import { isNewerMinor } from '../kubernetes/images';
import { didYouMean, nearest } from '../text';
import { PROGRAMS } from '../versions';

/** Secrets by section and key of Grafana's settings. */
export interface SecretSections {
  readonly [section: string]: { readonly [key: string]: SecretKey };
}

const SECTION = /^[\w.-]+$/;
const KEY = /^[\w./-]+$/;

/** Keys whose value is a secret, or has one in it. */
const SECRET = /(^|_)(password|secret|secret_key|api_token|api_key|access_key|account_key|renderer_token|connstr)$/;

/** Value that names where the secret is. */
const REFERENCE = /^\$(__\w+)?\{[^}]+\}$/;

/** Sections whose key may be any, or of which Grafana's own pages say nothing. */
const FREE = /^plugin\./;

/** Settings that the construct makes, each with the prop that does, or the reason why it is what it is. */
const OWN: { readonly [setting: string]: string } = {
  'paths.data': "is a mounted volume; use the prop 'storage'",
  'paths.logs': 'is not written to, because logs go to the console; leave it out',
  'paths.plugins': 'leads into a mounted volume; leave it out',
  'paths.provisioning': 'is a mounted folder; leave it out',
  'server.protocol': "is what Service and probes expect; leave it out, and have TLS end at the 'exposure'",
  'server.http_port': 'is what Service and probes expect; leave it out',
  'server.root_url': "is set by the library; use the prop 'externalUrl'",
  'server.serve_from_sub_path': "is set by the library; give a path by the prop 'exposure' or 'externalUrl'",
  'server.domain': "is a part of the URL; use the prop 'externalUrl'",
  'database': "is set by the library; use the prop 'database'",
  'security.admin_user': "is set by the library; use the prop 'adminUser'",
  'security.admin_password': "is set by the library; use the prop 'adminPassword'",
  'security.secret_key': "is set by the library; use the prop 'secretKey'",
  'auth.generic_oauth': "is set by the library; use the prop 'oidc'",
  'auth.disable_login_form': "is set by the library; use 'loginForm' of the prop 'oidc'",
  'log.mode': 'is console, because no file can be written; leave it out',
  'log.level': "is set by the library; use the prop 'logLevel'",
  'dashboards.default_home_dashboard_path': "is set by the library; use the prop 'homeDashboard'",
  'plugins.preinstall_auto_update': 'is false, because Grafana would lose its Prometheus plugin on a read-only root; leave it out',
  'unified_alerting.ha_peers': "is set by the library; use the prop 'replicas'",
  'unified_alerting.ha_listen_address': "is set by the library; use the prop 'replicas'",
  'unified_alerting.ha_advertise_address': "is set by the library; use the prop 'replicas'",
  'unified_alerting.ha_label': "is set by the library; use the prop 'replicas'",
};

/** The environment variable by which a setting can be given. */
export function variableOf(section: string, key: string): string {
  return `GF_${section}_${key}`.toUpperCase().replace(/[.-]/g, '_');
}

/** Environment variables that would override what the construct sets. */
export const OWN_VARIABLES: readonly string[] = Object.keys(OWN).filter((setting) => setting.includes('.') && !setting.startsWith('auth.generic'))
  .map((setting) => variableOf(...splitSetting(setting)));

function splitSetting(setting: string): [string, string] {
  const dot = setting.lastIndexOf('.');
  return [setting.slice(0, dot), setting.slice(dot + 1)];
}

function checkKnown(where: string, section: string, key: string): void {
  const known = documentedSettings();
  const keys = known.get(section);
  const wayOut = `; if there is such a setting, give it by the variable '${variableOf(section, key)}' in 'env'`;
  if (keys === undefined) {
    if (!FREE.test(section) && nearest(section, [...known.keys()]) !== undefined) {
      throw new Error(`${where}: Grafana has no section '${section}'${didYouMean(section, [...known.keys()])}${wayOut}`);
    }
    return;
  }
  if (!keys.includes('*') && !keys.includes(key)) {
    throw new Error(`${where}: Grafana has no setting '${key}' in section '${section}'${didYouMean(key, keys)}${wayOut}`);
  }
}

/**
 * Throws on settings that the construct makes itself, that Grafana does not document, that show a secret or that are given twice.
 * @param version of Grafana; what a newer one knows is not checked
 */
export function checkGrafanaSettings(at: string, settings: IniSections, secrets: SecretSections, version: string): void {
  const isKnown = !isNewerMinor(version, PROGRAMS.grafana.version.slice(1));
  for (const [prop, sections] of [['settings', settings], ['secretSettings', secrets]] as const) {
    Object.keys(sections).forEach((section) => Object.keys(sections[section]).forEach((key) => {
      const where = `${at}: ${prop}`;
      if (!SECTION.test(section) || !KEY.test(key)) {
        throw new Error(`${where}: '${key}' of section '${section}' is not the name of a setting; use letters, digits, '_', '.', '-' and in keys '/'`);
      }
      const says = OWN[`${section}.${key}`] ?? OWN[section];
      if (says !== undefined) {
        throw new Error(`${where}: '${key}' of section '${section}' ${says}`);
      }
      if (isKnown) {
        checkKnown(where, section, key);
      }
    }));
  }
  Object.entries(settings).forEach(([section, keys]) => Object.entries(keys).forEach(([key, value]) => {
    checkValue(`${at}: settings: '${key}' of section '${section}'`, key, value);
    if (Object.hasOwn(secrets, section) && Object.hasOwn(secrets[section], key)) {
      throw new Error(`${at}: '${key}' of section '${section}' is in 'settings' and in 'secretSettings'; keep one of them`);
    }
  }));
}

function checkValue(where: string, key: string, value: string): void {
  if (SECRET.test(key) && value !== '' && !REFERENCE.test(value)) {
    throw new Error(`${where} would show its secret in the ConfigMap; give it by 'secretSettings'`);
  }
  checkNoUrlSecret(value, where, "give the whole of it by 'secretSettings'");
  if (/[\n\r]|"""/.test(value)) {
    throw new Error(`${where} has a line break or '"""', which an ini file cannot hold; write it on one line`);
  }
}
