import { IConstruct } from 'constructs';
import { declaredEndpoints } from './declared-endpoints';
import { InNamespaces, Labels } from './discovery';
import { bothLabels, inNamespaces, NamespaceChoice, namespacesOf } from './namespaces';
import { ProbeScrapeProps } from './probe-job-props';
import { ScrapeEndpoint } from './scrape-endpoint';
import { PodScrapeProps, ServiceScrapeProps } from './scrape-job-props';
import { checkPortName, checkServiceName } from '../../checks';
import { constructAsPods } from '../../kubernetes/construct-as-pods';
import { constructAsService, ServiceObject } from '../../kubernetes/construct-as-service';
import { LabelExpression } from '../../kubernetes/label-expression';
import { LabelSelection, selectsAll } from '../../kubernetes/label-selection';
import { didYouMean, quoteList } from '../../text';

type Selection = LabelSelection & InNamespaces;

interface WithEndpoints {
  readonly endpoints?: readonly ScrapeEndpoint[];
}

/** The props of a job that choose things by their labels, and the namespaces of these. */
interface LabelChoice extends NamespaceChoice {
  readonly labels?: Labels;
  readonly labelExpressions?: readonly LabelExpression[];
}

/** Selects the Services of a job, with the endpoints that follow where none is named. */
export function serviceSelection(where: string, props: ServiceScrapeProps): Selection & WithEndpoints & { readonly serviceName?: string } {
  const { service, serviceName } = props;
  if (service === undefined) {
    const byName = serviceName === undefined ? {} : { serviceName: checkedName(where, serviceName) };
    return { ...byName, ...byLabels(where, 'service', 'Service', props, serviceName !== undefined), endpoints: props.endpoints };
  }
  const made = serviceOf(where, props, service);
  if (made.isExternalName) {
    throw new Error(`${where}: Service '${made.name}' is of type ExternalName and has no endpoints; scrape its host by ScrapeJob.fromStaticTargets()`);
  }
  return { ...onlyThat(where, props, made), endpoints: declaredEndpoints(where, { owner: `Service '${made.name}'`, ports: made.ports, declaresNumbers: true }, props.endpoints) };
}

/** Selects the Services to probe. */
export function probedServices(where: string, props: ProbeScrapeProps): Selection & { readonly serviceName?: string; readonly port?: string } {
  const { service, port } = props;
  if (port !== undefined) {
    checkPortName(port, `${where}: port`);
  }
  const ofPort = port === undefined ? {} : { port };
  if (service === undefined) {
    return { ...ofPort, ...chosen(props), ...inNamespaces(where, props) };
  }
  const made = serviceOf(where, props, service);
  const names = made.ports.flatMap(({ name }) => name ?? []);
  if (port !== undefined && !names.includes(port)) {
    throw new Error(`${where}: port '${port}' is to be probed, and Service '${made.name}' has ${quoteList(names)}${didYouMean(port, names) || '; name one of them'}`);
  }
  return { ...ofPort, ...onlyThat(where, props, made) };
}

/** Selects the Pods of a job, with the endpoints that follow where none is named. */
export function podSelection(where: string, props: PodScrapeProps): Selection & WithEndpoints {
  const { pods } = props;
  if (pods === undefined) {
    return { ...byLabels(where, 'pods', 'Pod', props), endpoints: props.endpoints };
  }
  const { labels, expressions = [], namespaces, namespaceSelection, template } = constructAsPods(where, 'pods', pods);
  const owner = `'${pods.node.path}'`;
  if (template !== undefined) {
    checkCarried(where, `the Pods of ${owner}`, template.labels, props, 'carry');
    checkNamespace(where, owner, props, namespaces?.[0]);
  }
  return {
    labels: bothLabels(`${where}: labels`, labels, props.labels),
    ...expressionsOf([...expressions, ...props.labelExpressions ?? []]),
    ...inNamespaces(where, props, { namespaces, namespaceSelection }),
    endpoints: template === undefined
      ? props.endpoints
      // A number need not be declared; where some are, another one is rather a slip.
      : declaredEndpoints(where, { owner, ports: template.ports, declaresNumbers: template.ports.length > 0 }, props.endpoints),
  };
}

/** The Service that a construct makes, in a namespace and with labels that props may name. */
function serviceOf(where: string, props: LabelChoice & { readonly serviceName?: string }, service: IConstruct): ServiceObject {
  const made = constructAsService(where, 'service', service);
  const { name, namespace } = made;
  if (props.serviceName !== undefined) {
    throw new Error(`${where}: got 'service' and 'serviceName'; a Service of the app is named by 'service' alone`);
  }
  checkCarried(where, `Service '${name}'`, made.labels, props);
  checkNamespace(where, `Service '${name}'`, props, namespace);
  return made;
}

function onlyThat(where: string, props: LabelChoice, { name, namespace }: ServiceObject): Selection & { readonly serviceName: string } {
  return { serviceName: name, ...chosen(props), namespaces: namespacesOf(where, props.namespaces ?? [namespace]) };
}

/** Expressions, where there are some. */
function expressionsOf(expressions: readonly LabelExpression[]): Pick<LabelSelection, 'expressions'> {
  return expressions.length === 0 ? {} : { expressions: [...expressions] };
}

/** Labels and expressions of props. */
export function chosen({ labels, labelExpressions = [] }: LabelChoice): LabelSelection {
  return { labels: { ...labels }, ...expressionsOf(labelExpressions) };
}

function checkedName(where: string, serviceName: string): string {
  checkServiceName(serviceName, `${where}: serviceName`, ", and name its namespace by 'namespaces'");
  return serviceName;
}

/** Throws when labels or expressions do not meet what a thing of the app carries. */
function checkCarried(where: string, owner: string, carried: Labels, { labels = {}, labelExpressions = [] }: LabelChoice, verb = 'carries'): void {
  const found = (label: string) => (
    carried[label] === undefined ? `no label '${label}'${didYouMean(label, Object.keys(carried))}` : `${label}=${carried[label]}`
  );
  Object.entries(labels).filter(([label, value]) => carried[label] !== value).forEach(([label, value]) => {
    throw new Error(`${where}: labels ask for ${label}=${value}, and ${owner} ${verb} ${found(label)}; leave 'labels' out`);
  });
  labelExpressions.filter((expression) => !expression._matches(carried)).forEach((expression) => {
    throw new Error(`${where}: labelExpressions ask for '${expression._show()}', and ${owner} ${verb} ${found(expression.key)}; leave 'labelExpressions' out`);
  });
}

/** Throws when namespaces are chosen in which a thing of the app is not, or by labels although its namespace is known; undefined where it is not. */
function checkNamespace(where: string, owner: string, { namespaces, namespaceLabels, namespaceExpressions }: NamespaceChoice, own?: string): void {
  if (namespaceLabels !== undefined || namespaceExpressions !== undefined) {
    const prop = namespaceLabels === undefined ? 'namespaceExpressions' : 'namespaceLabels';
    throw new Error(`${where}: got '${prop}', and the namespace of ${owner} is known; leave it out`);
  }
  if (namespaces !== undefined && own !== undefined && !namespaces.includes(own)) {
    throw new Error(`${where}: namespaces are ${quoteList(namespaces)}, and ${owner} is in '${own}'; leave 'namespaces' out`);
  }
}

/** What labels select; nothing in particular only where the things are known by name. */
function byLabels(where: string, prop: string, kind: string, choice: LabelChoice, byName: boolean = false): Selection {
  const selection = chosen(choice);
  if (!byName && selectsAll(selection)) {
    throw new Error(`${where}: neither '${prop}' nor 'labels' is given, so every ${kind} would be scraped; name the labels of those to scrape`);
  }
  return { ...selection, ...inNamespaces(where, choice) };
}
