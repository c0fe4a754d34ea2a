import { IConstruct } from 'constructs';
import { constructObject } from './construct-object';
import { DeclaredPort } from './declared-port';
import { Manifest } from './manifest';
import { WORKLOAD_KINDS } from './workload-kinds';

/** A Service, read from the manifest of whatever construct makes it. */
export interface ServiceObject {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
  readonly ports: readonly DeclaredPort[];
  /** Whether it is a name of a host outside, which has no endpoints. */
  readonly isExternalName: boolean;
}

const USE_PODS = "scrape Pods by ScrapeJob.fromPods(), with the prop 'pods'";

/** Reads a construct as a Service, as it is at that moment. Throws when it makes none, or several. */
export function constructAsService(where: string, prop: string, construct: IConstruct): ServiceObject {
  const elsewhere = Object.fromEntries(Object.keys(WORKLOAD_KINDS).map((kind) => [kind, USE_PODS]));
  const { manifest } = constructObject(construct, { where, prop, kinds: { Service: 'core' }, what: 'a Service', elsewhere });
  const metadata = manifest.at('metadata');
  return {
    name: metadata.at('name').text ?? '',
    namespace: metadata.at('namespace').text ?? 'default',
    labels: metadata.at('labels').textEntries,
    ports: manifest.at('spec', 'ports').items.map(portOf),
    isExternalName: manifest.at('spec', 'type').text === 'ExternalName',
  };
}

function portOf(port: Manifest): DeclaredPort {
  const target = port.at('targetPort');
  return { name: port.at('name').text, number: target.number ?? (target.text === undefined ? port.at('port').number : undefined), target: target.text };
}
