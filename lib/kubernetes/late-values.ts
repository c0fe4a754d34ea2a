import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isOwnObject } from './api-object';

const rendered = new WeakSet<ApiObject>();

/** Whether an object may fail when it is written: one of the library does by a patch alone, one of the user by a value that is computed late too. */
function mayFail(object: ApiObject): boolean {
  return !isOwnObject(object) || object._isPatched;
}

/** Why an object cannot be written, or undefined where it can. */
function failure(object: ApiObject): string | undefined {
  try {
    object.toJson();
    rendered.add(object);
    return undefined;
  } catch (error) {
    // cdk8s says the path too, and a patch of the library its own place
    const said = error instanceof Error ? error.message : String(error);
    const says = said.replace(/^Failed serializing construct at path '[^']*' with name '[^']*': (Error: )?/, '');
    return says.startsWith(object.node.path) ? says : `${object.node.path}: the ${object.kind} cannot be written, ${says}; correct the value or the patch`;
  }
}

/**
 * Problems of objects of an app that cannot be written, for a validation of its root. cdk8s writes a chart before it computes the next one, so that
 * without it an object that fails leaves the files of those before. Each is tried once.
 */
export function unwritableObjects(constructs: readonly IConstruct[]): string[] {
  if (constructs.filter((construct) => Chart.isChart(construct)).length < 2) {
    return [];
  }
  return constructs.filter((construct) => ApiObject.isApiObject(construct)).filter((object) => mayFail(object) && !rendered.has(object))
    .flatMap((object) => failure(object) ?? []);
}
