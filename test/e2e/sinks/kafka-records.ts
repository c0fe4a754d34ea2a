import * as fs from 'node:fs';
import * as path from 'node:path';
import { Arrived, Collector } from './arrived';
import { Program } from './program';
import { Span } from '../harness/store-samples';
import { readRequest, Series } from '../../parity/remote-write';
import { writeFiles } from '../../files';

/** A record as the consumer writes it. */
interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  /** Content in base64. */
  readonly value: string;
}

/** Reads the topics of a broker from their beginning, for as long as it runs, into a file. */
export class KafkaRecords {
  private readonly consumer: Program;
  private readonly records: KafkaRecord[] = [];
  private readonly file: string;
  private offset = 0;

  constructor(folder: string, port: number, topics: readonly string[]) {
    this.file = path.join(folder, 'records');
    writeFiles(folder, { 'records': '', 'consumer.yaml': JSON.stringify({
      http: { enabled: false },
      input: { kafka_franz: { seed_brokers: [`127.0.0.1:${port}`], topics, consumer_group: '', start_from_oldest: true } },
      pipeline: { processors: [{ mapping: 'root = {"topic": @kafka_topic, "partition": @kafka_partition, "key": @kafka_key.string(), "value": content().encode("base64").string()}' }] },
      output: { file: { path: this.file, codec: 'lines' } },
      logger: { level: 'WARN' },
    }) });
    this.consumer = new Program('consumer', folder, { file: 'bento', args: ['-c', path.join(folder, 'consumer.yaml')] });
  }

  /** Starts to read. */
  public start(): Promise<void> {
    return this.consumer.start(() => Promise.resolve(true));
  }

  /** Ends it. */
  public kill(): Promise<void> {
    return this.consumer.kill();
  }

  /** Samples of a topic. Throws where the records of a series are in several partitions. */
  public samples(topic: string, span: Span): Arrived {
    this.readOn();
    const collector = new Collector(span);
    const partitions = new Map<string, number>();
    this.records.filter((record) => record.topic === topic).forEach(({ key, partition, value }) => {
      if ((partitions.get(key) ?? partition) !== partition) {
        throw new Error(`${topic}: records of ${key} are in several partitions`);
      }
      partitions.set(key, partition);
      seriesOf(Buffer.from(value, 'base64')).forEach(({ labels, samples }) => samples.forEach(([number, at]) => collector.add(labels, at, number)));
    });
    return collector.arrived;
  }

  /** Number of the partitions of a topic that have records. */
  public partitions(topic: string): number {
    this.readOn();
    return new Set(this.records.filter((record) => record.topic === topic).map(({ partition }) => partition)).size;
  }

  private readOn(): void {
    const bytes = fs.readFileSync(this.file).subarray(this.offset);
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.offset += end;
    bytes.subarray(0, end).toString().split('\n').filter((line) => line !== '').forEach((line) => this.records.push(JSON.parse(line)));
  }
}

/** The series of a record: JSON of one sample, or the message of remote write. */
function seriesOf(content: Buffer): Series[] {
  if (content[0] !== '{'.charCodeAt(0)) {
    return readRequest(content);
  }
  const { name, labels, value, timestamp } = JSON.parse(content.toString());
  return [{ labels: { __name__: name, ...labels }, samples: [[value, timestamp]] }];
}
