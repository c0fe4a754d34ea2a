import { KafkaFormat, KafkaSinkOptions } from './sink-options';
import { checkHostPort } from '../../checks';

/** Kafka as a sink, checked. */
export interface KafkaTarget extends KafkaSinkOptions {
  readonly kind: 'kafka';
  readonly format: KafkaFormat;
}

/** Throws on brokers that are not `host:port`, and on what cannot name a topic. */
export function kafkaTarget(options: KafkaSinkOptions): KafkaTarget {
  const { brokers, topic, format = KafkaFormat.JSON } = options;
  if (brokers.length === 0) {
    throw new Error("Sink.kafka: 'brokers' is empty; name at least one, as in 'kafka.example.com:9092'");
  }
  brokers.forEach((broker) => checkHostPort(broker, 'Sink.kafka: brokers'));
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(topic) || /^\.{1,2}$/.test(topic)) {
    throw new Error(`Sink.kafka: '${topic}' is not the name of a topic; use at most 249 letters, digits, '.', '_' and '-'`);
  }
  return { ...options, kind: 'kafka', brokers: [...brokers], format };
}
