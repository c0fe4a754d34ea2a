import type { Labels } from '../harness/prometheus-api';
import { Samples, Span } from '../harness/store-samples';

/** What a sink has got. */
export interface Arrived {
  readonly samples: Samples;
  /** Samples that arrived before. */
  readonly duplicates: number;
}

/** Labels that a Prometheus adds to what it sends. */
const ADDED = ['prometheus', 'prometheus_replica'];

/** Collects samples of a span, as those of a Prometheus are compared. */
export class Collector {
  private readonly found = new Map<string, number>();
  private duplicates = 0;

  constructor(private readonly span: Span) {}

  /** Adds a sample, with its time in milliseconds. */
  public add(labels: Labels, at: number, value: number): void {
    if (at > this.span.start * 1000 && at <= this.span.end * 1000) {
      const key = `${JSON.stringify(Object.entries(labels).filter(([label]) => !ADDED.includes(label)).sort())} ${at}`;
      this.duplicates += this.found.has(key) ? 1 : 0;
      this.found.set(key, value);
    }
  }

  /** What was added. */
  public get arrived(): Arrived {
    return { samples: this.found, duplicates: this.duplicates };
  }
}

/** Samples as gateways write them to OpenSearch: a dot in the name of a label would be an object. */
export function inOpenSearch(samples: Samples): Samples {
  return new Map([...samples].map(([key, value]) => {
    const end = key.lastIndexOf(' ');
    const labels: Array<[string, string]> = JSON.parse(key.slice(0, end));
    return [`${JSON.stringify(labels.map(([name, text]) => [name.replaceAll('.', '_'), text]).sort())}${key.slice(end)}`, value];
  }));
}
