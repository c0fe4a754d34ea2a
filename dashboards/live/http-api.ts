/** A series with its samples: seconds, and the number as text. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** Series that a query finds, and the warnings of Prometheus about it. */
export interface Answer {
  readonly series: readonly Series[];
  readonly warnings: readonly string[];
}

/** A time range in seconds, and the time between two points of it. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

type Sample = readonly [number, string];

interface Body<T> {
  readonly status: string;
  readonly error?: string;
  readonly data: T;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

type Result =
  | { readonly resultType: 'scalar'; readonly result: Sample }
  | { readonly resultType: 'vector'; readonly result: readonly { readonly metric: Series['metric']; readonly value: Sample }[] }
  | { readonly resultType: 'matrix'; readonly result: readonly Series[] };

/** Gives the body of a path such as `/api/v1/query?query=up`. */
export type Source = (path: string) => Promise<string>;

/** What dashboards ask of the HTTP API of a Prometheus. A query that it refuses throws. */
export class HttpApi {
  constructor(private readonly source: Source) {}

  /** A query at one time. */
  public instant(query: string, time: number): Promise<Answer> {
    return this.answer('query', { query, time: `${time}` });
  }

  /** A query over a time range, at times that are multiples of the step. */
  public range(query: string, { from, to, step }: Range): Promise<Answer> {
    return this.answer('query_range', { query, start: `${Math.floor(from / step) * step}`, end: `${to}`, step: `${step}` });
  }

  /** Values of a label of series that a selector matches, sorted. */
  public async labelValues(label: string, selector: string, { from, to }: Range): Promise<readonly string[]> {
    const { data } = await this.body<readonly string[]>(`label/${label}/values`, { 'match[]': selector, 'start': `${from}`, 'end': `${to}` });
    return data;
  }

  private async answer(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const { data, warnings = [], infos = [] } = await this.body<Result>(path, parameters);
    return { series: seriesOf(data), warnings: [...warnings, ...infos] };
  }

  private async body<T>(path: string, parameters: Readonly<Record<string, string>>): Promise<Body<T>> {
    const body: Body<T> = JSON.parse(await this.source(`/api/v1/${path}?${new URLSearchParams(parameters).toString()}`));
    if (body.status !== 'success') {
      throw new Error(`${path} ${JSON.stringify(parameters)}: ${body.error ?? body.status}`);
    }
    return body;
  }
}

function seriesOf(found: Result): readonly Series[] {
  switch (found.resultType) {
    case 'scalar':
      return [{ metric: {}, values: [found.result] }];
    case 'vector':
      return found.result.map(({ metric, value }) => ({ metric, values: [value] }));
    case 'matrix':
      return found.result;
  }
}
