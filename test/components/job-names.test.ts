import { MADE } from './makers';
import { Component, COMPONENTS } from '../../lib/components/catalogue';
import { RuleSet } from '../../lib/monitoring';
import { inChart } from '../charts';

test('every component with a scrape job is made', () => {
  const named = Object.entries<Component>(COMPONENTS).filter(([, { jobName }]) => jobName !== undefined).map(([name]) => name);
  expect(MADE.map(([name]) => name)).toEqual(named);
});

test.each(MADE)('%s: a second one, of another job, brings groups of other names', (name, _, make) => {
  const [first, second] = [undefined, 'second-job'].map((jobName) => inChart((chart) => make(chart, name, { jobName })).monitoring.rules ?? RuleSet.EMPTY);
  expect(first.groups.length).toBeGreaterThan(0);
  expect(second.groups.map((group) => group.name)).toEqual(first.groups.map((group) => `${group.name}-second-job`));
  expect(first.merged(second).groups).toHaveLength(2 * first.groups.length);
});

test.each(MADE)('%s: its rules are about the job that it has, which the catalogue names', (name, { jobName: usual }, make) => {
  const made = (jobName?: string) => {
    const { jobs = [], rules = RuleSet.EMPTY } = inChart((chart) => make(chart, name, { jobName })).monitoring;
    return { job: jobs[0].name, asked: [...JSON.stringify(rules._toData()).matchAll(/\bjob=\\"([^"\\{]+)\\"/g)].map((match) => match[1]) };
  };
  const [first, second] = [made(), made('second-job')];
  expect([first.job, second.job]).toEqual([usual, 'second-job']);
  expect(first.asked).toContain(usual);
  expect(second.asked).toContain('second-job');
  expect(second.asked).not.toContain(usual);
});

test('every job that a rule looks at is one of the catalogue', () => {
  const jobs = Object.values<Component>(COMPONENTS).flatMap(({ rules }) => (
    [...JSON.stringify(rules()._toData()).matchAll(/\bjob=~?\\"([^"\\{]+)\\"/g)].flatMap(([, names]) => names.split('|'))
  ));
  const known = MADE.map(([, { jobName }]) => jobName);
  expect([...new Set(jobs)].filter((job) => !known.includes(job))).toEqual([]);
});
