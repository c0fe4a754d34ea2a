import { Labels } from './discovery';
import { checkTargetLabels } from './scrape-job-checks';
import { StaticScrapeProps } from './scrape-job-props';
import { checkHostPort } from '../../checks';

/** Targets by their addresses, with the same labels. */
export interface StaticTargets {
  readonly targets: readonly string[];
  readonly labels: Labels;
}

/** The groups of a job; throws when there are none, or two targets have the same labels. */
export function staticTargets(where: string, { targets, groups, targetLabels = {} }: StaticScrapeProps): StaticTargets[] {
  if (targets === undefined && groups === undefined) {
    throw new Error(`${where}: neither 'targets' nor 'groups' is given; name the targets by one of them`);
  }
  const all = [
    ...targets === undefined ? [] : [{ at: where, targets: [...targets], labels: { ...targetLabels } }],
    ...(groups ?? []).map((group, i) => ({ at: `${where}: groups[${i}]`, targets: [...group.targets], labels: { ...targetLabels, ...group.labels } })),
  ];
  if (all.length === 0) {
    throw new Error(`${where}: groups is empty; name at least one`);
  }
  const seen = new Map<string, string>();
  all.forEach(({ at, targets: addresses, labels }) => {
    if (addresses.length === 0) {
      throw new Error(`${at}: targets is empty; name at least one`);
    }
    checkTargetLabels(`${at}: ${at === where ? 'targetLabels' : 'labels'}`, labels, ['instance']);
    addresses.forEach((address) => {
      checkHostPort(address, `${at}: targets`);
      const identity = JSON.stringify(Object.entries({ instance: address, ...labels }).sort(([a], [b]) => (a < b ? -1 : 1)));
      const other = seen.get(identity);
      if (other !== undefined) {
        throw new Error(other === address
          ? `${where}: target '${address}' exists twice; two targets with equal labels overwrite each other`
          : `${where}: targets '${other}' and '${address}' have the same labels, 'instance' included, and would overwrite each other; give each a group with labels of its own`);
      }
      seen.set(identity, address);
    });
  });
  return all.map(({ targets: addresses, labels }) => ({ targets: addresses, labels }));
}
