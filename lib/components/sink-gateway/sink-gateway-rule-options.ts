import { Duration } from 'cdk8s';

/** Options of the rules about a sink gateway. */
export interface SinkGatewayRuleOptions {
  /**
   * Share of the requests of Prometheus that are not delivered above which SinkGatewayDeliveryFailing fires, in percent.
   * @default 5
   */
  readonly failedPercent?: number;
  /**
   * Time of a delivery, which one in ten exceeds, above which SinkGatewayDeliverySlow fires; Prometheus gives up a request after a minute.
   * @default 10 seconds
   */
  readonly deliveryTime?: Duration;
  /**
   * Share of the buffer of a gateway above which SinkGatewayBufferFilling fires, in percent; with `Delivery.buffered()`.
   * @default 50
   */
  readonly bufferPercent?: number;
  /**
   * Share of the buffer that waited in a gateway which has ended above which SinkGatewayBufferLost fires, in percent; with `Delivery.buffered()`.
   * @default 5
   */
  readonly lostPercent?: number;
}
