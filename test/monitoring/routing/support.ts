import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { AlertRouting, AlertRoutingProps, Integration, Receiver } from '../../../lib/monitoring/routing';
import { PlainMap, spell, visitLeaves, WireMap } from '../../../lib/wire/data';
import { fileSpelling } from '../../../lib/wire/file-spelling';
import { checkConfiguration, receiversIn } from '../../amtool';
import { amtool, judge } from '../../tools';

/** A reference to a Secret that is in the cluster already. */
export function secretKey(secret: string, key: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(Testing.chart(), `${secret}-${key}`, secret), key);
}

/** What Alertmanager reads of a part of its configuration. */
export function written(settings: WireMap): PlainMap {
  return spell(settings, fileSpelling('alertmanager'));
}

/** The keys of Secrets that a routing reads, as `<secret>/<key>`, each once. */
export function secretsOf(routing: AlertRouting): string[] {
  const found = new Set<string>();
  visitLeaves(routing._files(), ({ key }) => key !== undefined && found.add(key._id));
  return [...found];
}

function isOlder(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, 'en', { numeric: true }) < 0;
}

function checkVersion(routing: AlertRouting): void {
  const version = /version (\d+\.\d+\.\d+)/.exec(judge(amtool(), ['--version']))?.[1] ?? '0';
  const unknown = routing._requirements().find((requirement) => isOlder(version, requirement.version));
  if (unknown !== undefined) {
    throw new Error(`amtool ${version} does not know ${unknown.setting}: put ${unknown.version} or newer on PATH, or none, so that Go builds one`);
  }
}

function filesOf(routing: AlertRouting): { [file: string]: string } {
  return { ...routing._templates(), 'alertmanager.yaml': routing._toYaml() };
}

/** What amtool says of the configuration and its templates; throws when it refuses them. */
export function checkConfig(routing: AlertRouting): string {
  checkVersion(routing);
  return checkConfiguration(filesOf(routing));
}

/** The receivers that amtool finds for an alert with these labels. */
export function receiversOf(routing: AlertRouting, labels: { readonly [name: string]: string }): string[] {
  return receiversIn(filesOf(routing), labels);
}

/** A routing that amtool accepts, as its own text. */
export function accepted(props: AlertRoutingProps): string {
  const routing = new AlertRouting(props);
  expect(checkConfig(routing)).toContain('SUCCESS');
  return routing._toYaml();
}

/** The settings of an integration as they come out in a configuration that amtool accepts. */
export function settingsOf(integration: Integration, props: AlertRoutingProps = {}): PlainMap {
  const routing = new AlertRouting({ ...props, receiver: new Receiver({ name: 'team', integrations: [integration] }) });
  expect(checkConfig(routing)).toContain('SUCCESS');
  const plain: { receivers?: ReadonlyArray<{ [kind: string]: PlainMap[] }> } = JSON.parse(JSON.stringify(routing._render()));
  const [team] = plain.receivers ?? [];
  return team[integration.kind][0];
}
