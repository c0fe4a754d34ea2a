import { kindOf } from '../../lib/texts';

/** Texts that are none of a kind, and one that is. */
interface Examples {
  readonly wrong: readonly string[];
  readonly right: string;
}

const INVISIBLE = 'a\u200bb';
const LONG = 'a'.repeat(254);
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const NAMES = ['No_Name', INVISIBLE, '', ' web', 'web ', LONG];
const KEYS = ['a b', INVISIBLE, '', ' a', 'a/b/c', '-a'];
const LINES = [INVISIBLE, 'a\nb', ' ', ' a', 'a '];
/** Half of a pair and what no terminal shows: they are in no text. */
const UNWRITTEN = ['a\0b', '\ud800'];

/** Examples of each kind of `lib/text-kinds.ts`. */
export const EXAMPLES: { readonly [kind: string]: Examples } = {
  objectName: { wrong: NAMES, right: 'web.v2' },
  storageClass: { wrong: NAMES.filter((name) => name !== ''), right: '' },
  constructName: { wrong: [...NAMES, 'a.b', '2a'], right: 'web-2' },
  volumeName: { wrong: [...NAMES, 'a.b', 'secrets'], right: 'data' },
  namespaceName: { wrong: [...NAMES, 'a.b'], right: '2-web' },
  serviceName: { wrong: [...NAMES, '2a'], right: 'web-2' },
  servicePortName: { wrong: NAMES, right: 'web' },
  portName: { wrong: NAMES, right: 'web' },
  containerName: { wrong: NAMES, right: 'web' },
  labelKey: { wrong: KEYS, right: 'app.kubernetes.io/name' },
  labelKeyOrAll: { wrong: [...KEYS, '**'], right: '*' },
  labelValue: { wrong: ['a b', INVISIBLE, ' a', '-a', 'a'.repeat(64)], right: '' },
  annotationKey: { wrong: KEYS, right: 'app.kubernetes.io/name' },
  annotationValue: { wrong: UNWRITTEN, right: 'a b' },
  annotationPrefix: { wrong: ['a b', INVISIBLE, '', ' a', 'a/b'], right: 'prometheus.io' },
  apiGroup: { wrong: ['Apps', INVISIBLE, ' apps', 'apps/v1'], right: 'cert-manager.io' },
  apiVersion: { wrong: ['1', INVISIBLE, '', ' v1', 'a/v1'], right: 'v1beta1' },
  resourceName: { wrong: ['Deploy ments', INVISIBLE, '', ' a'], right: 'deployments' },
  kindName: { wrong: ['a b', INVISIBLE, '', ' Certificate'], right: 'Certificate' },
  dataKey: { wrong: ['a b', INVISIBLE, '', ' a', 'a/b', '..', LONG], right: 'tls.crt' },
  keyOfObject: { wrong: ['a b', INVISIBLE, '', ' a', 'a/b', '..', LONG], right: 'tls.crt' },
  image: { wrong: ['https://x/y', INVISIBLE, '', ' a:1', 'a b'], right: 'registry.example.com/a:1' },
  registry: { wrong: ['https://x', INVISIBLE, '', ' a'], right: 'registry.example.com/mirror' },
  subPath: { wrong: ['../a', INVISIBLE, ' a', '/a'], right: 'prometheus-db' },
  metricName: { wrong: [INVISIBLE, '', ' a', 'a{b="c"}'], right: 'a:b' },
  labelName: { wrong: [INVISIBLE, '', ' a'], right: 'pod' },
  relabeledLabel: { wrong: [INVISIBLE, '', ' a'], right: 'pod' },
  labelText: { wrong: UNWRITTEN, right: 'a b' },
  regex: { wrong: ['(', 'a\0b'], right: 'a.*' },
  joinedRegex: { wrong: ['(', '[b-a]'], right: 'a.*' },
  judgedRegex: { wrong: ['(', '[b-a]'], right: 'a.*' },
  metricPattern: { wrong: ['(', INVISIBLE, '', ' a'], right: 'kube_pod.*' },
  promQl: { wrong: ['sum(', '', INVISIBLE], right: 'up == 0' },
  selector: { wrong: ['up{', '', INVISIBLE, 'sum(up)'], right: 'up' },
  adapterQuery: { wrong: ['sum(', '', INVISIBLE], right: 'sum(up{<<.LabelMatchers>>}) by (<<.GroupBy>>)' },
  template: { wrong: ['a\0b', '{{ .x'], right: '{{ $labels.pod }} is silent' },
  ruleName: { wrong: [INVISIBLE, 'a\nb', ''], right: 'ShopSilent' },
  jobName: { wrong: [INVISIBLE, '', ' a', 'a\nb', 'a"b'], right: 'integrations/node_exporter' },
  endpointName: { wrong: [INVISIBLE, '', ' a', 'a\nb'], right: 'web' },
  feature: { wrong: ['no-such', INVISIBLE, '', ' promql-experimental-functions'], right: 'promql-experimental-functions' },
  integration: { wrong: ['pager', INVISIBLE, '', ' slack'], right: 'slack' },
  integrationKind: { wrong: ['slak', INVISIBLE, '', ' slack'], right: 'slack_configs' },
  metricOfApi: { wrong: [INVISIBLE, '', ' a', 'a b'], right: 'requests_per_second' },
  metricPart: { wrong: ['a b', INVISIBLE, ' a'], right: 'ready' },
  collector: { wrong: ['a b', INVISIBLE, '', ' a'], right: 'cpu' },
  probeModule: { wrong: [INVISIBLE, '', ' a'], right: 'http_2xx' },
  timeOfDay: { wrong: ['25:00', INVISIBLE, '', ' 09:00', '9 am'], right: '09:00' },
  timeZone: { wrong: ['Berlin', INVISIBLE, '', ' Europe/Berlin'], right: 'Europe/Berlin' },
  flag: { wrong: UNWRITTEN, right: 'x' },
  bytes: { wrong: [], right: ';' },
  url: { wrong: ['no url', 'https://a\u200bb.example.org', '', ' https://a.example.org', 'https://a.example.org ', 'ftp://a.example.org'], right: 'https://a.example.org' },
  host: { wrong: ['https://a', INVISIBLE, '', ' a.example.org', 'a b', 'a..b'], right: 'a.example.org' },
  lookedUpName: { wrong: ['https://a', INVISIBLE, '', ' a.example.org', 'a b', 'a..b', LONG], right: '_http._tcp.example.org' },
  hostPort: { wrong: ['a.example.org', 'a\u200bb:1', '', ' a:1', 'a:1 ', 'https://a:1', 'a:70000'], right: 'a:1' },
  serverName: { wrong: ['https://a', INVISIBLE, '', ' a', 'a:1'], right: 'a.example.org' },
  ipAddress: { wrong: ['a.example.org', INVISIBLE, '', ' 192.0.2.1', '192.0.2.300'], right: '192.0.2.1' },
  nodeAddress: { wrong: ['a.example.org', INVISIBLE, '', ' 192.0.2.1', '192.0.2.300', '192.0.2.1:1'], right: '192.0.2.1' },
  instanceAddress: { wrong: [INVISIBLE, ' 192.0.2.1'], right: '192.0.2.1' },
  ipRange: { wrong: ['192.0.2.0', INVISIBLE, '', ' 192.0.2.0/24', '192.0.2.0/40'], right: '192.0.2.0/24' },
  noProxy: { wrong: ['https://a', INVISIBLE, '', ' a', 'a b', 'a,b'], right: '10.0.0.0/8' },
  probeTarget: { wrong: ['a b', '', ' https://a', 'https://a\u200bb'], right: 'https://a.example.org' },
  path: { wrong: ['a', 'https://x/a', '/a\u200bb', '', ' /a', '/a b', '/a '], right: '/a' },
  headerName: { wrong: ['a b', INVISIBLE, '', ' a', 'a:'], right: 'X-Org' },
  headerValue: { wrong: ['a\nb', 'a\0b'], right: 'a b' },
  storageEndpoint: { wrong: ['https://a', INVISIBLE, '', ' a', 'a b'], right: 'minio:9000' },
  userName: { wrong: ['a:b', ''], right: 'shop' },
  line: { wrong: LINES, right: 'a b' },
  name: { wrong: [...LINES, ''], right: 'a b' },
  exactName: { wrong: [INVISIBLE, ' a', 'a\nb'], right: 'x' },
  roleArn: { wrong: ['role/x', INVISIBLE, '', ' arn:aws:iam::1:role/x'], right: 'arn:aws:iam::123456789012:role/x' },
  templatedArn: { wrong: ['topic', INVISIBLE, '', ' arn:aws:sns:eu-central-1:1:x'], right: '{{ .CommonLabels.topic }}' },
  phoneNumber: { wrong: ['0170 1', INVISIBLE, '', ' +491701234567'], right: '+491701234567' },
  operatorVersion: { wrong: ['new', INVISIBLE, '', ' 0.85.0', 'v0.85.0'], right: '0.85.0' },
  serverVersion: { wrong: ['new', INVISIBLE, '', ' 8.19'], right: '9.4' },
  version: { wrong: ['new', INVISIBLE, '', ' 3.5.0'], right: '9.0.0' },
  uid: { wrong: ['a b', INVISIBLE, '', 'a'.repeat(41)], right: 'a-b' },
  choice: { wrong: ['zip', INVISIBLE, '', ' GET'], right: 'x' },
  filePath: { wrong: [INVISIBLE, ''], right: '/a.json' },
  fileContent: { wrong: UNWRITTEN, right: 'x' },
  pem: { wrong: ['x', INVISIBLE, '', '-----BEGIN CERTIFICATE-----'], right: CERTIFICATE },
  setting: { wrong: UNWRITTEN, right: 'x' },
  cardColor: { wrong: ['#gg0000', INVISIBLE, ' #ff0000'], right: '{{ template "slack.default.color" . }}' },
  text: { wrong: UNWRITTEN, right: 'a b' },
};

/** Right texts of members of which a service or another setting asks more than their kind. */
const RIGHT: { readonly [member: string]: string } = {
  'region': 'eu-central-1', 'dataCollectionRule': 'dcr-00000000000000000000000000000000', 'clientId': '00000000-0000-0000-0000-000000000000',
  'tenantId': '00000000-0000-0000-0000-000000000000', 'bucket': 'shop', 'storageAccount': 'shop', 'container': 'shop', 'profile': 'shop',
  'project': 'shop-123456', 'DataSourceProps.type': 'loki', 'BlackboxExporter.checkModule.module': 'http_2xx', 'module': 'http_2xx',
  'GrafanaCloudOptions.url': 'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push', 'workspaceId': 'ws-00000000-0000-0000-0000-000000000000',
  'containerQuery': 'sum(up{<<.LabelMatchers>>}) by (<<.GroupBy>>)', 'Dashboard.fromJson.json': '{"title":"a","uid":"a","panels":[],"schemaVersion":39}',
  'topic': 'shop', 'tenant': '1',
};

/** Mappings that a door needs something in. */
export const RIGHT_MAPS: { readonly [member: string]: object } = { 'BlackboxModule.raw.config': { prober: 'http' } };

/** A text that is right for a member; `owner` declares it. */
export function rightText(name: string, owner: string): string {
  const kind = kindOf(name, owner) ?? '';
  return RIGHT[`${owner}.${name}`] ?? RIGHT[name] ?? EXAMPLES[kind]?.right ?? 'x';
}
