import { IConstruct } from 'constructs';
import { ConstructObject, constructObject } from './construct-object';
import { DeclaredPort } from './declared-port';
import { labelSelection, LabelSelection, NO_SELECTION, selectsAll } from './label-selection';
import { Manifest } from './manifest';
import { PodsObject, PodTemplate } from './pods-object';
import { selectedPods } from './selected-pods';
import { WORKLOAD_KINDS } from './workload-kinds';

/** Label by which cdk8s-plus tells the Pods of one construct from all others. */
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

/** Reads a construct as a workload or as a selection of Pods, as it is at that moment. Throws when it is neither, or several. */
export function constructAsPods(where: string, prop: string, construct: IConstruct): PodsObject {
  return selectedPods(where, construct) ?? workloadPods(where, constructObject(construct, {
    where,
    prop,
    kinds: WORKLOAD_KINDS,
    what: 'a workload or a selection of Pods',
    elsewhere: { Service: "scrape a Service by ScrapeJob.fromService(), with the prop 'service'" },
    otherwise: `give a workload or a selection of Pods, or leave '${prop}' out and name the Pods by 'labels' and 'namespaces'`,
  }));
}

function workloadPods(where: string, { kind, title, manifest }: ConstructObject): PodsObject {
  const template = templateOf(kind, manifest);
  const labels = template.at('metadata', 'labels').textEntries;
  const selection = selectionOf(where, kind, labels, manifest);
  if (selectsAll(selection)) {
    throw new Error(`${where}: the Pods of ${title} carry no label to find them by; give them one`);
  }
  return {
    ...selection,
    namespaces: namespacesOf(selection, manifest),
    namespaceSelection: NO_SELECTION,
    template: { labels, ports: running(template.at('spec')).flatMap((container) => container.at('ports').items.map(portOf)) },
  };
}

/** The containers that run as long as the Pod, among them init containers that restart always, which are sidecars. */
function running(spec: Manifest): Manifest[] {
  return [...spec.at('containers').items, ...spec.at('initContainers').items.filter((container) => container.at('restartPolicy').text === 'Always')];
}

/** Without a namespace they are in `default`; by the label of cdk8s-plus they are found wherever they are applied. */
function namespacesOf({ labels }: LabelSelection, manifest: Manifest): readonly string[] | undefined {
  const namespace = manifest.at('metadata', 'namespace').text;
  return namespace === undefined && Object.hasOwn(labels, ADDRESS_LABEL) ? undefined : [namespace ?? 'default'];
}

function templateOf(kind: string, manifest: Manifest): Manifest {
  switch (kind) {
    case 'Pod': return manifest;
    case 'CronJob': return manifest.at('spec', 'jobTemplate', 'spec', 'template');
    default: return manifest.at('spec', 'template');
  }
}

/** The labels that cdk8s-plus makes for the purpose, else the selector of the workload, else all labels of its Pods. */
function selectionOf(where: string, kind: string, labels: PodTemplate['labels'], manifest: Manifest): LabelSelection {
  if (Object.hasOwn(labels, ADDRESS_LABEL)) {
    return { labels: { [ADDRESS_LABEL]: labels[ADDRESS_LABEL] } };
  }
  const selector = manifest.at('spec', 'selector');
  switch (kind) {
    case 'CronJob':
    case 'Job':
    case 'Pod': return { labels };
    case 'ReplicationController': return { labels: selector.exists ? selector.textEntries : labels };
    default: return labelSelection(where, selector);
  }
}

function portOf(port: Manifest): DeclaredPort {
  return { name: port.at('name').text, number: port.at('containerPort').number };
}
