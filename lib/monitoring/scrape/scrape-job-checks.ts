import { IConstruct } from 'constructs';
import { Labels } from './discovery';
import { IngressScrapeProps, ProbeScrapeProps } from './probe-job-props';
import { ScrapeLimits } from './scrape-job-props';
import { checkCount, checkKubernetesLabel, checkLabelName } from '../../checks';
import { labelName } from '../../wire/relabel-steps';

/** Labels that the contract sets; a caller may not set them as labels of a target. */
const RESERVED = ['job', 'instance', '__name__', '__address__'];
/** Labels that the contract gives to what is discovered; a label of Kubernetes must not take their place. */
const CONTRACT = ['job', 'instance', 'namespace', 'service', 'pod', 'container', 'endpoint', 'node'];

/** Metadata of Kubernetes that a job puts on its targets. */
export interface TargetMetadata {
  readonly copyLabels: readonly string[];
  readonly copyNodeLabels: readonly string[];
  readonly attachesNodes: boolean;
  readonly jobLabel?: string;
}

/** Throws when a label that is copied cannot be, or takes the place of another. */
export function checkMetadata(where: string, { copyLabels, copyNodeLabels, attachesNodes, jobLabel }: TargetMetadata): void {
  copyLabels.forEach((label, i) => {
    checkCopied(where, 'copyLabels', label);
    const before = copyLabels.find((other, at) => at < i && labelName(other) === labelName(label));
    if (before !== undefined) {
      throw new Error(`${where}: copyLabels names '${before}' and '${label}', which become one label '${labelName(label)}'; copy one of them by a relabeling to another name`);
    }
  });
  copyNodeLabels.forEach((label) => {
    checkCopied(where, 'copyNodeLabels', label);
    const twin = copyLabels.find((other) => labelName(other) === labelName(label));
    if (twin !== undefined) {
      throw new Error(`${where}: copyNodeLabels names '${label}', and copyLabels '${twin}', which become one label; copy one of them by a relabeling to another name`);
    }
  });
  if (!attachesNodes && copyNodeLabels.length > 0) {
    throw new Error(`${where}: got 'copyNodeLabels' with attachNodeMetadata: false; leave 'attachNodeMetadata' out`);
  }
  if (jobLabel !== undefined) {
    checkKubernetesLabel(jobLabel, `${where}: jobLabel`);
  }
}

/** The prefix of the annotation that asks for a probe, unless labels select, or a Service is named. */
export function probeAnnotationPrefix(where: string, props: IngressScrapeProps | ProbeScrapeProps, service?: IConstruct): string | undefined {
  const { labels, labelExpressions, annotationPrefix } = props;
  const selecting = Object.entries({ service, labels, labelExpressions }).filter(([, value]) => value !== undefined).map(([prop]) => prop);
  if (selecting.length > 0) {
    if (annotationPrefix !== undefined) {
      throw new Error(`${where}: got '${selecting[0]}' and 'annotationPrefix'; things to probe are selected by one of them`);
    }
    return undefined;
  }
  return annotationPrefix ?? 'prometheus.io';
}

/** The targets; throws when there are none, or one exists twice. */
export function distinctTargets(where: string, targets: readonly string[]): readonly string[] {
  if (targets.length === 0) {
    throw new Error(`${where}: targets is empty; name at least one`);
  }
  const seen = new Set<string>();
  for (const target of targets) {
    if (/^$|\s/.test(target)) {
      throw new Error(`${where}: target '${target}' is empty or has white space in it; write an address or a URL`);
    }
    if (seen.has(target)) {
      throw new Error(`${where}: target '${target}' exists twice; two targets with equal labels overwrite each other`);
    }
    seen.add(target);
  }
  return targets;
}

function checkCopied(where: string, prop: string, label: string): void {
  checkKubernetesLabel(label, `${where}: ${prop}`);
  if (CONTRACT.includes(label)) {
    throw new Error(`${where}: ${prop} names '${label}', which would take the place of the target's own; copy it by a relabeling to another name`);
  }
}

/** Throws when a label of targets is no label name, or is one that the library sets, but for those that the targets may have of their own. */
export function checkTargetLabels(at: string, labels: Labels, own: readonly string[] = []): void {
  Object.keys(labels).forEach((label) => {
    checkLabelName(label, at);
    if (RESERVED.includes(label) && !own.includes(label)) {
      throw new Error(`${at}: '${label}' is a label that the library sets; leave it out, the job's name is 'name'`);
    }
  });
}

/** The limits among props; throws when one is not above zero. */
export function limitsOf(where: string, limits: ScrapeLimits): ScrapeLimits {
  const { sampleLimit, targetLimit, labelLimit, labelNameLengthLimit, labelValueLengthLimit, bodySizeLimit, keepDroppedTargets } = limits;
  const counts = { sampleLimit, targetLimit, labelLimit, labelNameLengthLimit, labelValueLengthLimit, keepDroppedTargets };
  Object.entries(counts).forEach(([name, limit]) => checkCount(limit, `${where}: ${name}`));
  checkCount(bodySizeLimit?.toKibibytes(), `${where}: bodySizeLimit (KiB)`);
  return { ...counts, bodySizeLimit };
}
