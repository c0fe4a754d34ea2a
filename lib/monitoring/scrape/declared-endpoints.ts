import { ScrapeEndpoint } from './scrape-endpoint';
import { DeclaredPort, showPort } from '../../kubernetes/declared-port';
import { matchesAnchored } from '../../regex';
import { didYouMean, quoteList } from '../../text';

/** The ports of a thing. */
interface Declaration {
  /** The thing, for messages. */
  readonly owner: string;
  readonly ports: readonly DeclaredPort[];
  /** Whether it has no port by number that is not declared. */
  readonly declaresNumbers: boolean;
}

/**
 * The endpoints of a thing whose ports are known; without any the one for its only port. Throws when an endpoint names a port that is not
 * declared, or two endpoints scrape one port in the same way.
 */
export function declaredEndpoints(
  where: string, { owner, ports, declaresNumbers }: Declaration, endpoints?: readonly ScrapeEndpoint[],
): readonly ScrapeEndpoint[] {
  const all = quoteList(ports.map(showPort));
  if (endpoints === undefined) {
    if (ports.length !== 1) {
      throw new Error(`${where}: ${owner} has ${ports.length} ports (${all}); say by 'endpoints' which to scrape`);
    }
    const [{ name, number }] = ports;
    return [new ScrapeEndpoint(name === undefined ? { portNumber: number } : { port: name })];
  }
  const names = ports.flatMap((port) => port.name ?? []);
  endpoints.forEach(({ name, port, portNumber, portPattern }) => {
    if (port !== undefined && !names.includes(port)) {
      throw new Error(`${where}: endpoint '${name}' names port '${port}', and ${owner} has ${all}${didYouMean(port, names) || '; name one of them'}`);
    }
    if (portPattern !== undefined && !names.some((declared) => matchesAnchored(portPattern, declared, true))) {
      throw new Error(`${where}: no port of ${owner} matches portPattern '${portPattern}' of endpoint '${name}', it has ${all}; write one that matches`);
    }
    if (declaresNumbers && portNumber !== undefined && ports.every(({ number }) => number !== undefined && number !== portNumber)) {
      throw new Error(`${where}: endpoint '${name}' names port number ${portNumber}, and the targets of ${owner} have ${all}; give one of them`);
    }
  });
  checkOverlap(where, names, endpoints);
  return endpoints;
}

/** Patterns that match one port give two targets with equal labels. */
function checkOverlap(where: string, names: readonly string[], endpoints: readonly ScrapeEndpoint[]): void {
  endpoints.filter(({ portPattern }) => portPattern !== undefined).forEach((endpoint) => {
    const twin = endpoints.find((other) => other !== endpoint && other.path === endpoint.path
      && other.relabelings.length === 0 && endpoint.relabelings.length === 0 && names.some((name) => takes(endpoint, name) && takes(other, name)));
    if (twin !== undefined) {
      const shared = names.filter((name) => takes(endpoint, name) && takes(twin, name));
      throw new Error(`${where}: endpoints '${endpoint.name}' and '${twin.name}' both scrape ${quoteList(shared)}; narrow one of them, or tell them apart by path or relabelings`);
    }
  });
}

function takes({ port, portPattern }: ScrapeEndpoint, name: string): boolean {
  return portPattern === undefined ? port === name : matchesAnchored(portPattern, name);
}
