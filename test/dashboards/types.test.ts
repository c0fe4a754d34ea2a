import { COMMITTED, readByGrafana } from './support';
import { typeFaults } from './type-faults';
import { Dashboard } from '../../lib';
import { ComponentDashboard } from '../../lib/monitoring/dashboards/component-dashboard';

test('dashboards, as Grafana gets them, are what the types of Grafana say', () => {
  const rendered = COMMITTED.map(({ file }) => {
    const component = new ComponentDashboard({ file, component: 'none', jobName: 'none' });
    return [file, readByGrafana(Dashboard._ofComponent(component, 'Kubernetes').toJson())] as const;
  });
  const faults = [...typeFaults(new Map(rendered))].flatMap(([name, list]) => list.map((fault) => `${name}: ${fault}`));
  expect(faults).toEqual([]);
}, 120_000);
