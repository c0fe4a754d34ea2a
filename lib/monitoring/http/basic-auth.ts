import { checkNotEmpty } from '../../checks';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** User name and password. */
export interface BasicAuthProps {
  /** User name; it is in the configuration. */
  readonly username: string;
  /** Password. */
  readonly password: SecretKey;
}

/**
 * HTTP basic authentication.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export class BasicAuth {
  /** User name. */
  public readonly username: string;
  /** Password. */
  public readonly password: SecretKey;

  /** Throws on an empty user name. */
  constructor(props: BasicAuthProps) {
    checkArguments('BasicAuth', { props });
    checkNotEmpty(props.username, `BasicAuth('${props.password._id}'): username`, 'name the user whose password the Secret holds');
    this.username = props.username;
    this.password = props.password;
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    return { username: this.username, password: Leaf.secret(this.password) };
  }
}
