/** A gateway in a sentence. */
export const GATEWAY = 'Sink gateway {{ $labels.namespace }}/{{ $labels.service }}';
/** Command for the end of its log. */
export const LOG = '`kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/instance={{ $labels.service }} --tail=20`';
/** Labels that all Pods of a gateway have. */
export const GROUPING = 'cluster, job, namespace, service';
