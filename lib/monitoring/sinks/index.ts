export { Delivery } from './delivery';
export * from './forwarding';
export * from './http-sink-options';
export * from './kafka-sasl';
export { Sink } from './sink';
export * from './sink-options';
