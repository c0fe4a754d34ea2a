import { Chart, Testing } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';

/** A Secret that exists already. */
export function secretNamed(name: string): ISecret {
  return Secret.fromSecretName(new Chart(Testing.app(), `imports-${name}`), name, name);
}
