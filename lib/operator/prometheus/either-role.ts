import { endpointLabel } from '../../backend/target-discovery';
import { Port } from '../../backend/target-selection';
import { keep, meta, RelabelStep } from '../../wire/relabel-steps';

/** Labels in which discovery by EndpointSlices, or that by Endpoints, has a property of the port of a Service; the other is empty. */
function eitherOf(property: string): Pick<RelabelStep, 'sourceLabels' | 'separator'> {
  return { sourceLabels: [meta(`endpointslice_port_${property}`), meta(`endpoint_port_${property}`)], separator: '' };
}

/**
 * Keeps ports where none is named: those of the pattern, the one of its number, else any of the Service. A port that only a container has carries no
 * protocol there.
 */
export function unnamedPortOfEither({ port, portPattern, portNumber }: Port): RelabelStep[] {
  return port !== undefined ? [] : [
    ...(portPattern === undefined ? [] : [{ action: 'keep' as const, ...eitherOf('name'), regex: portPattern }]),
    ...(portNumber === undefined ? [] : [keep('__address__', `.+:${portNumber}`)]),
    { action: 'keep', ...eitherOf('protocol'), regex: '.+' },
  ];
}

/** The label `endpoint` of a port without a name: its number, else the name under which it is discovered. */
export function endpointOfEither(port: Port): RelabelStep {
  const label = endpointLabel(port, meta('endpointslice_port_name'));
  return port.portNumber === undefined ? { ...label, ...eitherOf('name') } : label;
}

/** Copies the node of the endpoint. */
export const NODE_OF_EITHER: RelabelStep = { action: 'labelmap', regex: `${meta('')}(?:endpoint(?:slice_endpoint)?|pod)_(node)_name` };
