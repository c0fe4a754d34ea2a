import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { Duration, Size } from 'cdk8s';
import { argumentsOf, Member, membersOf, propsOf, REST, sampleOf } from './doors';
import { saidOf, structsBelow } from './walk';
import { DOORS, ENUMS, MADE_BY, STRUCTS } from '../../lib/generated/api-types';
import { Loose } from '../manifests';

/** Percentages of a whole, and amounts that are above zero, by their names. */
const PERCENTAGE = /^(?!quotaOvercommit|plannedSeries).*Percent$/;
const ABOVE_ZERO = /^(diskQueue|loadPerCpu|majorPageFaults|restartsPerHour|quotaOvercommitPercent|plannedSeriesPercent|seriesBudgets?|cpusPerNode|containersPerPod)$/;
const LONGER_THAN_ZERO = /^(latency|rangeLatency|bucketLatency|gateLatency|uploadAge|slowCall|slowPeer|slowWebhook|forwardLatency|logSync\w+|commit|relist|podStart|clockSkew|\w*[cC]ertificate(?:Warning|Critical)|lookbackDelta|batchSendDeadline|minBackoff|maxBackoff|sendInterval|resyncPeriod|startupTimeout|jobDuration|remoteWriteLag|deliveryTime)$/;

/** Amounts that are judged by what takes them, each with tests of its own; and those of which every one is right. */
const JUDGED_THERE = [
  'capacity', 'chatId', 'first', 'last', 'day', 'year', 'highest', 'lowest', 'keepDroppedTargets', 'kubeletPort', 'labelLimit', 'labelNameLengthLimit',
  'labelValueLengthLimit', 'limit', 'maxAlerts', 'maxConcurrency', 'maxExemplars', 'maxOpenConnections', 'maxReplicas', 'maxSamples', 'maxSamplesPerSend',
  'maxShards', 'maxUnavailable', 'messageThreadId', 'minReplicas', 'minShards', 'modulus', 'payloadSize', 'port', 'portNumber', 'replicas', 'sampleLimit',
  'series', 'shards', 'targetLimit', 'ttl', 'percent', 'average', 'value', 'pods', 'validStatusCodes',
  'apiServers', 'concurrency', 'extraSeries', 'extraTargets', 'kubeStateShards', 'maxConcurrent', 'maxParallelism', 'maxRetries', 'maxSeriesPerPod', 'nodes', 'podsStartedPerDay',
  'remoteWrites', 'replicationFactor', 'samplesPerSecond', 'samplingFraction', 'targets', 'maxSilences', 'maxAlertsPerName', 'concurrentReads',
];
const TIMES_JUDGED_THERE = [
  'deadMansSwitchInterval', 'deduplicationInterval', 'evaluationInterval', 'expire', 'for', 'groupInterval', 'groupWait', 'interval', 'keepFiringFor',
  'kubeletTimeout', 'maxAge', 'outOfOrderTimeWindow', 'queryOffset', 'rateOver', 'relistInterval', 'repeatInterval', 'resolution', 'resolveTimeout',
  'retention', 'retry', 'sampleAgeLimit', 'sampleInterval', 'scrapeInterval', 'scrapeTimeout', 'stabilizationWindow', 'syncPeriod',
  'terminationGracePeriod', 'timeout', 'ttl', 'upgrade', 'window', 'within', 'duration', 'deleteDelay', 'fiveMinutes', 'oneHour', 'queryTimeout', 'raw',
  'expiration', 'maxQueryLength', 'refreshInterval', 'reopenDuration', 'ruleQueryOffset', 'slowQueryLog', 'splitInterval', 'dispatchStartDelay',
  'requestTimeout', 'peerTimeout', 'gossipInterval', 'pushPullInterval', 'settleTimeout',
];

/** Values that are beyond the bounds of a name. */
function beyond(name: string, type: string): Loose[] {
  if (type === 'number') {
    return PERCENTAGE.test(name) ? [-1, 0, 101] : ABOVE_ZERO.test(name) ? [-1, 0] : [];
  }
  return type === 'Duration' && LONGER_THAN_ZERO.test(name) ? [Duration.millis(0)] : [];
}

/** Values that are of another type than this, or have parts that are. */
function wrongFor(type: string): Loose[] {
  if (type.startsWith('[]')) {
    return ['x', null, ...wrongFor(type.slice(2)).slice(0, 1).map((value) => [value])];
  }
  if (type.startsWith('{}')) {
    return ['x', [], null, ...wrongFor(type.slice(2)).slice(0, 1).map((value) => ({ key: value }))];
  }
  switch (type) {
    case 'any': return [];
    case 'string': return [5, null];
    case 'boolean': return ['true', null];
    case 'number': return ['5', NaN, Infinity, null];
    case 'Duration': return [5, null, ...[NaN, 0.5, 1e15].map((amount) => Duration.millis(amount))];
    case 'Size': return [5, null, ...[NaN, 0.5, 0].map((amount) => Size.kibibytes(amount))];
    default: return type in ENUMS ? ['no such value', 5, null] : ['x', null, ...(type in MADE_BY ? [{}] : [])];
  }
}

/** Wrong values of a member that are not told: those that pass, or whose message does not name the member. */
function untold(door: string, { name, type, isOptional }: Member, args: (value: Loose) => Loose[]): string[] {
  const isRest = REST.includes(door) && membersOf(DOORS[door]).at(-1)?.name === name;
  const values = [...wrongFor(type), ...beyond(name, type), ...(isOptional || type === 'any' ? [] : [undefined])].filter((value) => !isRest || (Array.isArray(value) && value.length > 0));
  return values.map((value): [Loose, string] => [value, saidOf(door, args(value))])
    .filter(([, said]) => !new RegExp(`\\b${name}\\b.*(is not|is longer|holds nothing)`).test(said))
    .map(([value, said]) => `${door}: ${name}: ${JSON.stringify(value)}: ${said}`);
}

test('the types that are checked are those of the sources', () => {
  const { stderr, status } = spawnSync(process.execPath, [path.join(__dirname, '../../tools/api-types.mjs'), '--check'], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test.each(Object.keys(DOORS))('%s checks the types of its arguments', (door) => {
  const found = membersOf(DOORS[door]).flatMap((member) => untold(door, member, (value) => argumentsOf(door, member.name, value)));
  // Of props that are structs the first prop is enough here.
  const structs = membersOf(DOORS[door]).filter(({ type }) => type in STRUCTS);
  const inStructs = structs.flatMap(({ name, type }) => propsOf(type).slice(-1).flatMap((prop) => (
    untold(door, prop, (value) => argumentsOf(door, name, { ...sampleOf(type), [prop.name]: value }))
  )));
  expect([...found, ...inStructs]).toEqual([]);
});

test.each(structsBelow())('$struct is checked by $door', ({ door, struct, around }) => {
  expect(propsOf(struct).flatMap((prop) => untold(door, prop, (value) => around({ ...sampleOf(struct), [prop.name]: value })))).toEqual([]);
});

test('every struct is checked', () => {
  const checked = structsBelow().map(({ struct }) => struct);
  const all = Object.keys(STRUCTS);
  const inLists = new Set(all.flatMap((struct) => propsOf(struct).map(({ type }) => type.replace(/^(\[\]|\{\})+/, ''))));
  const bases = new Set(checked.flatMap((struct) => propsOf(struct).map(({ name }) => name)));
  const unchecked = all.filter((struct) => !checked.includes(struct) && !inLists.has(struct));
  expect(unchecked.filter((struct) => propsOf(struct).some(({ name }) => !bases.has(name)))).toEqual([]);
});

test('every amount has bounds: by its name, or where it is taken', () => {
  const members = [...Object.keys(STRUCTS).flatMap(propsOf), ...Object.values(DOORS).flatMap(membersOf)];
  const named = (type: string) => members.filter((member) => member.type.replace(/^(\[\]|\{\})+/, '') === type).map(({ name }) => name);
  const isNumber = (name: string) => PERCENTAGE.test(name) || ABOVE_ZERO.test(name) || JUDGED_THERE.includes(name);
  expect(named('number').filter((name) => !isNumber(name))).toEqual([]);
  expect(named('Duration').filter((name) => !LONGER_THAN_ZERO.test(name) && !TIMES_JUDGED_THERE.includes(name))).toEqual([]);
});
