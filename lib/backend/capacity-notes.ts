import { Size, SizeRoundingBehavior } from 'cdk8s';
import { PrometheusSettings } from './prometheus-settings';
import { millisOf } from '../kubernetes/resources';
import { CapacityPlan } from '../monitoring';
import { promDuration, quantity } from '../units';

/** Factors below and above which an amount is far from what the load takes. */
const FAR = { below: 0.5, above: 4 };
/** Part of a planned CPU request that scraping and rules take. */
const WITHOUT_QUERIES = 0.25;

/** An amount as given, and as planned. */
interface Amount {
  /** The amount given, in messages. */
  readonly given: string;
  readonly planned: string;
  /** The one as a multiple of the other. */
  readonly ratio: number;
}

function kibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR });
}

/** A size in the unit that is read most easily. */
function rounded(size: Size): string {
  const mebibytes = kibibytes(size) / 1024;
  return mebibytes < 10_240 ? `${Math.round(mebibytes)} MiB` : `${Math.round(mebibytes / 1024)} GiB`;
}

function amount(prop: string, given: Size, planned: Size): Amount {
  return { given: `${prop} ${quantity(given)}`, planned: rounded(planned), ratio: kibibytes(given) / kibibytes(planned) };
}

function tooLittle({ given, planned }: Amount, consequence: string): string {
  return `${given} is below the ${planned} that 'capacity' takes${consequence}; raise it, leave it out, or correct 'capacity'`;
}

function tooMuch({ given, planned }: Amount): string {
  return `${given} is far above the ${planned} that 'capacity' takes; lower it, leave it out, or correct 'capacity'`;
}

function memoryNotes({ props: { resources = {} } }: PrometheusSettings, plan: CapacityPlan): string[] {
  const { memoryRequest, memoryLimit } = resources;
  const limit = memoryLimit && amount('memoryLimit', memoryLimit, plan.memoryRequest);
  const request = memoryRequest && amount('memoryRequest', memoryRequest, plan.memoryRequest);
  return [
    ...(limit !== undefined && limit.ratio < 1 ? [tooLittle(limit, ', so that the container will be killed')] : []),
    ...(request !== undefined && request.ratio < FAR.below ? [tooLittle(request, ', so that its node may run out of memory')] : []),
    ...(request !== undefined && request.ratio > FAR.above ? [tooMuch(request)] : []),
  ];
}

function cpuNotes({ props: { resources: { cpuLimit } = {} } }: PrometheusSettings, { _cpuMillis }: CapacityPlan): string[] {
  if (cpuLimit === undefined) {
    return [];
  }
  const needed = _cpuMillis * WITHOUT_QUERIES;
  const limit = { given: `cpuLimit ${cpuLimit.amount}`, planned: `${Math.ceil(needed)}m`, ratio: millisOf(cpuLimit) / needed };
  return limit.ratio < 1 ? [tooLittle(limit, ' without a single query, so that scrapes will be late')] : [];
}

function diskNotes({ props, storage, retention, agent }: PrometheusSettings, { claimSize }: CapacityPlan): string[] {
  const { _template: { size } = {}, _emptyDir: { sizeLimit } } = storage;
  const kept = (ratio: number) => (agent
    ? ', so that it fills up while the store is away'
    : `, so that samples are kept for about ${Math.max(1, Math.floor(ratio * retention.toHours({ integral: false })))} hours instead of ${promDuration(retention)}`);
  const claim = size && amount("the claim's size", size, claimSize);
  const volume = sizeLimit && amount('sizeLimit', sizeLimit, claimSize);
  const bytes = props.retentionSize && amount('retentionSize', props.retentionSize, Size.kibibytes(Math.floor(kibibytes(claimSize) * 0.8)));
  return [
    ...[claim, bytes].flatMap((given) => (given !== undefined && given.ratio < FAR.below ? [tooLittle(given, kept(given.ratio))] : [])),
    ...(volume !== undefined && volume.ratio < FAR.below ? [tooLittle(volume, ', so that the Pod will be evicted')] : []),
    ...(claim !== undefined && claim.ratio > FAR.above ? [tooMuch(claim)] : []),
  ];
}

function shardNotes({ shards }: PrometheusSettings, plan: CapacityPlan): string[] {
  const { seriesPerPod, largestTargetSeries, _maxSeriesPerPod: most } = plan;
  if (seriesPerPod <= most * 1.25) {
    return [];
  }
  const millions = (series: number) => `${(series / 1e6).toFixed(1)} million series`;
  const wayOut = largestTargetSeries * 2 > seriesPerPod
    ? `${millions(largestTargetSeries)} are of one target, kube-state-metrics: give it 'shards', and the plan 'kubeStateShards'`
    : `give it more than ${shards} 'shards', such as those of the plan, or the plan another 'maxSeriesPerPod'`;
  return [`by 'capacity' a Pod holds ${millions(seriesPerPod)}, and ${millions(most)} is the most that it should; ${wayOut}`];
}

/** Says where what is given is far from what the expected load takes. Nothing where no load is given. */
export function capacityNotes(settings: PrometheusSettings): string[] {
  if (settings.props.capacity === undefined) {
    return [];
  }
  const plan = settings.plan(settings.props.remoteWrites?.length ?? 0);
  return [memoryNotes, cpuNotes, diskNotes, shardNotes].flatMap((notes) => notes(settings, plan));
}
