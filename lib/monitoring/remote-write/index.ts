export * from './remote-write';
export { RemoteRead, RemoteReadProps } from './remote-read';
export { HaTrackerOptions, ReplicaDeduplication } from './replica-deduplication';
export { RemoteWriteQueue } from './remote-write-queue';
export * from './remote-write-options';
export * from './store-options';
