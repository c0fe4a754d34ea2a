import { checkArguments } from '../../arguments';
import { checkNotEmpty } from '../../checks';
import { SecretKey } from '../../kubernetes/secret-key';

/** User of a Kafka cluster. */
export interface KafkaUser {
  /** User name; it is in the configuration. */
  readonly username: string;
  /** Password, without a line break at its end. */
  readonly password: SecretKey;
}

/**
 * SASL authentication to Kafka.
 * @see https://kafka.apache.org/documentation/#security_sasl
 */
export class KafkaSasl {
  /** PLAIN: the password is sent as it is, so use it with `tls`. Throws on an empty user name. */
  public static plain(user: KafkaUser): KafkaSasl {
    checkArguments('KafkaSasl.plain', { user });
    return new KafkaSasl('PLAIN', user);
  }

  /** SCRAM-SHA-256. Throws on an empty user name. */
  public static scramSha256(user: KafkaUser): KafkaSasl {
    checkArguments('KafkaSasl.scramSha256', { user });
    return new KafkaSasl('SCRAM-SHA-256', user);
  }

  /** SCRAM-SHA-512. Throws on an empty user name. */
  public static scramSha512(user: KafkaUser): KafkaSasl {
    checkArguments('KafkaSasl.scramSha512', { user });
    return new KafkaSasl('SCRAM-SHA-512', user);
  }

  /** User name. */
  public readonly username: string;
  /** Password. */
  public readonly password: SecretKey;

  private constructor(
    /** Mechanism, as Kafka names it. */
    public readonly mechanism: string,
    { username, password }: KafkaUser,
  ) {
    checkNotEmpty(username, `KafkaSasl ${mechanism}: username`, 'name the user whose password the Secret holds');
    this.username = username;
    this.password = password;
  }
}
