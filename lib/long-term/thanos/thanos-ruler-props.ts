import { Duration } from 'cdk8s';
import { ThanosStoreOptions } from './thanos-options';
import { ThanosQuery } from './thanos-query';
import { ThanosRulerRuleOptions } from '../../components';
import { DataStorage } from '../../kubernetes';
import { IAlertmanager, ObjectStorage, RuleSet } from '../../monitoring';

/** Rules, Query and Alertmanagers of a Thanos Ruler. */
export interface ThanosRulerProps extends ThanosStoreOptions {
  /** Thanos Query that the rules are evaluated on. */
  readonly query: ThanosQuery;
  /** Rules by the names of their files, such as `{ 'shop': RuleSet.fromFile('shop.yaml') }`. Each is a ConfigMap, and may have 200 kB. */
  readonly ruleSets: { readonly [name: string]: RuleSet };
  /**
   * Alertmanagers that alerts are sent to, without TLS and passwords.
   * @default - none: alerts are seen in Thanos alone
   */
  readonly alertmanagers?: IAlertmanager[];
  /**
   * URL of Thanos Query that people use, for links in alerts.
   * @default - the URL of `query` within the cluster
   */
  readonly queryUrl?: string;
  /**
   * Time between two evaluations of groups without their own.
   * @default Duration.minutes(1)
   */
  readonly evaluationInterval?: Duration;
  /**
   * Time that results of rules are kept here. What is older is in the bucket, if there is one.
   * @default Duration.days(2)
   */
  readonly retention?: Duration;
  /**
   * Storage of results of rules.
   * @default - a claim of 10 GiB for each replica
   */
  readonly storage?: DataStorage;
  /**
   * Bucket that results of rules are uploaded to, a block every two hours.
   * @default - none
   */
  readonly objectStorage?: ObjectStorage;
  /**
   * Thresholds of the rules about itself.
   * @default - the library's
   */
  readonly rules?: ThanosRulerRuleOptions;
}
