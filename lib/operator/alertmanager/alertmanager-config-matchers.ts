import { AlertRouting, Matcher } from '../../monitoring';

/** Throws when a matcher of a team's routes or inhibitions excludes the alerts of the only namespace from which they come. */
export function checkMatchers(where: string, routing: AlertRouting, namespace: string): void {
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
