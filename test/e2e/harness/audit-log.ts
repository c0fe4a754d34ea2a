import * as fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parse } from './kubectl';

/** What an audit event tells about an object; a path that is no object has none. */
interface ObjectReference {
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly apiGroup?: string;
}

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly objectRef?: ObjectReference;
  readonly requestReceivedTimestamp: string;
  readonly annotations?: Record<string, string>;
  readonly requestObject?: {
    readonly kind?: string;
    readonly spec?: {
      readonly user?: string;
      readonly resourceAttributes?: {
        readonly verb?: string; readonly group?: string; readonly resource?: string; readonly subresource?: string; readonly namespace?: string;
      };
      readonly nonResourceAttributes?: { readonly path?: string; readonly verb?: string };
    };
  };
}

/** One thing that a service account did, or that somebody asked the API server whether it may. */
export interface Use {
  readonly verb: string;
  /** The API group; undefined for a path that is no object. */
  readonly group?: string;
  /** A resource with its subresource, or a path such as /metrics. */
  readonly resource: string;
  /** Undefined: across the cluster. */
  readonly namespace?: string;
  /** Whether it was allowed; undefined when somebody asked, since the log does not hold the answer. */
  readonly allowed?: boolean;
}

/** Where the API server's audit log can be read, if anywhere. */
export function auditLogPath(): string | undefined {
  const path = process.env.AUDIT_LOG ?? '/var/log/kubernetes/audit.log';
  return fs.existsSync(path) ? path : undefined;
}

function resourceOf(resource: string, subresource?: string): string {
  return subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`;
}

function directUses({ verb, requestURI, objectRef, annotations }: AuditEvent): Use[] {
  const allowed = annotations?.['authorization.k8s.io/decision'] === 'allow';
  const path = requestURI.split('?')[0];
  if (objectRef === undefined) {
    return [{ verb, resource: path, allowed }];
  }
  const use = {
    group: objectRef.apiGroup ?? '', resource: resourceOf(objectRef.resource, objectRef.subresource), namespace: objectRef.namespace, allowed,
  };
  // Where the server can, clients ask for the first list as part of the watch.
  const streamsList = verb === 'watch' && requestURI.includes('sendInitialEvents=true');
  return [{ verb, ...use }, ...(streamsList ? [{ verb: 'list', ...use }] : [])];
}

function reviewedUse({ requestObject }: AuditEvent): Use[] {
  const { resourceAttributes: of, nonResourceAttributes: path } = requestObject?.spec ?? {};
  if (path !== undefined) {
    return [{ verb: path.verb ?? '*', resource: path.path ?? '*' }];
  }
  if (of === undefined) {
    return [];
  }
  return [{ verb: of.verb ?? '*', group: of.group ?? '', resource: resourceOf(of.resource ?? '*', of.subresource), namespace: of.namespace || undefined }];
}

/**
 * What a service account did since then, directly, or by way of a component that it asked for something and that asked the API server in
 * a SubjectAccessReview whether it may have it.
 */
export async function usesOf(file: string, account: { readonly namespace: string; readonly name: string }, since: Date): Promise<Use[]> {
  const username = `system:serviceaccount:${account.namespace}:${account.name}`;
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes(username))
    .map((line) => parse<AuditEvent>(line))
    .filter(({ requestReceivedTimestamp }) => new Date(requestReceivedTimestamp) >= since)
    .flatMap((event) => {
      if (event.user.username === username) {
        return directUses(event);
      }
      const isReview = event.requestObject?.kind === 'SubjectAccessReview' && event.requestObject.spec?.user === username;
      return isReview ? reviewedUse(event) : [];
    });
}
