import { Duration } from 'cdk8s';
import { checkArguments } from '../../arguments';
import { promDuration } from '../../units';

const SHORTEST = Duration.seconds(10);

/** The moment at which a request of Prometheus is answered by a gateway, and so the place where samples wait while the sink is away. */
export class Delivery {
  /**
   * After the sink has the samples: until then they are in Prometheus's write-ahead log, for about two hours. Neither a sink that is away nor a
   * gateway that is killed loses any.
   */
  public static acknowledged(): Delivery {
    return new Delivery();
  }

  /**
   * At once: samples wait in the memory of the gateway, which takes a fraction of the CPU. Lost is what does not fit while the sink is away, and what
   * waits in a gateway when it ends; SinkGatewaySamplesDropped and SinkGatewayBufferLost say so. For samples that may be lost, in numbers for which
   * the other takes too much CPU.
   *
   * Kafka as JSON, OpenSearch, Elasticsearch before 9.4 and InfluxDB have it. Throws on less than 10 s.
   * @param duration time for which samples wait, at the rate of `samplesPerSecond`; memory follows from both
   */
  public static buffered(duration: Duration): Delivery {
    checkArguments('Delivery.buffered', { duration });
    if (duration.toMilliseconds() < SHORTEST.toMilliseconds()) {
      throw new Error(`Delivery.buffered: the duration is ${promDuration(duration)}, in which a gateway hardly sends a batch; buffer for at least ${promDuration(SHORTEST)}`);
    }
    return new Delivery(duration);
  }

  private constructor(
    /** Time for which samples wait in the memory of a gateway; undefined where they are acknowledged. @internal */
    public readonly _buffer?: Duration,
  ) {}
}
