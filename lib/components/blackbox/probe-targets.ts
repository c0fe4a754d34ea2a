import { checkHostPort, checkNoUrlSecret, CLIENT_SECRETS } from '../../checks';

/** Facts about a module that its targets depend on. */
interface ProbingModule {
  readonly name: string;
  readonly prober: string;
  /** Whether an answer without TLS is a failure. */
  readonly _failsWithoutTls: boolean;
}

/** Throws when a target is none that the module's prober understands: its probe would fail for ever. */
export function checkProbeTarget(where: string, target: string, { name, prober, _failsWithoutTls }: ProbingModule): void {
  if (target.trim() === '' || /\s/.test(target)) {
    throw new Error(`${where}: '${target}' is not an address; write it without spaces, as '${prober === 'http' ? 'https://example.org' : 'example.org'}'`);
  }
  // A target is also the label `instance` of all that is known of it.
  checkNoUrlSecret(/^\w+:\/\//.test(target) ? target : `http://${target}`, where, `${CLIENT_SECRETS}, in the module`);
  if (prober === 'tcp' || prober === 'grpc') {
    checkHostPort(target, where);
  } else if (prober !== 'http' && /^\w+:\/\//.test(target)) {
    throw new Error(`${where}: '${target}' is a URL, and module '${name}' probes hosts by ${prober}; write it as 'example.org', or choose a module of http`);
  } else if (prober === 'http' && _failsWithoutTls && !/^https:/i.test(target)) {
    throw new Error(`${where}: '${target}' is probed without TLS, and module '${name}' has 'failIfNotTls'; write it with https`);
  }
}
