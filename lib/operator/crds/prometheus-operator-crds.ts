import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { kindNamed, KINDS, memberOf, watchedFor } from './crd-kinds';
import { CrdObject } from './crd-object';
import { GROUP } from './crd-schema';
import { PrometheusOperatorCrd } from './prometheus-operator-crd';
import { requireUniqueNames } from '../../kubernetes/unique-names';
import { PROGRAMS } from '../../versions';
import { checkArguments } from '../../arguments';

/** Options of the custom resource definitions of the Prometheus Operator. */
export interface PrometheusOperatorCrdsProps {
  /**
   * The kinds that are defined.
   * @default PrometheusOperatorCrds.defaultKinds()
   */
  readonly kinds?: PrometheusOperatorCrd[];
  /**
   * Annotations of every definition, for what applies them: `helm.sh/resource-policy: keep` has Helm, `argocd.argoproj.io/sync-options:
   * Prune=false` Argo CD, `kustomize.toolkit.fluxcd.io/prune: disabled` Flux keep the definitions, and with them every resource of their
   * kinds, when they are no longer in what is applied.
   * @default - those of the operator's release alone
   */
  readonly annotations?: { readonly [name: string]: string };
}

/**
 * The custom resource definitions of the Prometheus Operator, as in its release but without their descriptions, so that they are small
 * enough for client-side apply too.
 *
 * They have to be in the cluster before resources of their kinds are applied, and before the operator starts: it asks once, at its start,
 * which kinds there are. Put them into a chart of their own, on which the others depend: cdk8s then writes its file first. Apply that file
 * and wait until the definitions are established, then the others; one `kubectl apply` of them all refuses the resources of kinds that the
 * cluster did not know when it began.
 *
 * ```ts
 * const definitions = new Chart(app, 'prometheus-operator-crds');
 * new PrometheusOperatorCrds(definitions, 'crds');
 * chart.addDependency(definitions);
 * ```
 *
 * Deleting a definition deletes all resources of its kind, in all namespaces, and with them the operator's workloads. Exclude this chart from
 * pruning and uninstalling by `annotations`, or leave this construct out and apply the folder `crds` of the package:
 * `kubectl apply --server-side -f node_modules/cdk8s-prometheus/crds`.
 *
 * The definitions are those of the operator that this library deploys, `version`; an upgrade of the package contains new ones, to be applied
 * before the new operator.
 * @see https://prometheus-operator.dev/docs/getting-started/design/
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export class PrometheusOperatorCrds extends Construct {
  /** All ten kinds. */
  public static allKinds(): PrometheusOperatorCrd[] {
    return [...KINDS];
  }

  /**
   * The kinds that a Prometheus and an Alertmanager need: all but `PROMETHEUS_AGENT` and `THANOS_RULER`, for each of which the operator
   * would keep watch over monitors, rules and Secrets once more.
   */
  public static defaultKinds(): PrometheusOperatorCrd[] {
    return KINDS.filter((kind) => kind !== PrometheusOperatorCrd.PROMETHEUS_AGENT && kind !== PrometheusOperatorCrd.THANOS_RULER);
  }

  /** Version of the operator that the definitions are of, such as `v0.90.0`. */
  public readonly version: string = PROGRAMS.prometheusOperator.version;

  private readonly definitions = new Map<PrometheusOperatorCrd, CrdObject>();

  /**
   * Throws when `kinds` is empty, names a kind twice, or lacks one without which the operator cannot work on another, and when `annotations`
   * gives an annotation of the release another value. Fails the synthesis when this chart, or one that depends on it, makes a resource of a
   * kind that is not defined.
   */
  constructor(scope: Construct, id: string, props: PrometheusOperatorCrdsProps = {}) {
    super(scope, id);
    checkArguments('PrometheusOperatorCrds', { props }, this.node.path);
    const kinds = checkKinds(props.kinds ?? PrometheusOperatorCrds.defaultKinds(), this.node.path);
    requireUniqueNames(this);
    // In the order of their names, however they are listed.
    KINDS.filter((kind) => kinds.includes(kind)).forEach((kind) => this.definitions.set(kind, new CrdObject(this, kind, props.annotations ?? {})));
    this.node.addValidation({ validate: () => this.undefinedKinds() });
  }

  /** The kinds that are defined, in the order of their names. */
  public get kinds(): PrometheusOperatorCrd[] {
    return [...this.definitions.keys()];
  }

  /**
   * The definition of a kind, to patch it.
   *
   * Throws when the kind is not among `kinds`.
   */
  public definitionOf(kind: PrometheusOperatorCrd): ApiObject {
    checkArguments('PrometheusOperatorCrds.definitionOf', { kind }, this.node.path);
    const definition = this.definitions.get(kind);
    if (definition === undefined) {
      throw new Error(`${this.node.path}: ${kind} is not defined here; add ${memberOf(kind)} to 'kinds'`);
    }
    return definition;
  }

  /** Constructs of the app whose kinds these definitions leave out. */
  private undefinedKinds(): string[] {
    const own = Chart.of(this);
    const charts = this.node.root.node.findAll().filter((one): one is Chart => Chart.isChart(one));
    return charts
      .filter((chart) => chart === own || chart.node.dependencies.includes(own) || chart.node.dependencies.includes(this))
      .flatMap((chart) => chart.node.findAll().filter((one): one is ApiObject => isOperated(one) && Chart.of(one) === chart))
      .flatMap((object) => {
        const missing = kindNamed(object.kind);
        return missing === undefined || this.definitions.has(missing) ? [] : [
          `${object.node.path}: ${missing} is not defined by '${this.node.path}'; add ${memberOf(missing)} to its 'kinds', which are ${this.kinds.join(', ')}`,
        ];
      });
  }
}

function isOperated(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct) && construct.apiGroup === GROUP;
}

function checkKinds(kinds: readonly PrometheusOperatorCrd[], where: string): readonly PrometheusOperatorCrd[] {
  if (kinds.length === 0) {
    throw new Error(`${where}: no kind to define; name some, or leave 'kinds' out for those that a Prometheus and an Alertmanager need`);
  }
  const twice = kinds.find((kind, i) => kinds.indexOf(kind) !== i);
  if (twice !== undefined) {
    throw new Error(`${where}: ${memberOf(twice)} is listed twice in 'kinds'; list it once`);
  }
  for (const kind of kinds) {
    const missing = watchedFor(kind).filter((watched) => !kinds.includes(watched));
    if (missing.length > 0) {
      throw new Error(
        `${where}: for ${kind} the operator waits until ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} defined, and ends when it has waited ten minutes; `
        + `add ${missing.map(memberOf).join(', ')} to 'kinds', or leave ${memberOf(kind)} out`,
      );
    }
  }
  return kinds;
}
