import { Size } from 'cdk8s';
import { ThanosStoreOptions } from './thanos-options';
import { ThanosStoreRuleOptions } from '../../components';
import { DataStorage } from '../../kubernetes';
import { ObjectStorage } from '../../monitoring';

/** Bucket and caches of a Thanos Store. */
export interface ThanosStoreProps extends ThanosStoreOptions {
  /** Bucket whose blocks are served. */
  readonly objectStorage: ObjectStorage;
  /**
   * Storage of the headers of indexes. They are made again where they are lost, which takes time for a large bucket.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * Memory for parts of indexes that were read.
   * @default Size.mebibytes(250)
   */
  readonly indexCacheSize?: Size;
  /**
   * Memory that all requests together may have for samples.
   * @default Size.gibibytes(2)
   */
  readonly chunkPoolSize?: Size;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: ThanosStoreRuleOptions;
}
