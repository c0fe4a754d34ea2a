import { IConstruct } from 'constructs';

/** Things of a cluster that constructs of an app have, with the construct that has each. */
const claims = new WeakMap<IConstruct, Map<string, string>>();

/** Something that a cluster has once. */
interface Claim {
  /** Path of the construct that wants it. */
  readonly where: string;
  /** In messages, different for each: `node port 30090`. */
  readonly what: string;
  /** Tells things of one name apart. */
  readonly within?: string;
  /** In messages, how it is tied to the construct that has it. */
  readonly verb?: string;
}

/** Throws when another construct of the app has the same already. */
export function claimInApp(scope: IConstruct, { where, what, within = '', verb = 'leads' }: Claim): void {
  const { root } = scope.node;
  const ofApp = claims.get(root) ?? new Map<string, string>();
  claims.set(root, ofApp);
  const key = `${what} ${within}`;
  const first = ofApp.get(key);
  if (first !== undefined) {
    throw new Error(`${where}: ${what} ${verb} to '${first}' already; choose another`);
  }
  ofApp.set(key, where);
}
