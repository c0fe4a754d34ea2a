export { ApiServiceTls, CertificateObjects, CertManagerIssuer } from './api-service-tls';
export { KubeletClientOptions, NodeAddressType } from './kubelet-client';
export * from './metrics-api-options';
export * from './metrics-server';
