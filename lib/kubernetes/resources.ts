import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { numberOrText } from './spelling';
import { ComputeResources } from './workload-options';
import { quantity } from '../units';

/** Resources of a container unless they are given. */
export interface DefaultResources {
  readonly cpuRequest: Cpu;
  readonly memoryRequest: Size;
  readonly memoryLimit: Size;
}

/** CPU in thousandths of a core, as `Cpu.millis` of cdk8s-plus-27 makes it, whose classes take long to read. */
export function cpuMillis(amount: number): Cpu {
  return { amount: `${amount}m` };
}

/** An amount of CPU in thousandths. */
export function millisOf({ amount }: Cpu): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Number(amount) * 1000;
}

function kibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR });
}

function quantities(cpu: Cpu | undefined, memory: Size | undefined): { [resource: string]: k8s.Quantity } | undefined {
  return cpu === undefined && memory === undefined ? undefined : {
    ...(cpu === undefined ? {} : { cpu: numberOrText(cpu.amount) }),
    ...(memory === undefined ? {} : { memory: numberOrText(quantity(memory)) }),
  };
}

function check(where: string, { cpuRequest, cpuLimit, memoryRequest, memoryLimit, noMemoryLimit }: ComputeResources): void {
  if (cpuRequest !== undefined && cpuLimit !== undefined && millisOf(cpuRequest) > millisOf(cpuLimit)) {
    throw new Error(`${where}: 'cpuRequest' ${cpuRequest.amount} is above 'cpuLimit' ${cpuLimit.amount}, which the API server refuses; raise 'cpuLimit', or leave it out for no limit`);
  }
  if (noMemoryLimit === true && memoryLimit !== undefined) {
    throw new Error(`${where}: got 'memoryLimit' ${quantity(memoryLimit)} with 'noMemoryLimit'; leave out one of them`);
  }
  if (memoryRequest !== undefined && memoryLimit !== undefined && kibibytes(memoryRequest) > kibibytes(memoryLimit)) {
    throw new Error(`${where}: 'memoryRequest' ${quantity(memoryRequest)} is above 'memoryLimit' ${quantity(memoryLimit)}, which the API server refuses; raise 'memoryLimit', or leave it out`);
  }
}

/** The default limit, or twice a request that is given where that is more. */
function defaultLimit(request: Size | undefined, limit: Size): Size {
  const twice = request === undefined ? undefined : Size.kibibytes(kibibytes(request) * 2);
  return twice === undefined || kibibytes(twice) <= kibibytes(limit) ? limit : twice;
}

/**
 * Requests and limits of a container. A default never contradicts what is given: a request lifts the default limit, a limit lowers the
 * default request. Throws when a request that is given is above a limit that is given.
 */
export function resourcesOf(at: string, given: ComputeResources = {}, defaults: DefaultResources): k8s.ResourceRequirements {
  check(`${at}: resources`, given);
  const { cpuLimit, memoryLimit } = given;
  const cpuRequest = given.cpuRequest
    ?? (cpuLimit !== undefined && millisOf(cpuLimit) < millisOf(defaults.cpuRequest) ? cpuLimit : defaults.cpuRequest);
  const memoryRequest = given.memoryRequest
    ?? (memoryLimit !== undefined && kibibytes(memoryLimit) < kibibytes(defaults.memoryRequest) ? memoryLimit : defaults.memoryRequest);
  return {
    requests: quantities(cpuRequest, memoryRequest),
    limits: quantities(cpuLimit, given.noMemoryLimit === true ? undefined : memoryLimit ?? defaultLimit(given.memoryRequest, defaults.memoryLimit)),
  };
}
