import { Integration } from './integration';
import { checkNotEmpty } from '../../checks';
import { Wire, WireMap } from '../../wire/data';
import { checkArguments, labelOf } from '../../arguments';

/** Name of the receiver without integrations. */
const NONE_NAME = 'null';

/** Name and integrations of a receiver. */
export interface ReceiverProps {
  /** Name, unique in a routing. */
  readonly name: string;

  /**
   * Integrations, all of which are notified.
   * @default - none: Alertmanager shows the alerts and sends nothing
   */
  readonly integrations?: Integration[];
}

/**
 * Receiver of notifications, under a name that routes and Alertmanager's pages show.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#receiver
 */
export class Receiver {
  /** Receiver without integrations: Alertmanager shows the alerts and sends nothing. Its name is `null`, as is usual. */
  public static none(): Receiver {
    return NONE;
  }

  /** Receiver with some integrations, all of which are notified. Throws on an empty name. */
  public static of(name: string, ...integrations: Integration[]): Receiver {
    checkArguments('Receiver.of', { name, integrations });
    return new Receiver({ name, integrations });
  }

  /** Name of the receiver. */
  public readonly name: string;

  private readonly _integrations: Integration[];

  /** Throws on an empty name. */
  constructor(props: ReceiverProps) {
    checkArguments('Receiver', { props }, labelOf('receiver', props));
    checkNotEmpty(props.name, 'Receiver: name', 'name it after the team or the channel that is notified');
    if (props.name === NONE_NAME && props.integrations !== undefined && props.integrations.length > 0) {
      throw new Error(`Receiver: name '${NONE_NAME}' is that of Receiver.none(), which notifies nobody; choose another`);
    }
    this.name = props.name;
    this._integrations = [...props.integrations ?? []];
  }

  /** Integrations, all of which are notified. */
  public get integrations(): Integration[] {
    return [...this._integrations];
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    const lists: { [kind: string]: Wire[] } = {};
    for (const integration of this._integrations) {
      (lists[integration.kind] ??= []).push(integration._definition.settings);
    }
    return { name: this.name, ...lists };
  }
}

const NONE = new Receiver({ name: NONE_NAME });
