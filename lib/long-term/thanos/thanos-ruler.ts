import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { ApiObject, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { GRPC_PORT, HTTP_PORT, thanosEndpoint, thanosFlags, thanosJob, ThanosProgram, thanosResources, thanosTls } from './thanos-pod';
import { ThanosRulerProps } from './thanos-ruler-props';
import { ThanosKind, ThanosStatefulSet } from './thanos-stateful-set';
import { THANOS_HTTP_PORT } from '../../backend/thanos-images';
import { checkCount, checkObjectName, checkUrl } from '../../checks';
import { thanosRulerDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_RULER_JOB, thanosRulerRules } from '../../components/thanos/thanos-ruler-rules';
import { DataStorage } from '../../kubernetes';
import { apiObject, objectsBelow } from '../../kubernetes/api-object';
import { disruptionBudget } from '../../kubernetes/availability';
import { KIND } from '../../kubernetes/kinds';
import { podService } from '../../kubernetes/pod-service';
import { metadataOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IAlertmanager, IMonitored, IThanosStore, Monitoring, RuleSet, ThanosEndpoint } from '../../monitoring';
import { alertmanagerName, hasService } from '../../monitoring/alertmanager';
import { OperatedAlertmanager } from '../../operator';
import { AlertmanagerServer } from '../../server';
import { promDuration } from '../../units';
import { yamlText } from '../../yaml';

const RULER: ThanosKind = { construct: 'ThanosRuler', program: 'thanos-rule', component: 'rule-evaluation' };

/** Folder of the rules. */
const RULES_DIR = '/etc/thanos/rules';
/** Label by which results of replicas differ. */
const REPLICA_LABEL = 'ruler_replica';
/** Size of rules that one ConfigMap holds, which client-side apply copies into an annotation. */
const LARGEST = 200_000;

/**
 * Thanos Ruler: evaluates rules on Thanos Query, over all Prometheus that it asks. A rule that one Prometheus can evaluate belongs there: it needs
 * nothing else to run. A change of rules restarts the Pods.
 * @see https://thanos.io/tip/components/rule.md/
 */
export class ThanosRuler extends ThanosStatefulSet implements IMonitored, IThanosStore {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** The place at which results of its rules are, for `addStore()` of the `ThanosQuery`. */
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** The headless Service by which Thanos Query and Prometheus find the replicas. */
  public readonly service: ApiObject;
  /** The ConfigMaps with rules, one a file. */
  public readonly ruleConfigMaps: ApiObject[];
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosRulerProps) {
    super(scope, id, RULER, props, (identity, ruler) => {
      const { replicas = 1, storage = DataStorage.volumeClaimTemplate(), objectStorage, ruleSets } = props;
      check(identity.where, replicas, props);
      const files = new Construct(ruler, 'Rules');
      Object.entries(ruleSets).forEach(([file, rules]) => apiObject(files, file, KIND.ConfigMap, {
        metadata: metadataOf(identity, `-rules-${file}`), data: { [`${file}.yaml`]: yamlText(rules._toData()) },
      }));
      return { replicas, storage, objectStorage, claimSize: Size.gibibytes(10), program: programOf(identity, props) };
    });
    const { _identity: identity, name } = this;
    this.thanosEndpoint = thanosEndpoint(identity, name, props, [REPLICA_LABEL]);
    this.ruleConfigMaps = objectsBelow(this.node.findChild('Rules'), 'ConfigMap');
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [GRPC_PORT, HTTP_PORT] });
    this.disruptionBudget = disruptionBudget(this, identity, props.replicas ?? 1, props.maxUnavailable);
    const job = thanosJob(identity, props, THANOS_RULER_JOB);
    const rules = thanosRulerRules({ jobName: job.name }, props.rules);
    this.monitoring = { jobs: [job], rules, dashboards: thanosRulerDashboards(job.name, props.rules) };
  }
}

function check(where: string, replicas: number, { ruleSets, alertmanagers = [], queryUrl, evaluationInterval, retention }: ThanosRulerProps): void {
  checkCount(replicas, `${where}: replicas`, 'one');
  checkCount(evaluationInterval?.toMilliseconds(), `${where}: evaluationInterval (ms)`, 'a minute');
  checkCount(retention?.toMilliseconds(), `${where}: retention (ms)`, 'two days');
  if (queryUrl !== undefined) {
    checkUrl(queryUrl, `${where}: queryUrl`);
  }
  const sets = Object.entries(ruleSets);
  if (sets.every(([, { groups }]) => groups.length === 0)) {
    throw new Error(`${where}: 'ruleSets' has no rules, so there is nothing to evaluate; give it some, or leave the ruler out`);
  }
  sets.forEach(([file, rules]) => {
    checkObjectName(file, `${where}: ruleSets`);
    const size = Buffer.byteLength(yamlText(rules._toData()));
    if (size > LARGEST) {
      throw new Error(`${where}: ruleSets: '${file}' has ${Math.ceil(size / 1000)} kB, and a ConfigMap holds ${LARGEST / 1000} kB; divide its groups among several`);
    }
  });
  // It throws where a group is in two files.
  RuleSet.EMPTY.merged(...sets.map(([, rules]) => rules));
  const names = alertmanagers.map(alertmanagerName);
  alertmanagers.forEach(({ httpConfig }, i) => {
    if (httpConfig !== undefined && Object.values(httpConfig).some((setting) => setting !== undefined)) {
      throw new Error(`${where}: Alertmanager '${names[i]}' asks for TLS, a password or other settings of a client, which ThanosRuler has no place for; send its alerts to one without`);
    }
    if (names.indexOf(names[i]) !== i) {
      throw new Error(`${where}: alerts are sent to Alertmanager '${names[i]}' already; name it once`);
    }
  });
}

/** Address of all replicas of an Alertmanager: those of one that the app makes are behind its headless Service. */
function addressOf(alertmanager: IAlertmanager): string {
  const { hostname, port, protocol } = new URL(alertmanager.url);
  if (alertmanager instanceof AlertmanagerServer || alertmanager instanceof OperatedAlertmanager) {
    return `dns+${alertmanager.headlessService.name}.${alertmanager.namespace}.svc:${alertmanager.port}`;
  }
  if (hasService(alertmanager)) {
    return `dns+${alertmanager.serviceName}.${alertmanager.namespace}.svc:${alertmanager.port}`;
  }
  const address = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? `dns+${address}` : address;
}

function alertmanagerConfig(alertmanagers: readonly IAlertmanager[]): string {
  return yamlText({
    alertmanagers: alertmanagers.map((alertmanager) => ({
      static_configs: [addressOf(alertmanager)], scheme: alertmanager.scheme, path_prefix: alertmanager.pathPrefix, api_version: 'v2',
    })),
  });
}

function programOf(identity: WorkloadIdentity, props: ThanosRulerProps): ThanosProgram {
  const { name, namespace } = identity;
  const { query, alertmanagers = [], queryUrl = query.url, evaluationInterval, retention, ruleSets } = props;
  const text = yamlText(Object.fromEntries(Object.entries(ruleSets).map(([file, rules]) => [file, rules._toData()])));
  return {
    command: 'rule',
    container: 'thanos-rule',
    servesStores: true,
    tls: thanosTls(identity, props),
    startup: Duration.minutes(10),
    gracePeriod: Duration.minutes(3),
    resources: thanosResources(100, 256, 1024),
    annotations: { 'checksum/rules': createHash('sha256').update(text).digest('hex').slice(0, 16) },
    volumes: [{ name: 'rules', projected: { sources: Object.keys(ruleSets).map((file) => ({ configMap: { name: `${name}-rules-${file}` } })) } }],
    mounts: [{ name: 'rules', mountPath: RULES_DIR, readOnly: true }],
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    flags: thanosFlags([
      ['rule-file', `${RULES_DIR}/*.yaml`],
      ['query', `${query.name}.${query.namespace}.svc:${THANOS_HTTP_PORT}`],
      ['label', `ruler="${namespace}/${name}"`],
      ['label', `${REPLICA_LABEL}="$(POD_NAME)"`],
      // Alertmanager sees the same alert of all replicas.
      ['alert.label-drop', REPLICA_LABEL],
      ['alert.query-url', queryUrl],
      ['alertmanagers.config', alertmanagers.length === 0 ? undefined : alertmanagerConfig(alertmanagers)],
      ['eval-interval', promDuration(evaluationInterval)],
      ['tsdb.retention', promDuration(retention)],
    ]),
  };
}
