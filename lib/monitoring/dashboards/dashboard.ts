import * as fs from 'node:fs';

/**
 * A Grafana dashboard, as its JSON model.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export class Dashboard {
  /** A dashboard in a file of JSON. Throws when it is no JSON object, or has no `uid` or `title`. */
  public static fromFile(path: string): Dashboard {
    return Dashboard.fromJson(read(path), path);
  }

  /** A dashboard as text of JSON; `origin` is how messages call it. */
  public static fromJson(json: string, origin: string = 'dashboard'): Dashboard {
    const model = parsed(json, origin);
    if (typeof model !== 'object' || model === null || Array.isArray(model)) {
      throw new Error(`${origin}: it is not a JSON object; export the dashboard's JSON model from Grafana`);
    }
    return new Dashboard(text(model, 'uid', origin), text(model, 'title', origin), JSON.stringify(model));
  }

  private constructor(
    /** Stable identifier, also in the dashboard's URL. */
    public readonly uid: string,
    /** What it is called. */
    public readonly title: string,
    /** The JSON model, on one line. */
    public readonly json: string,
  ) {}
}

function read(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path}: it cannot be read: ${reason(error)}`, { cause: error });
  }
}

function parsed(json: string, origin: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${origin}: it is not JSON: ${reason(error)}; export the dashboard's JSON model from Grafana`, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function text(model: object, key: 'uid' | 'title', origin: string): string {
  const value: unknown = Object.entries(model).find(([name]) => name === key)?.[1];
  if (typeof value !== 'string' || value === '') {
    throw new Error(`${origin}: the dashboard has no '${key}'; links and updates need a stable one`);
  }
  return value;
}
