/** Requests of remote write 1.0, as Prometheus sends them. */

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function delimited(field: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

const text = (field: number, value: string) => delimited(field, Buffer.from(value));

function sample([value, timestamp]: readonly [value: number, timestamp: number]): Uint8Array {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value);
  return delimited(2, Buffer.concat([Uint8Array.from([9]), double, Uint8Array.from([16, ...varint(timestamp)])]));
}

/** A series with its samples, each a value at a time in milliseconds. */
export interface Series {
  readonly labels: { readonly [name: string]: string };
  readonly samples: ReadonlyArray<readonly [value: number, timestamp: number]>;
}

function series({ labels, samples }: Series): Uint8Array {
  const pairs = Object.entries(labels).sort().map(([name, value]) => delimited(1, Buffer.concat([text(1, name), text(2, value)])));
  return delimited(1, Buffer.concat([...pairs, ...samples.map(sample)]));
}

/** Snappy without compression: a length, and literals. */
function snappy(content: Uint8Array): Uint8Array {
  const head = Uint8Array.from([0xf4, (content.length - 1) % 256, (content.length - 1) >> 8]);
  return content.length === 0 ? Uint8Array.from([0]) : Buffer.concat([Uint8Array.from(varint(content.length)), head, content]);
}

/** A request with series, of at most 64 KiB. */
export function writeRequest(...all: readonly Series[]): Uint8Array {
  return snappy(Buffer.concat(all.map(series)));
}

/** A request with the metadata of a metric alone. */
export const METADATA = snappy(delimited(3, Buffer.concat([Uint8Array.from([8, 1]), text(2, 'up'), text(4, 'help')])));

interface Field {
  readonly number: number;
  readonly content: Buffer;
  readonly value: number;
}

/** The fields of a message, in whichever order they are. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const next = (): number => {
    const byte = message[at++];
    return byte < 128 ? byte : byte - 128 + 128 * next();
  };
  while (at < message.length) {
    const tag = next();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) {
      fields.push({ number, content: message.subarray(0, 0), value: next() });
    } else {
      const length = type === 1 ? 8 : next();
      const content = message.subarray(at, at + length);
      fields.push({ number, content, value: type === 1 ? content.readDoubleLE() : 0 });
      at += length;
    }
  }
  return fields;
}

const textOf = (field?: Field) => field?.content.toString() ?? '';

function readSeries(message: Buffer): Series {
  const fields = fieldsOf(message);
  const parts = (number: number) => fields.filter((field) => field.number === number).map(({ content }) => fieldsOf(content));
  const one = (part: Field[], number: number) => part.find((field) => field.number === number);
  return {
    labels: Object.fromEntries(parts(1).map((label) => [textOf(one(label, 1)), textOf(one(label, 2))])),
    samples: parts(2).map((part) => [one(part, 1)?.value ?? 0, one(part, 2)?.value ?? 0]),
  };
}

/** The series of a request that is not compressed. */
export function readRequest(request: Buffer): Series[] {
  return fieldsOf(request).map(({ content }) => readSeries(content));
}
