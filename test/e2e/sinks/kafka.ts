import { once } from 'node:events';
import { connect } from 'node:net';
import * as path from 'node:path';
import { jarsOf, javaCommand } from './jvm';
import { Program } from './program';
import { writeFiles } from '../../files';
import { Certificate } from '../faults/certificates';

/** Where a broker listens: clients by SASL and TLS, the tests without either. */
export interface KafkaPorts {
  readonly clients: number;
  readonly tests: number;
  readonly controller: number;
}

/** The user of a broker. */
export interface KafkaLogin {
  readonly name: string;
  readonly password: string;
}

const LOG = '<Configuration><Appenders><Console name="c"><PatternLayout pattern="%d %p %m%n"/></Console></Appenders>'
  + '<Loggers><Root level="WARN"><AppenderRef ref="c"/></Root></Loggers></Configuration>';
const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qk';

function propertiesOf(folder: string, { clients, tests, controller }: KafkaPorts, pem: string): string {
  const listener = 'listener.name.clients';
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'listeners': `CLIENTS://localhost:${clients},TESTS://127.0.0.1:${tests},CONTROLLER://127.0.0.1:${controller}`,
    'inter.broker.listener.name': 'TESTS',
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,TESTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
    [`${listener}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512',
    [`${listener}.scram-sha-512.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    [`${listener}.ssl.keystore.type`]: 'PEM',
    [`${listener}.ssl.keystore.location`]: pem,
    'log.dirs': path.join(folder, 'data'),
    'num.partitions': '3',
    'offsets.topic.replication.factor': '1',
  }).map(([key, value]) => `${key}=${value}\n`).join('');
}

/**
 * A broker of Kafka in KRaft mode with one user, SCRAM-SHA-512, and a certificate. It makes topics of three partitions.
 */
export class KafkaBroker {
  private readonly server: Program;
  private readonly format: Program;

  constructor(folder: string, private readonly ports: KafkaPorts, { cert, key }: Certificate, { name, password }: KafkaLogin) {
    const [properties, pem] = ['server.properties', 'server.pem'].map((file) => path.join(folder, file));
    writeFiles(folder, { 'server.properties': propertiesOf(folder, ports, pem), 'server.pem': `${key}${cert}`, 'log4j2.xml': LOG });
    const jars = [path.join(jarsOf('kafka'), '*')];
    const options = [`-Dlog4j2.configurationFile=${path.join(folder, 'log4j2.xml')}`];
    const user = `SCRAM-SHA-512=[name=${name},password=${password}]`;
    this.format = new Program('kafka-format', folder, javaCommand(jars, 'kafka.tools.StorageTool', options, [
      'format', '--standalone', '-t', CLUSTER_ID, '-c', properties, '--add-scram', user,
    ]));
    this.server = new Program('kafka', folder, javaCommand(jars, 'kafka.Kafka', options, [properties]));
  }

  /** Makes its storage. */
  public prepare(): Promise<void> {
    return this.format.run();
  }

  /** Starts it, and waits until it accepts connections. */
  public start(): Promise<void> {
    return this.server.start(() => accepts(this.ports.clients));
  }

  /** Kills it. */
  public kill(): Promise<void> {
    return this.server.kill();
  }
}

/** Whether something accepts connections at a port. */
async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await once(socket, 'connect').then(() => true, () => false);
  socket.destroy();
  return isOpen;
}
