export * from './authorization';
export * from './basic-auth';
export * from './http-config';
export * from './oauth2';
export { ProxyOptions } from './proxy';
export * from './tls-client';
export * from './tls-server';
