import { alertmanagerRules } from '../../lib/components/alertmanager/alertmanager-rules';
import { apiServerRules } from '../../lib/components/apiserver/apiserver-rules';
import { blackboxRules } from '../../lib/components/blackbox/blackbox-rules';
import { controllerManagerRules } from '../../lib/components/controller-manager/controller-manager-rules';
import { coreDnsRules } from '../../lib/components/coredns/coredns-rules';
import { etcdRules } from '../../lib/components/etcd/etcd-rules';
import { generalRules } from '../../lib/components/general/general-rules';
import { kubeProxyRules } from '../../lib/components/kube-proxy/kube-proxy-rules';
import { kubeStateRules } from '../../lib/components/kube-state/kube-state-rules';
import { kubeletRules } from '../../lib/components/kubelet/kubelet-rules';
import { nodeRules } from '../../lib/components/node/node-rules';
import { prometheusOperatorRules } from '../../lib/components/operator/prometheus-operator-rules';
import { prometheusRules } from '../../lib/components/prometheus/prometheus-rules';
import { schedulerRules } from '../../lib/components/scheduler/scheduler-rules';
import { RuleSet } from '../../lib/monitoring/rules';

/** The rules of every component with all their parts switched on; the name is that of the file with the cases. */
export const CATALOGUES: { readonly [component: string]: RuleSet } = {
  'alertmanager': alertmanagerRules({ criticalIntegrations: ['pagerduty', 'opsgenie'] }),
  'apiserver': apiServerRules(),
  'blackbox': blackboxRules(),
  'controller-manager': controllerManagerRules(),
  'coredns': coreDnsRules(),
  'etcd': etcdRules(),
  'general': generalRules(),
  'kube-proxy': kubeProxyRules(),
  'kube-state': kubeStateRules({ shards: 2 }),
  'kubelet': kubeletRules(),
  'node': nodeRules({ systemd: true }),
  'operator': prometheusOperatorRules(),
  'prometheus': prometheusRules(),
  'scheduler': schedulerRules(),
};
