/** Options of a component's rules. */
interface RuleOptions {
  readonly jobName?: string;
}

/** The rules of a component look at its own job; throws when told of another. */
export function rulesOfJob<T extends RuleOptions>(where: string, jobName: string, options?: T): T & { jobName: string };
export function rulesOfJob(where: string, jobName: string, options: RuleOptions = {}): RuleOptions {
  if (options.jobName !== undefined && options.jobName !== jobName) {
    throw new Error(`${where}: rules.jobName is '${options.jobName}', and the job is called '${jobName}'; leave rules.jobName out, or name the job by 'jobName'`);
  }
  return { ...options, jobName };
}
