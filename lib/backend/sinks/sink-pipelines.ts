import { documentPipeline } from './document-pipeline';
import { influxDbPipeline } from './influx-db-pipeline';
import { kafkaPipeline } from './kafka-pipeline';
import { openTsdbPipeline } from './open-tsdb-pipeline';
import { GatewayFacts, SinkPipeline } from './sink-pipeline';
import { GatewayTarget } from '../../monitoring/sinks/sink';

/** The steps to a sink. Throws on settings that a gateway does not have. */
export function sinkPipeline(gateway: GatewayFacts, target: GatewayTarget): SinkPipeline {
  switch (target.kind) {
    case 'kafka':
      return kafkaPipeline(gateway, target);
    case 'opensearch':
    case 'elasticsearch':
      return documentPipeline(gateway, target);
    case 'opentsdb':
      return openTsdbPipeline(gateway, target);
    case 'influxdb':
      return influxDbPipeline(gateway, target);
  }
}
