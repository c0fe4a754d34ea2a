import { Duration } from 'cdk8s';
import { AlertRoutingGlobals, renderGlobals } from './global-settings';
import { Inhibition } from './inhibition';
import { checkUsed, oncePerName } from './definitions';
import { CONFIG_DIRECTORY, CONFIG_SPELLING } from './config-files';
import { lackingSettings } from './integration-needs';
import { parseRaw } from './raw';
import { Receiver } from './receiver';
import { rootOf } from './root-route';
import { Route } from './route';
import { RoutingParts } from './routing-parts';
import { Requirement, requirementsOf } from './version-requirements';
import { checkCalls, templateFiles, templatePatterns } from './template-files';
import { TimeInterval } from './time-interval';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, mapsOf, PlainMap, spell, Wire, WireMap } from '../../wire/data';
import { yamlText } from '../../yaml';
import { checkArguments } from '../../arguments';

/** Routes, receivers, inhibitions, templates and global settings of an Alertmanager. */
export interface AlertRoutingProps {
  /**
   * Receiver of alerts that no other route matches.
   * @default - the receiver of `route`, else `Receiver.none()`
   */
  readonly receiver?: Receiver;

  /**
   * Routes below the default receiver; the first that matches an alert routes it.
   * @default - those of `route`
   */
  readonly routes?: Route[];

  /**
   * The root of the routing tree, for grouping and intervals of all alerts; excludes `routes`, which are its own then.
   * @default - a root with `receiver` and `routes`, grouped by `alertname` and `namespace`
   */
  readonly route?: Route;

  /**
   * Receivers that a route has to reach; those that routes name need not be repeated.
   * @default - those that the routes name
   */
  readonly receivers?: Receiver[];

  /**
   * Receiver of the alert Watchdog, which always fires; the service behind it notifies when the alert stops.
   * @default - Watchdog is not notified
   */
  readonly deadMansSwitch?: Receiver;

  /**
   * Interval between notifications of the dead man's switch, to the minute. At least one minute.
   * @default Duration.minutes(5)
   */
  readonly deadMansSwitchInterval?: Duration;

  /**
   * Inhibitions besides the default ones.
   * @default - none
   */
  readonly inhibitions?: Inhibition[];

  /**
   * Start with `Inhibition.defaults()`: info alerts only where something worse fires, one alert only in its worst severity, and one cause instead
   * of its consequences.
   * @default true
   */
  readonly defaultInhibitions?: boolean;

  /**
   * Time intervals that a route has to use; those that routes name need not be repeated.
   * @default - those that the routes name
   */
  readonly timeIntervals?: TimeInterval[];

  /**
   * Template files by name, with `{{ define "…" }}` in them; receivers use what they define.
   * @default - Alertmanager's own templates
   */
  readonly templates?: { readonly [name: string]: string };

  /**
   * Patterns of template files in Alertmanager's image, as absolute paths.
   * @default - none
   */
  readonly templateFiles?: string[];

  /**
   * Settings of all receivers.
   * @default - Alertmanager's own
   */
  readonly global?: AlertRoutingGlobals;

  /**
   * Rely on the global settings and the templates of an Alertmanager that is made elsewhere, to which `AlertmanagerConfig` adds the routing:
   * integrations may lack settings that global ones give, and texts may call templates that are defined there. An Alertmanager of this app rejects
   * such a routing.
   * @default false
   */
  readonly onExistingAlertmanager?: boolean;
}

/** Secrets and templates of an existing configuration. */
export interface RawAlertRoutingOptions {
  /**
   * Secrets whose files the text names, `/etc/alertmanager/secrets/<secret>/<key>`.
   * @default - none
   */
  readonly secrets?: SecretKey[];

  /**
   * Template files by name; the text's `templates` has to name `/etc/alertmanager/config/*.tmpl`.
   * @default - none
   */
  readonly templates?: { readonly [name: string]: string };
}

/**
 * Routes of alerts to receivers: one Alertmanager configuration, the same text on both backends. Secrets are references; the backend mounts
 * them and the configuration names the files.
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export class AlertRouting {
  /**
   * An existing configuration, kept as it is. Throws unless it is YAML with a root route and a receiver, only keys that
   * Alertmanager knows, receivers and time intervals that exist, no receiver that is never reached, and no credential that is
   * recognised as one; and when it names a file of a Secret that is not among `secrets`.
   */
  public static raw(text: string, options: RawAlertRoutingOptions = {}): AlertRouting {
    checkArguments('AlertRouting.raw', { text, options });
    const secrets = [...options.secrets ?? []];
    const routing = new AlertRouting();
    routing.document = parseRaw(text, secrets);
    routing.text = text;
    routing.parts = undefined;
    routing.others = secrets.map((secret) => Leaf.secret(secret));
    routing.files = templateFiles(options.templates);
    const { templates: patterns } = routing._render();
    const loaded = Array.isArray(patterns) && patterns.some((pattern) => typeof pattern === 'string' && pattern.startsWith(`${CONFIG_DIRECTORY}/`));
    if (Object.keys(routing.files).length > 0 && !loaded) {
      throw new Error(`AlertRouting.raw: got 'templates', but the text does not load them; add '${CONFIG_DIRECTORY}/*.tmpl' to its 'templates'`);
    }
    return routing;
  }

  private document: WireMap;
  /** Files besides those that the document names. */
  private others: Wire = [];
  private files: { readonly [file: string]: string };
  private text?: string;
  private parts?: RoutingParts;
  private readonly readAtStart: SecretKey[] = [];
  private readonly environment: { [name: string]: SecretKey } = {};

  /**
   * Without props a valid configuration without notifications. Throws on a root that does not match all alerts, on receivers that no route
   * reaches, on different receivers or time intervals of one name, and on integrations that lack settings which the global ones could give.
   */
  constructor(props: AlertRoutingProps = {}) {
    checkArguments('AlertRouting', { props });
    const root = rootOf(props);
    const routes = root._all();
    const reached = routes.flatMap((route) => (route.receiver === undefined ? [] : [route.receiver]));
    const used = routes.flatMap((route) => route.timeIntervals);
    checkUsed(props.receivers, reached, 'receivers', (name) => `no route reaches receiver '${name}', so it is never notified`);
    checkUsed(props.timeIntervals, used, 'timeIntervals', (name) => `no route uses time interval '${name}'`);
    const receivers = oncePerName([...reached, ...props.receivers ?? []], 'receiver', (receiver) => asText(receiver._wire()));
    const intervals = oncePerName([...used, ...props.timeIntervals ?? []], 'time interval', (interval) => asText(interval._wire()));
    const globals = renderGlobals(props.global);
    const onExisting = props.onExistingAlertmanager === true;
    const lacking = lackingSettings(receivers, globals ?? {});
    if (lacking.length > 0 && !onExisting) {
      const [{ receiver, kind, setting, wayOut }] = lacking;
      throw new Error(`AlertRouting: receiver '${receiver}': an item of ${kind} has no ${setting}; ${wayOut}`);
    }
    receivers.forEach((receiver) => this.take(receiver));

    this.files = templateFiles(props.templates);
    const patterns = templatePatterns(props.templateFiles);
    if (patterns.length === 0 && !onExisting) {
      checkCalls(this.files, receivers.map((receiver) => [`AlertRouting: receiver '${receiver.name}'`, receiver._wire()]));
    }
    if (Object.keys(this.files).length > 0) {
      patterns.unshift(`${CONFIG_DIRECTORY}/*.tmpl`);
    }
    const inhibitions = [...props.defaultInhibitions === false ? [] : Inhibition.defaults(), ...props.inhibitions ?? []];
    this.document = {
      global: globals,
      templates: optional(patterns),
      route: root._wire(),
      inhibitRules: optional(inhibitions.map((inhibition) => inhibition._wire())),
      receivers: receivers.map((receiver) => receiver._wire()),
      timeIntervals: optional(intervals.map((interval) => interval._wire())),
    };
    this.others = Object.values(this.environment).map((key) => Leaf.secret(key));
    const templates = [...Object.keys(this.files), ...props.templateFiles ?? []];
    this.parts = {
      root, receivers, inhibitions, intervals, templates, deadMansSwitch: props.deadMansSwitch, globals: globals ?? {}, onExisting,
      lacking: lacking.map(({ receiver, kind, setting }) => `${setting} of ${kind} of receiver '${receiver}'`),
    };
  }

  /** The names of all receivers, the default one first. */
  public get receiverNames(): string[] {
    return mapsOf(this._render().receivers).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  }

  /** Integrations of all receivers, as Alertmanager's metrics call them. @internal */
  public _integrations(): string[] {
    return mapsOf(this._render().receivers).flatMap((receiver) => Object.keys(receiver)).filter((key) => key.endsWith('_configs')).map((key) => key.slice(0, -'_configs'.length));
  }

  /** What the configuration is made of; undefined where it is an existing text. @internal */
  public get _parts(): RoutingParts | undefined {
    return this.parts;
  }

  /** The configuration as plain data, keys in the order of the text. @internal */
  public _render(): PlainMap {
    return spell(this.document, CONFIG_SPELLING);
  }

  /** The configuration as text, the same for both backends. @internal */
  public _toYaml(): string {
    return this.text ?? asText(this.document);
  }

  /** The files that Alertmanager reads, each under the setting that names it. @internal */
  public _files(): Wire {
    return [this.document, this.others];
  }

  /** Secrets of which a file may be read when Alertmanager loads its configuration, besides those of TLS. @internal */
  public _readAtStart(): SecretKey[] {
    return [...this.readAtStart];
  }

  /** The template files to put beside the configuration, by file name. @internal */
  public _templates(): { [file: string]: string } {
    return { ...this.files };
  }

  /** Environment variables of Alertmanager, for files that the configuration cannot name. @internal */
  public _environment(): { [name: string]: string } {
    return Object.fromEntries(Object.entries(this.environment).map(([name, secret]) => [name, secret._file('alertmanager')]));
  }

  /** Settings in use that older versions of Alertmanager do not know. @internal */
  public _requirements(): Requirement[] {
    const { receivers, ...parts } = this._render();
    const of = (map: PlainMap) => Object.entries(map).flatMap(([part, data]) => requirementsOf(part, data));
    return [...of(parts), ...mapsOf(receivers).flatMap(of)];
  }

  private take(receiver: Receiver): void {
    for (const integration of receiver.integrations) {
      const { kind, environment, readAtStart } = integration._definition;
      this.readAtStart.push(...readAtStart ?? []);
      const where = `AlertRouting: receiver '${receiver.name}'`;
      for (const [name, secret] of Object.entries(environment ?? {})) {
        const before = this.environment[name];
        if (before !== undefined && before._id !== secret._id) {
          throw new Error(`${where}: ${kind} reads its credentials from '${secret._id}', another receiver from '${before._id}', `
            + 'but Alertmanager reads one file; put both into one, as profiles');
        }
        this.environment[name] = secret;
      }
    }
  }
}

function asText(document: WireMap): string {
  return yamlText(spell(document, CONFIG_SPELLING));
}

function optional(list: readonly Wire[]): readonly Wire[] | undefined {
  return list.length === 0 ? undefined : list;
}
