export { ObjectStorage } from './object-storage';
export * from './object-storage-options';
export * from './thanos-store';
export * from './thanos-tls';
