import { NewerSetting, Variables } from './cloud-credentials';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/**
 * Tokens of Google Cloud for Cloud Monitoring. Custom resources of the operator have no field for them.
 *
 * Prometheus looks for credentials when it loads its configuration: as long as there are none it does not start.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
 */
export class GoogleIam {
  /** Tokens for the service account of the Pod, by Workload Identity Federation for GKE, or of the node. */
  public static podIdentity(): GoogleIam {
    return new GoogleIam();
  }

  /** Tokens for a service account of Google Cloud, by its key as a JSON file. */
  public static serviceAccountKey(key: SecretKey): GoogleIam {
    checkArguments('GoogleIam.serviceAccountKey', { key });
    return new GoogleIam(key);
  }

  private constructor(private readonly key?: SecretKey) {}

  /** The wire form. @internal */
  public _wire(): WireMap {
    return { credentials: Leaf.secret(this.key) };
  }

  /** The wire form. @internal */
  public _settings(): WireMap {
    return this._wire();
  }

  /** None: the key is a file. @internal */
  public _variables(): Variables {
    return {};
  }

  /** None: the configuration names it. @internal */
  public _files(): SecretKey[] {
    return [];
  }

  /** None: all that the library deploys have it. @internal */
  public _newer(): NewerSetting[] {
    return [];
  }
}
