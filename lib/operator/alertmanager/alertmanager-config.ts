import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { AlertmanagerConfigProps } from './alertmanager-config-props';
import { alertmanagerConfigSpec } from './alertmanager-config-spec';
import { Credentials } from '../credentials';
import { resourceSchema } from '../crds/crd-schema';
import { PrometheusOperatorCrd } from '../crds/prometheus-operator-crd';
import { ApiKind, apiObject, objectsBelow } from '../../kubernetes/api-object';
import { nameInChart, namespaceOf } from '../../kubernetes/names';
import { note } from '../../kubernetes/notes';
import { OBJECT_LABELS } from '../../kubernetes/object-metadata';
import { AlertRouting, Matcher } from '../../monitoring';
import { PlainMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/**
 * A team's routes and receivers for an Alertmanager of the Prometheus Operator that exists, as a resource `AlertmanagerConfig`. The operator adds
 * them to the configuration of each Alertmanager that selects the resource: before its own routes, which see the same alerts afterwards, and under
 * the names `<namespace>/<name>/<receiver>`.
 *
 * Only alerts whose label `namespace` is the resource's namespace reach the routes and inhibitions, unless the Alertmanager says otherwise by its
 * `alertmanagerConfigMatcherStrategy`. Secrets are references that the operator reads in that namespace; as long as one is missing it leaves
 * out the whole resource and says so in an event.
 *
 * Throws on what the resource has no field for and on what the operator ignores: global settings, template files, an existing text, custom
 * integrations, HTTP headers, a time zone, the name of an inhibition; and on a matcher that excludes the namespace.
 * @see https://prometheus-operator.dev/docs/developer/alerting/#using-alertmanagerconfig-resources
 */
export class AlertmanagerConfig extends Construct {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** The resource `AlertmanagerConfig`. */
  public readonly resource: ApiObject;
  private readonly credentials: Credentials;
  private readonly texts: readonly string[];

  constructor(scope: Construct, id: string, props: AlertmanagerConfigProps) {
    super(scope, id);
    checkArguments('AlertmanagerConfig', { props }, this.node.path);
    const where = this.node.path;
    this.name = nameInChart(scope, id, props.name, `-${id}`);
    this.namespace = namespaceOf(this, props.namespace);
    const { name, namespace } = this;
    const labels = { ...OBJECT_LABELS, ...props.labels };
    if (props.receivesAllNamespaces !== true) {
      checkMatchers(where, props.routing, namespace);
    }
    this.credentials = new Credentials(this, 'Credentials', { name, namespace, labels });
    const { apiVersion, spec: schema } = resourceSchema(PrometheusOperatorCrd.ALERTMANAGER_CONFIG);
    const spec: PlainMap = alertmanagerConfigSpec({ where, routing: props.routing, schema, credentials: this.credentials });
    // The specification is spelled as it is written.
    const kind: ApiKind<object> = { GVK: { apiVersion, kind: PrometheusOperatorCrd.ALERTMANAGER_CONFIG }, manifest: (written) => written };
    this.resource = apiObject(this, 'Resource', kind, { metadata: { name, namespace, labels }, spec });
    this.texts = this.requirements(props);
    this.texts.forEach((text) => note(this, text));
  }

  /** Requirements on the Alertmanager that the library cannot check: its selectors, and global settings that receivers rely on. */
  public get notes(): string[] {
    return [...this.texts];
  }

  /** The Secret with user names and URLs that the operator reads from Secrets alone, if there are any. */
  public get secret(): ApiObject | undefined {
    return objectsBelow(this.credentials, 'Secret')[0];
  }

  private requirements({ labels, routing }: AlertmanagerConfigProps): string[] {
    const { namespace } = this;
    const { lacking = [], deadMansSwitch: { name: heartbeat } = {} } = routing._parts ?? {};
    return [
      `an Alertmanager uses this configuration when its alertmanagerConfigSelector matches ${labelText({ ...Chart.of(this).labels, ...labels })} and its `
      + `alertmanagerConfigNamespaceSelector matches namespace '${namespace}'; the operator adds the matcher namespace="${namespace}" to its routes and `
      + 'inhibitions, so only alerts with that label reach its receivers, unless the Alertmanager sets another alertmanagerConfigMatcherStrategy',
      ...lacking.length === 0 ? [] : [
        `global settings of the Alertmanager have to give: ${lacking.join(', ')}; without them no change of its configuration is loaded any more, for no team`,
      ],
      ...heartbeat === undefined ? [] : [
        `the dead man's switch '${heartbeat}' gets no heartbeat through that matcher, unless the alert Watchdog has the label too; name the switch `
        + 'where the Alertmanager is made',
      ],
    ];
  }
}

function labelText(labels: { readonly [name: string]: string }): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? 'its labels' : `the labels ${pairs.join(', ')}`;
}

/** Throws when a matcher of a team's routes or inhibitions excludes the alerts of the only namespace from which they come. */
function checkMatchers(where: string, routing: AlertRouting, namespace: string): void {
  const { root, inhibitions = [] } = routing._parts ?? {};
  root?._all().forEach((route) => check(where, route._place, route.matchers, namespace));
  inhibitions.forEach(({ source, target }) => check(where, 'an inhibition', [...source, ...target], namespace));
}

function check(where: string, place: string, matchers: readonly Matcher[], namespace: string): void {
  const other = matchers.find((matcher) => matcher.label === 'namespace' && !matcher._matches(namespace));
  if (other !== undefined) {
    throw new Error(`${where}: ${place} has the matcher ${String(other)}, and only alerts with namespace="${namespace}" reach this resource; leave the matcher out, make the resource in the namespace of the alerts, or say 'receivesAllNamespaces' where the matcher strategy of the Alertmanager is 'None'`);
  }
}
