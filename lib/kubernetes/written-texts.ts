import { quotedText } from '../yaml';

/**
 * Texts of which the YAML writer of cdk8s makes others: it leaves octal numbers of YAML 1.2 without quotes, and control characters and separators of
 * lines without an escape; tabs at the beginning of lines are taken for indentation.
 */
const CHANGED = /^[-+]?0o|^\s*\t|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/;

/** By these the package yaml, whichever copy of it writes, knows a node that spells itself. */
const NODE_TYPE: unique symbol = Symbol.for('yaml.node.type');
const ALIAS = Symbol.for('yaml.alias');

/** A text that is written in quotes, with escapes. Everything but the writer of YAML sees the text. */
class QuotedText {
  public readonly [NODE_TYPE] = ALIAS;

  constructor(private readonly text: string) {}

  public toString(): string {
    return quotedText(this.text);
  }

  public toJSON(): string {
    return this.text;
  }
}

/** Writes the texts of a manifest so that every loader reads what they are. @param manifest is changed */
export function writeTexts(manifest: unknown): void {
  if (typeof manifest !== 'object' || manifest === null) {
    return;
  }
  for (const [key, value] of Object.entries(manifest)) {
    if (typeof value !== 'string') {
      writeTexts(value);
    } else if (CHANGED.test(value)) {
      Object.assign(manifest, { [key]: new QuotedText(value) });
    }
  }
}
