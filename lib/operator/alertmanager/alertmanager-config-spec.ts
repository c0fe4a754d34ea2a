import { emptyIn, EMPTY_WAY_OUT, EMPTY } from './alertmanager-refusals';
import { Credentials } from '../credentials';
import { CrdSchema } from '../crds/crd-schema';
import { SchemaDialect, SchemaSpelling, UnsupportedSetting } from '../crds/schema-spelling';
import { withoutVariables } from '../variable-checks';
import { AlertRouting, Integration, Matcher, Route, TimeInterval } from '../../monitoring';
import { CONFIG_SPELLING } from '../../monitoring/routing/config-files';
import { RoutingParts } from '../../monitoring/routing/routing-parts';
import { PlainMap, snakeCase, some, spell, WireMap } from '../../wire/data';

/** Names that differ in more than case. */
const NAMES: SchemaDialect['names'] = {
  discord_configs: { webhookUrl: 'apiURL' },
  pagerduty_configs: { links: 'pagerDutyLinkConfigs', images: 'pagerDutyImageConfigs' },
  links: { text: 'alt' },
  threading: { enabled: null },
};

/** Read in convertPushoverConfig, convertSnsConfig and convertHTTPConfig of the operator's pkg/alertmanager/amcfg.go; test/parity holds them. */
const IGNORED: SchemaDialect['ignored'] = { pushover_configs: ['sound'], sigv4: ['useFipsStsEndpoint'], oauth2: ['tlsConfig'] };

const ON_ALERTMANAGER = "rely on the Alertmanager's own by 'onExistingAlertmanager'";

/** A team's routing, the resource's schema and what it refers to. */
export interface AlertmanagerConfigParts {
  /** Path of the construct, for messages. */
  readonly where: string;
  readonly routing: AlertRouting;
  readonly schema: CrdSchema;
  readonly credentials: Credentials;
}

/** The specification of an AlertmanagerConfig. Throws on what the resource has no field for, and on what the operator would ignore or refuse. */
export function alertmanagerConfigSpec({ where, routing, schema, credentials }: AlertmanagerConfigParts): PlainMap {
  const parts = partsOf(where, routing);
  const checkText = (text: string) => void withoutVariables(where, text, 'set it where the Alertmanager is made');
  const spelling = new SchemaSpelling({ credentials, names: NAMES, ignored: IGNORED, checkText });
  const spelled = (place: string, settings: WireMap, parent: string, ...fields: string[]) => located(where, place, () => (
    spelling.map(settings, fields.reduce((inner, name) => inner.field(name)?.items ?? inner.field(name) ?? inner, schema), parent)
  ));
  const routeSpec = (route: Route): PlainMap => {
    const { matchers: _, routes: __, ...settings } = route._wire();
    const own = spelled(route._place, { ...settings, matchers: some(route.matchers.map(matcherSettings)) }, 'route', 'route');
    return route.routes.length === 0 ? own : { ...own, routes: route.routes.map(routeSpec) };
  };
  return {
    route: routeSpec(parts.root),
    receivers: parts.receivers.map(({ name, integrations }) => {
      const receiver: PlainMap = { name };
      for (const integration of integrations) {
        const place = `${integration.kind} of receiver '${name}'`;
        checkIntegration(where, name, integration);
        const field = integration.kind.replace('_configs', 'Configs');
        if (schema.field('receivers')?.items?.field(field) === undefined) {
          throw new Error(`${where}: receiver '${name}' has '${integration.kind}', which the resource has no field for; use another integration, or notify it by the routing of the Alertmanager itself`);
        }
        const list = receiver[field] ?? [];
        receiver[field] = [...Array.isArray(list) ? list : [], spelled(place, integration._definition.settings, integration.kind, 'receivers', field)];
      }
      return receiver;
    }),
    ...optional('inhibitRules', parts.inhibitions.map((inhibition) => {
      const { name, equal } = inhibition._wire();
      const [sourceMatch, targetMatch] = [inhibition.source, inhibition.target].map((matchers) => matchers.map(matcherSettings));
      return spelled('an inhibition', { name, sourceMatch, targetMatch, equal }, 'inhibitRules', 'inhibitRules');
    })),
    ...optional('muteTimeIntervals', parts.intervals.map((interval) => (
      spelled(`time interval '${interval.name}'`, intervalSettings(interval), 'muteTimeIntervals', 'muteTimeIntervals')
    ))),
  };
}

function partsOf(where: string, routing: AlertRouting): RoutingParts {
  const parts = routing._parts;
  if (parts === undefined) {
    throw new Error(`${where}: 'routing' is an existing text, and the resource has no place for one; make it by 'new AlertRouting()'`);
  }
  const [setting] = Object.entries(parts.globals).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  if (setting !== undefined) {
    throw new Error(`${where}: the routing has the global setting '${setting}', and the resource has none; give it to each integration, or ${ON_ALERTMANAGER}`);
  }
  if (parts.templates.length > 0) {
    throw new Error(`${where}: the routing has the template file '${parts.templates[0]}', and the resource has none; write the text into the receiver, or ${ON_ALERTMANAGER}`);
  }
  return parts;
}

/** Throws on what the schema does not tell of an integration. */
function checkIntegration(where: string, receiver: string, { kind, _definition: { settings, untyped, environment } }: Integration): void {
  if (untyped === true) {
    throw new Error(`${where}: receiver '${receiver}' has '${kind}' by Integration.custom(), whose settings the resource may not have; use a typed integration such as Integration.webhook()`);
  }
  const at = (setting: string) => `${where}: '${setting}' in ${kind} of receiver '${receiver}'`;
  if (environment !== undefined) {
    throw new Error(`${at('sigv4')} has a file with profiles that the Pods of Alertmanager mount, and the resource mounts none; use SigV4.podIdentity(): the role of their service account is used then`);
  }
  if (kind === 'telegram_configs' && settings.botToken === undefined) {
    throw new Error(`${at('botToken')} is left to global settings, and the operator refuses the resource without one; give it here`);
  }
  const empty = emptyIn(kind, spell(settings, CONFIG_SPELLING));
  if (empty !== undefined) {
    throw new Error(`${at(Object.keys(settings).find((key) => snakeCase(key) === empty) ?? empty)} ${EMPTY}; ${EMPTY_WAY_OUT}`);
  }
}

function located<T>(where: string, place: string, spelled: () => T): T {
  try {
    return spelled();
  } catch (error) {
    if (error instanceof UnsupportedSetting) {
      throw new Error(`${where}: '${error.setting}' in ${place} ${error.problem}; ${error.wayOut}`);
    }
    throw error;
  }
}

/** The operator writes the name as it is before the type of match. */
function matcherSettings({ _name: name, operator, value }: Matcher): WireMap {
  return { name, matchType: operator, value };
}

/** A time interval with days of the month as numbers, which Alertmanager has as text. */
function intervalSettings({ name, _periods }: TimeInterval): WireMap {
  return { name, timeIntervals: _periods.map((period) => ({ ...period, daysOfMonth: period.daysOfMonth && daysOf(period.daysOfMonth) })) };
}

function daysOf(ranges: readonly string[]): readonly WireMap[] {
  return ranges.map((range) => {
    const [start, end = start] = range.split(':').map(Number);
    return { start, end };
  });
}

function optional(field: string, items: readonly PlainMap[]): PlainMap {
  return items.length === 0 ? {} : { [field]: [...items] };
}
