import { Chart } from 'cdk8s';
import { existing, Mistake } from './support';
import {
  AlertmanagerConfigSelection, AlertmanagerServer, AlertRouting, Inhibition, Integration, Matcher, OperatedAlertmanager, OperatedAlertmanagerProps,
  DataStorage, Receiver, SecretKey, SigV4,
} from '../../lib';

function operated(chart: Chart, props: OperatedAlertmanagerProps, id: string = 'alertmanager'): void {
  new OperatedAlertmanager(chart, id, props);
}

/** With configurations of teams beside a routing that tells one receiver. */
function withTeams(chart: Chart, integration: Integration, inhibitions: Inhibition[] = []): void {
  const receiver = new Receiver({ name: 'chat', integrations: [integration] });
  operated(chart, { routing: new AlertRouting({ receiver, inhibitions }), teamConfigs: AlertmanagerConfigSelection.everywhere() });
}

const url = (chart: Chart): SecretKey => SecretKey.of(existing(chart, 'chat'), 'url');

/** Mistakes that only the Alertmanager of the operator knows. */
export const OPERATED_ALERTMANAGER: Mistake[] = [
  {
    mistake: 'the URL of Discord beside configurations of teams',
    place: "shop/alertmanager: with teamConfigs, 'webhook_url_file' in discord_configs of receiver 'chat'", value: 'is not known to the operator',
    wayOut: 'by Integration.webhook() for example, or leave out teamConfigs',
    app: (chart) => withTeams(chart, Integration.discord({ webhookUrl: url(chart) })),
  },
  {
    mistake: 'an endpoint of AWS that the operator cannot choose beside configurations of teams',
    place: "sns_configs of receiver 'chat'", value: "'sigv4.use_fips_sts_endpoint'", wayOut: 'leave out teamConfigs',
    app: (chart) => withTeams(chart, Integration.sns({ topicArn: 'arn:aws:sns:eu-west-1:1:a', sigv4: SigV4.podIdentity({ region: 'eu-west-1', useFipsStsEndpoint: true }) })),
  },
  {
    mistake: 'a named inhibition beside configurations of teams',
    place: 'shop/alertmanager: with teamConfigs', value: "'inhibit_rules[12].name' in the routing", wayOut: 'leave the setting out, or leave out teamConfigs',
    app: (chart) => withTeams(chart, Integration.webhook({ url: 'http://hook/' }), [
      new Inhibition({ name: 'cluster', source: [Matcher.equal('alertname', 'ClusterDown')], target: [Matcher.equal('team', 'shop')] }),
    ]),
  },
  {
    mistake: 'an empty text beside configurations of teams',
    place: "slack_configs of receiver 'chat'", value: "'title'", wayOut: "write a template that says nothing, '{{ \"\" }}'",
    app: (chart) => withTeams(chart, Integration.slack({ channel: '#a', apiUrl: url(chart), title: '' })),
  },
  {
    mistake: 'tracing in a routing of one\'s own beside configurations of teams',
    place: 'shop/alertmanager: with teamConfigs', value: "'tracing' in the routing", wayOut: 'leave the setting out',
    app: (chart) => operated(chart, {
      routing: AlertRouting.raw('route: {receiver: a}\nreceivers: [{name: a}]\ntracing: {endpoint: "otel:4317"}\n'),
      teamConfigs: AlertmanagerConfigSelection.everywhere(),
    }),
  },
  {
    mistake: 'configurations of teams of no namespace',
    place: 'AlertmanagerConfigSelection.inNamespaces', value: 'no namespace is named', wayOut: 'use AlertmanagerConfigSelection.everywhere()',
    app: (chart) => operated(chart, { teamConfigs: AlertmanagerConfigSelection.inNamespaces() }),
  },
  {
    mistake: 'a text that the operator\'s reloader takes for a variable',
    place: 'shop/alertmanager: the routing', value: "'$(HOME)'", wayOut: "write '{{ \"$\" }}(HOME)'",
    app: (chart) => operated(chart, {
      routing: new AlertRouting({ receiver: Receiver.of('chat', Integration.slack({ channel: '#a', apiUrl: url(chart), text: 'cd $(HOME)' })) }),
    }),
  },
  {
    mistake: 'a claim that exists for the Alertmanager of the operator',
    place: 'shop/alertmanager', value: "'data'", wayOut: 'use DataStorage.volumeClaimTemplate(), or AlertmanagerServer',
    app: (chart) => operated(chart, { storage: DataStorage.existingClaim('data') }),
  },
  {
    mistake: 'a name too long for the StatefulSet of the operator',
    place: `shop/${'a'.repeat(45)}`, value: 'has 45 characters', wayOut: "at most 39; give a shorter one by the prop 'name'",
    app: (chart) => operated(chart, {}, 'a'.repeat(45)),
  },
  {
    mistake: 'a label that the operator sets',
    place: "shop/alertmanager: 'podLabels'", value: "'app.kubernetes.io/managed-by' to 'me'", wayOut: "which has to be 'prometheus-operator'; leave it out",
    app: (chart) => operated(chart, { podLabels: { 'app.kubernetes.io/managed-by': 'me' } }),
  },
  {
    mistake: 'a StatefulSet that the operator would overwrite',
    place: 'shop/main', value: "StatefulSet 'alertmanager-main'", wayOut: "give one of the two another 'name'",
    app: (chart) => {
      new AlertmanagerServer(chart, 'alertmanager-main');
      operated(chart, {}, 'main');
    },
  },
];
