import type { Dashboard } from '../../dashboards/grafana/json';

/** The titles of topics, in the order of the gallery. */
const TOPICS: Readonly<Record<string, string>> = { 'kubernetes': 'Kubernetes', 'control-plane': 'Control plane', 'monitoring': 'Monitoring' };

/** The name of the picture of a dashboard. */
export const pictureOf = ({ uid }: Dashboard, theme: 'light' | 'dark'): string => `${uid}-${theme}.png`;

const anchorOf = ({ title }: Dashboard): string => title.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-');

function section(dashboard: Dashboard): string[] {
  const { uid, title, description } = dashboard;
  return [
    `### ${title}`,
    '',
    description,
    '',
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${pictureOf(dashboard, 'dark')}">`,
    `  <img src="${pictureOf(dashboard, 'light')}" alt="Dashboard ${title}, uid ${uid}">`,
    '</picture>',
    '',
  ];
}

/** The page that shows all dashboards. */
export function gallery(dashboards: readonly Dashboard[], grafana: string): string {
  const byTopic = Object.entries(TOPICS).map(([topic, title]) => ({ title, of: dashboards.filter(({ tags }) => tags.includes(topic)) }));
  return [
    '<!-- written by `npm run pictures` in tools/pictures -->',
    '# Dashboards',
    '',
    'A dashboard is shown where its component is monitored; how a Grafana gets it says the [manual](../manual.md#dashboards).',
    '',
    `The pictures are drawn with Grafana's published components (${grafana}) over the answers of the Prometheus of a real cluster, the one of the end-to-end tests;`,
    'they are not screenshots of Grafana. Rows that are closed at first are open here. A cluster of one node that has run for less than an hour',
    'has little to show in some panels. How they are made says [tools/pictures](../../tools/pictures/README.md).',
    '',
    ...byTopic.flatMap(({ title, of }) => [`- ${title}: ${of.map((one) => `[${one.title}](#${anchorOf(one)})`).join(', ')}`]),
    '',
    ...byTopic.flatMap(({ title, of }) => [`## ${title}`, '', ...of.flatMap(section)]),
  ].join('\n');
}
