import { Duration } from 'cdk8s';
import { ThanosStoreOptions } from './thanos-options';
import { ThanosReceiveRuleOptions } from '../../components';
import { DataStorage } from '../../kubernetes';
import { ObjectStorage } from '../../monitoring';

/** Replicas, retention and bucket of a Thanos Receive. */
export interface ThanosReceiveProps extends ThanosStoreOptions {
  /**
   * Copies of each sample, on as many replicas, at most `replicas`. With three a replica may be away: two have to store a sample before it is
   * accepted.
   * @default 1
   */
  readonly replicationFactor?: number;
  /**
   * Time that samples are kept here. What is older is in the bucket, if there is one.
   * @default Duration.days(15)
   */
  readonly retention?: Duration;
  /**
   * Storage of samples.
   * @default - a claim of 50 GiB for each replica
   */
  readonly storage?: DataStorage;
  /**
   * Bucket that blocks are uploaded to, one every two hours. The retention is at least six hours then.
   * @default - none
   */
  readonly objectStorage?: ObjectStorage;
  /**
   * Tenant of remote writes that name none by the header `THANOS-TENANT`. It is the label `tenant_id` of their series.
   * @default default-tenant
   */
  readonly defaultTenant?: string;
  /**
   * Age up to which out-of-order samples are stored.
   * @default - none: samples have to come in order
   */
  readonly outOfOrderTimeWindow?: Duration;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: ThanosReceiveRuleOptions;
}
