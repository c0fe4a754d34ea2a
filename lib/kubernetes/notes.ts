import { IConstruct } from 'constructs';

/** Says something about a construct that its reader should know, as information in the construct tree; nothing is printed. */
export function note(construct: IConstruct, text: string): void {
  construct.node.addMetadata('info', text);
}
