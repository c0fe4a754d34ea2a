import { Duration, Size } from 'cdk8s';
import { checkArguments } from '../../arguments';
import { checkPositive } from '../../checks';
import { goDuration } from '../../units';
import { yamlText } from '../../yaml';
import { checkThanosAddresses } from './thanos-addresses';

/** Part of the memory that answers to range queries have; labels, names and series have the rest. */
const FOR_RANGES = 7 / 8;

/** Size of a cache in memory. */
export interface ThanosMemoryCacheOptions {
  /**
   * Memory for answers, in each replica. The container requests it, and its limit follows from it.
   * @default Size.mebibytes(256)
   */
  readonly size?: Size;
  /**
   * Time that an answer is kept.
   * @default Duration.hours(24)
   */
  readonly expiration?: Duration;
}

/** Servers of a cache, and what they keep. */
export interface ThanosMemcachedOptions {
  /**
   * Addresses of memcached, as Thanos writes them: `dnssrv+_memcached._tcp.memcached.kube-ops.svc` for all Pods of a headless Service with a port of
   * that name, `memcached.example.com:11211`.
   */
  readonly addresses: string[];
  /**
   * Time that an answer is kept.
   * @default Duration.hours(24)
   */
  readonly expiration?: Duration;
  /**
   * Time after which memcached is not waited for, and Thanos Query is asked.
   * @default Duration.millis(500)
   */
  readonly timeout?: Duration;
  /**
   * Largest answer that is kept, at most the `-I` of memcached.
   * @default Size.mebibytes(1)
   */
  readonly maxItemSize?: Size;
}

/** The time as Thanos has it. Throws on none. */
function expirationOf(where: string, expiration: Duration = Duration.hours(24)): string {
  checkPositive(expiration, `${where}: expiration`, 'leave it out for 24 hours');
  return goDuration(expiration);
}

/** Answers that a cache keeps: to range queries, or of names of labels, their values and series. */
type Answers = 'ranges' | 'labels';

/**
 * Cache of a ThanosQueryFrontend. Answers that lack the samples of a store are not kept, and none of the last minute.
 * @see https://thanos.io/tip/components/query-frontend.md/#caching
 */
export class ThanosCache {
  /** The memory of each replica, which has a cache of its own and loses it with its Pod. Throws on less than 8 MiB, and on no time. */
  public static inMemory(options: ThanosMemoryCacheOptions = {}): ThanosCache {
    checkArguments('ThanosCache.inMemory', { options });
    const { size = Size.mebibytes(256), expiration } = options;
    const validity = expirationOf('ThanosCache.inMemory', expiration);
    const kibibytes = size.toKibibytes();
    if (kibibytes < 8 * 1024) {
      throw new Error(`ThanosCache.inMemory: size is ${kibibytes} KiB, which a few answers fill; give it at least 8 MiB, or use ThanosCache.none()`);
    }
    const part = (answers: Answers) => Math.floor(kibibytes * (answers === 'ranges' ? FOR_RANGES : 1 - FOR_RANGES));
    return new ThanosCache(Math.ceil(kibibytes / 1024), false, (answers) => ({ type: 'IN-MEMORY', config: { max_size: `${part(answers)}KiB`, validity } }));
  }

  /**
   * Servers of memcached, which all replicas share, and which keep answers when Pods are restarted. Thanos reaches them without TLS and password.
   * Throws without an address, on one that is none, and on no time.
   */
  public static memcached(options: ThanosMemcachedOptions): ThanosCache {
    checkArguments('ThanosCache.memcached', { options });
    const { addresses, expiration, timeout, maxItemSize } = options;
    const where = 'ThanosCache.memcached';
    if (addresses.length === 0) {
      throw new Error(`${where}: got no 'addresses', so that nothing would be kept; name a server, or use ThanosCache.inMemory()`);
    }
    checkThanosAddresses(`${where}: addresses`, addresses, 'a server', { host: 'memcached.example.com:11211', service: '_memcached._tcp.memcached.kube-ops.svc' });
    checkPositive(timeout, `${where}: timeout`, 'leave it out for half a second');
    const config = {
      addresses: [...addresses],
      expiration: expirationOf(where, expiration),
      timeout: goDuration(timeout),
      max_item_size: maxItemSize === undefined ? undefined : `${maxItemSize.toKibibytes()}KiB`,
    };
    return new ThanosCache(0, true, () => ({ type: 'MEMCACHED', config }));
  }

  /** No cache: queries are divided and repeated where they fail, and answers are not kept. */
  public static none(): ThanosCache {
    return new ThanosCache(0, false);
  }

  private constructor(
    /** Memory of the cache in the process, in MiB. @internal */
    public readonly _mebibytes: number,
    /** Whether it is on servers that may fail. @internal */
    public readonly _isRemote: boolean,
    private readonly configOf?: (answers: Answers) => object,
  ) {}

  /** Configuration as a flag has it. Undefined without a cache. @internal */
  public _config(answers: Answers): string | undefined {
    return this.configOf === undefined ? undefined : yamlText(this.configOf(answers));
  }
}
