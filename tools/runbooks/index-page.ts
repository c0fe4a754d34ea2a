import { COMPONENTS } from '../../lib/components/catalogue';
import { AlertingRule, RuleSet } from '../../lib/monitoring/rules';
import { CATALOGUES } from '../../test/rules/catalogues';

/** Names of the components, as headings. */
const TITLES: { readonly [component in keyof typeof COMPONENTS]: string } = {
  'operator': 'Prometheus Operator',
  'prometheus': 'Prometheus',
  'alertmanager': 'Alertmanager',
  'general': 'All scrape jobs, and alerting itself',
  'node': 'Nodes',
  'kube-state': 'Objects of Kubernetes',
  'kubelet': 'Kubelets, volumes',
  'apiserver': 'API server',
  'scheduler': 'Scheduler',
  'controller-manager': 'Controller manager',
  'kube-proxy': 'kube-proxy',
  'coredns': 'CoreDNS',
  'etcd': 'etcd',
  'blackbox': 'Probes',
  'metrics-server': 'metrics-server',
  'prometheus-adapter': 'prometheus-adapter',
  'victoria-metrics': 'VictoriaMetrics',
  'influxdb': 'InfluxDB',
  'influxdb2': 'InfluxDB 2',
  'grafana': 'Grafana',
  'thanos-sidecar': 'Thanos sidecar',
  'thanos-query': 'Thanos Query',
  'thanos-query-frontend': 'Thanos Query Frontend',
  'thanos-store': 'Thanos Store',
  'thanos-receive': 'Thanos Receive',
  'thanos-rule': 'Thanos Ruler',
  'thanos-compact': 'Thanos Compactor',
  'sink-gateway': 'Gateways to sinks',
};

const HEAD = `<!-- Written by \`npm run runbooks\`, do not edit. -->

# Runbooks

A page for each alert of the library. The annotation \`runbook_url\` of an alert leads to its page; the prop \`runbooks\` of a Prometheus takes the alerts to
[pages of your own](../manual.md#rules), or to none.

Values in the pages are defaults. A limit is changed by the option that Meaning names, a prop of \`rules\` of the component, and a holding time by
[\`RuleEdit.holdFor\`](../manual.md#rules); names of scrape jobs and namespaces are those of the app.

- \`<namespace>\`, \`<pod>\` and the like, in commands and queries, are labels of the alert that fires. A name in capitals, such as \`POD\`, is one that the step before shows.
- Queries go to the Prometheus that sent the alert. Its address is the link of the alert (\`generatorURL\`); without access from outside,
  \`kubectl -n kube-ops port-forward svc/prometheus 9090\` and http://localhost:9090. Several clusters in one Prometheus: add \`cluster="<cluster>"\`.
- \`kubectl port-forward\` runs until it is ended: go on in a second shell.
- \`kubectl debug node/…\` makes a privileged Pod in the current namespace, which Pod Security has to allow: add \`-n kube-system\` if it does not. Delete the Pod afterwards; its name begins with
  \`node-debugger\`. Where the network is the trouble, run what follows \`chroot /host\` on the node itself.
- Commands on files of the control plane are for clusters made by kubeadm. Where a provider runs the control plane, ask the provider.
`;

/** An alert of a component, with all its severities. */
interface Row {
  readonly severities: string;
  readonly summaries: string;
}

function row(rules: readonly AlertingRule[]): Row {
  const each = (texts: readonly string[]) => [...new Set(texts)];
  return {
    severities: each(rules.map(({ severity }) => severity?.value ?? '')).join(', '),
    summaries: each(rules.map(({ annotations }) => annotations.summary)).join('; '),
  };
}

function section(title: string, rules: RuleSet): string {
  const all = rules.groups.flatMap((group) => group._alertingRules());
  const rows = rules.alertNames.map((name) => {
    const { severities, summaries } = row(all.filter(({ alert }) => alert === name));
    return `| [${name}](${name}.md) | ${severities} | ${summaries} |`;
  });
  return ['', `## ${title}`, '', '| alert | severity | says |', '|---|---|---|', ...rows, ''].join('\n');
}

/** The index of the runbooks, by component. */
export function indexPage(): string {
  return HEAD + Object.entries(TITLES).map(([component, title]) => section(title, CATALOGUES[component])).join('');
}
