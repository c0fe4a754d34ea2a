import type { Dashboard } from '../../dashboards/grafana/json';

/** The titles of topics, in the order of the gallery. */
const TOPICS: Readonly<Record<string, string>> = { 'kubernetes': 'Kubernetes', 'control-plane': 'Control plane', 'monitoring': 'Monitoring' };

/** The name of the picture of a dashboard. */
export const pictureOf = ({ uid }: Dashboard, theme: 'light' | 'dark'): string => `${uid}-${theme}.png`;

const anchorOf = ({ title }: Dashboard): string => title.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-');

function section(dashboard: Dashboard, isDrawn: boolean): string[] {
  const { uid, title, description } = dashboard;
  const head = [`### ${title}`, '', description, ''];
  return !isDrawn ? [...head, 'There is no picture: the cluster has nothing of what it shows.', ''] : [
    ...head,
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${pictureOf(dashboard, 'dark')}">`,
    `  <img src="${pictureOf(dashboard, 'light')}" alt="Dashboard ${title}, uid ${uid}">`,
    '</picture>',
    '',
  ];
}

/** The page that shows all dashboards, with the pictures that there are. */
export function gallery(dashboards: readonly Dashboard[], isDrawn: (dashboard: Dashboard) => boolean): string {
  const byTopic = Object.entries(TOPICS).map(([topic, title]) => ({ title, of: dashboards.filter(({ tags }) => tags.includes(topic)) }));
  return [
    '<!-- written by `npm run pictures` in tools/pictures -->',
    '# Dashboards',
    '',
    'A dashboard is shown where its component is monitored; how a Grafana gets it says the [manual](../manual.md#dashboards).',
    '',
    "The pictures are drawn with Grafana's published components over the answers of the Prometheus of a real cluster; they are not screenshots of",
    'Grafana. The cluster is that of the end-to-end tests: one node, half an hour old, on which some workloads, targets, probes and receivers fail on purpose.',
    'Rows that are closed at first are open here. [tools/pictures](../../tools/pictures/README.md) says how they are made.',
    '',
    ...byTopic.flatMap(({ title, of }) => [`- ${title}: ${of.map((one) => `[${one.title}](#${anchorOf(one)})`).join(', ')}`]),
    '',
    ...byTopic.flatMap(({ title, of }) => [`## ${title}`, '', ...of.flatMap((one) => section(one, isDrawn(one)))]),
  ].join('\n');
}
