import { Chart, Testing } from 'cdk8s';
import { Component, COMPONENTS } from '../../lib/components/catalogue';
import { RuleSet } from '../../lib/monitoring';

/** Components that have a scrape job. */
const components: Array<[string, Component]> = Object.entries<Component>(COMPONENTS).filter(([, { jobName }]) => jobName !== undefined);

/** The rules, by the construct where there is one. */
function rulesOf({ rules, construct: Construct }: Component, jobName?: string): RuleSet {
  return Construct === undefined
    ? rules({ jobName })
    : new Construct(new Chart(Testing.app(), 'jobs'), 'own', { jobName }).monitoring.rules ?? RuleSet.EMPTY;
}

test.each(components)('%s: a second one, of another job, brings groups of other names', (_, component) => {
  const first = rulesOf(component);
  const second = rulesOf(component, 'second-job');
  expect(first.groups.length).toBeGreaterThan(0);
  expect(second.groups.map(({ name }) => name)).toEqual(first.groups.map(({ name }) => `${name}-second-job`));
  expect(first.merged(second).groups).toHaveLength(2 * first.groups.length);
});

test.each(components)('%s: its rules are about the job that it has, which the catalogue names', (_, component) => {
  const { jobName, construct: Construct } = component;
  const jobs = (rules: RuleSet) => [...JSON.stringify(rules._toData()).matchAll(/\bjob=\\"([^"\\]+)\\"/g)].map((match) => match[1]);
  expect(jobs(rulesOf(component))).toContain(jobName);
  expect(jobs(rulesOf(component, 'second-job'))).not.toContain(jobName);
  if (Construct !== undefined) {
    expect(new Construct(new Chart(Testing.app(), 'jobs'), 'own').monitoring.jobs?.[0].name).toBe(jobName);
  }
});

test('every job that a rule looks at is one of the catalogue', () => {
  const jobs = Object.values<Component>(COMPONENTS).flatMap(({ rules }) => (
    [...JSON.stringify(rules()._toData()).matchAll(/\bjob=~?\\"([^"\\]+)\\"/g)].flatMap(([, names]) => names.split('|'))
  ));
  const known = components.map(([, { jobName }]) => jobName);
  expect([...new Set(jobs)].filter((job) => !known.includes(job))).toEqual([]);
});
