export * from './capacity-options';
export { CapacityPlan } from './capacity-plan';
