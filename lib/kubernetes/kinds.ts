import { k8s } from 'cdk8s-plus-27';
import { ApiKind } from './api-object';
import { spelled } from './spelling';

/**
 * A kind of Kubernetes's own API. The L1 classes of cdk8s-plus-27 give the types of its props and no more: to read 20 000 lines of them takes as
 * long as to spell all objects of an app.
 */
function kind<Props extends object>(apiVersion: string, name: string): ApiKind<Props> {
  const GVK = { apiVersion, kind: name };
  return { GVK, manifest: (props) => ({ ...GVK, ...spelled(props ?? {}) }) };
}

/** The kinds of Kubernetes's own API that the library writes. */
export const KIND = {
  APIService: kind<k8s.KubeApiServiceProps>('apiregistration.k8s.io/v1', 'APIService'),
  ClusterRole: kind<k8s.KubeClusterRoleProps>('rbac.authorization.k8s.io/v1', 'ClusterRole'),
  ClusterRoleBinding: kind<k8s.KubeClusterRoleBindingProps>('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'),
  ConfigMap: kind<k8s.KubeConfigMapProps>('v1', 'ConfigMap'),
  DaemonSet: kind<k8s.KubeDaemonSetProps>('apps/v1', 'DaemonSet'),
  Deployment: kind<k8s.KubeDeploymentProps>('apps/v1', 'Deployment'),
  EndpointSlice: kind<k8s.KubeEndpointSliceProps>('discovery.k8s.io/v1', 'EndpointSlice'),
  Endpoints: kind<k8s.KubeEndpointsProps>('v1', 'Endpoints'),
  HorizontalPodAutoscaler: kind<k8s.KubeHorizontalPodAutoscalerV2Props>('autoscaling/v2', 'HorizontalPodAutoscaler'),
  Ingress: kind<k8s.KubeIngressProps>('networking.k8s.io/v1', 'Ingress'),
  Namespace: kind<k8s.KubeNamespaceProps>('v1', 'Namespace'),
  PodDisruptionBudget: kind<k8s.KubePodDisruptionBudgetProps>('policy/v1', 'PodDisruptionBudget'),
  Role: kind<k8s.KubeRoleProps>('rbac.authorization.k8s.io/v1', 'Role'),
  RoleBinding: kind<k8s.KubeRoleBindingProps>('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  Secret: kind<k8s.KubeSecretProps>('v1', 'Secret'),
  Service: kind<k8s.KubeServiceProps>('v1', 'Service'),
  ServiceAccount: kind<k8s.KubeServiceAccountProps>('v1', 'ServiceAccount'),
  StatefulSet: kind<k8s.KubeStatefulSetProps>('apps/v1', 'StatefulSet'),
  ValidatingWebhookConfiguration: kind<k8s.KubeValidatingWebhookConfigurationProps>('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'),
} as const;
