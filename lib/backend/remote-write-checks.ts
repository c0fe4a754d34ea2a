import { Duration } from 'cdk8s';
import { checkProxyEnvironment, JobLimits } from './plan-checks';
import { atLeast } from '../kubernetes/images';
import { ownObject } from '../kubernetes/construct-object';
import { RemoteWrite, RemoteWriteProtocol } from '../monitoring';
import { quoteList } from '../text';
import { promDuration } from '../units';

/** Facts about a Prometheus on which its remote writes depend. */
export interface RemoteWriteLimits extends JobLimits {
  /** Features of the Prometheus. */
  readonly features?: readonly string[];
  /** Number of shards; one if undefined. */
  readonly shards?: number;
  /** Whether the Prometheus is an agent, which evaluates no rules and sends no alerts. */
  readonly agent?: boolean;
  /** Names of its external labels. */
  readonly externalLabels?: readonly string[];
  /** Time that its Pods get to end. */
  readonly terminationGracePeriod?: Duration;
  /** Time that it takes at most to send what is queued when it ends; a minute if undefined. */
  readonly flushDeadline?: Duration;
}

/** A remote write in messages. */
export function remoteWriteName({ url, _props: { name } }: RemoteWrite): string {
  return `remote write '${name ?? url}'`;
}

/** Throws when Prometheus would not start with two remote writes: of one name, or of one URL that it tells apart by their settings alone. */
export function checkDistinct(where: string, remoteWrite: RemoteWrite, others: readonly RemoteWrite[]): void {
  const { url, _props: { name } } = remoteWrite;
  if (name !== undefined && others.some((other) => other._props.name === name)) {
    throw new Error(`${where}: remote write '${name}' already exists; give this one another name`);
  }
  // Passwords are no settings in this sense.
  if (others.some((other) => other.url === url && (name === undefined || other._props.name === undefined))) {
    throw new Error(`${where}: a remote write to '${url}' already exists, and Prometheus does not start with two that are alike; give each a 'name', or leave one out`);
  }
}

function checkVersion(where: string, remoteWrite: RemoteWrite, version: string, features: readonly string[]): void {
  const newer = remoteWrite._newer.find(([, since]) => !atLeast(version, since));
  if (newer !== undefined) {
    const [setting, since] = newer;
    throw new Error(`${where}: ${setting} is known from Prometheus ${since} on, and this one is ${version}; choose a newer image`);
  }
  if (remoteWrite._props.protocol === RemoteWriteProtocol.V2 && !atLeast(version, '3.3') && !features.includes('metadata-wal-records')) {
    throw new Error(`${where}: Prometheus ${version} does not start with RemoteWriteProtocol.V2 without the feature 'metadata-wal-records'; name it by 'enableFeatures', or choose a newer image`);
  }
}

function checkDeduplication(where: string, shards: number, externalLabels: readonly string[]): void {
  if (shards > 1) {
    throw new Error(`${where}: got ReplicaDeduplication.haTracker with ${shards} shards, and the store would keep the samples of one of them; use ReplicaDeduplication.equalSeries, or leave it out`);
  }
  if (!externalLabels.includes('cluster')) {
    throw new Error(`${where}: got ReplicaDeduplication.haTracker without the external label 'cluster', and the store would keep the samples of each replica; name it by the prop 'cluster' of the Prometheus`);
  }
}

/** Throws when a remote write does not fit the Prometheus that is to send. */
export function checkRemoteWrite(at: string, remoteWrite: RemoteWrite, limits: RemoteWriteLimits): void {
  const where = `${at}: ${remoteWriteName(remoteWrite)}`;
  const { version, features = [], shards = 1, agent, externalLabels = [] } = limits;
  const { deduplication, sendExemplars } = remoteWrite._props;
  checkProxyEnvironment(where, remoteWrite._client, limits);
  if (version !== undefined) {
    checkVersion(where, remoteWrite, version, features);
  }
  if (deduplication?._electsReplica) {
    checkDeduplication(where, shards, externalLabels);
  }
  if (sendExemplars && !agent && !features.includes('exemplar-storage')) {
    throw new Error(`${where}: got 'sendExemplars', and the Prometheus keeps no exemplars to send; set its prop 'maxExemplars', or leave it out`);
  }
}

/** A note on credentials that the app does not make, where there are any. */
export function credentialsNote(remoteWrite: RemoteWrite, { agent }: RemoteWriteLimits): string | undefined {
  const secrets = remoteWrite._credentialSecrets.filter((secret) => ownObject(secret) === undefined).map(({ name }) => name);
  if (secrets.length === 0) {
    return undefined;
  }
  const consequence = agent
    ? "PrometheusRemoteStorageFailures says so where the rules of the agent, 'monitoring.rules', are evaluated"
    : 'PrometheusRemoteStorageFailures says so';
  return `${remoteWriteName(remoteWrite)} has credentials of ${quoteList(secrets)}, which the app does not make: Prometheus drops samples that are answered by 401 or 403 instead of sending them again; ${consequence}`;
}

/** A note on Pods that get less time to end than Prometheus takes to send what is queued. */
export function gracePeriodNote({ terminationGracePeriod: given, flushDeadline = Duration.minutes(1) }: RemoteWriteLimits): string | undefined {
  return given === undefined || given.toMilliseconds() >= flushDeadline.toMilliseconds() ? undefined
    : `'terminationGracePeriod' is ${promDuration(given)}, and Prometheus sends for up to ${promDuration(flushDeadline)} what is queued for a remote store when it ends: `
      + 'with a store that is slow or away the rest is lost; raise it, or leave it out for 10 minutes';
}
