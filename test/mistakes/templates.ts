import { Integration } from '../../lib';
import { notified, slack } from './support';
import { Mistake } from '../bad-input/support';

/** Templates of Alertmanager that it refuses, or that fail when an alert fires. */
export const TEMPLATES: Mistake[] = [
  {
    mistake: 'a variable of the rules',
    place: 'title', value: "'$labels'", wayOut: '.CommonLabels',
    app: (chart) => slack(chart, { title: '{{ $labels.alertname }}' }),
  },
  {
    mistake: 'a field that is misspelt',
    place: 'title', value: "'.CommonLabel'", wayOut: "'CommonLabels'",
    app: (chart) => slack(chart, { title: '{{ .CommonLabel.alertname }}' }),
  },
  {
    mistake: 'a function of sprig',
    place: 'title', value: "'upper'", wayOut: "'toUpper'",
    app: (chart) => slack(chart, { title: '{{ .CommonLabels.alertname | upper }}' }),
  },
  {
    mistake: 'the value, which only rules have',
    place: 'title', value: "'$value'", wayOut: 'annotation',
    app: (chart) => slack(chart, { title: '{{ $value }}' }),
  },
  {
    mistake: 'the field of one alert for all of them',
    place: 'title', value: "'.Labels'", wayOut: 'range .Alerts',
    app: (chart) => slack(chart, { title: '{{ .Labels.alertname }}' }),
  },
  {
    mistake: 'a name with a dash',
    place: 'title', value: 'a-b', wayOut: 'index',
    app: (chart) => slack(chart, { title: '{{ .CommonLabels.a-b }}' }),
  },
  {
    mistake: 'a function that does not exist, in a URL',
    place: 'url', value: "'lowercase'", wayOut: 'toLower',
    app: (chart) => notified(chart, Integration.webhook({ url: 'https://x/{{ .GroupLabels.team | lowercase }}' })),
  },
];
