import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Manifest } from '../manifests';
import { parity } from '../tools';

/** An object of Kubernetes, as a test looks into it. */
export type KubeObject = ReturnType<typeof JSON.parse>;

export interface Labels {
  readonly [label: string]: string;
}

/** What the operator writes for a Prometheus. */
export interface Configured {
  /** The text of `prometheus.yml`. */
  readonly configuration: string;
  /** Rule files by name. */
  readonly rules: { readonly [file: string]: string };
  /** The resources that it is made of, as `<kind> <namespace>/<name>`. */
  readonly selected: string[];
  /** Those that the selectors of the Prometheus leave out. */
  readonly ignored: string[];
}

/** What the operator makes of the Secret that an Alertmanager names. */
export interface Alerting {
  readonly configuration: string;
  /** It is the text of the Secret, into which the operator does not look. */
  readonly asIs: boolean;
  readonly selected: string[];
  /** Why it would refuse that text if the Alertmanager selected AlertmanagerConfigs; empty if it would not. */
  readonly refused: string;
}

export interface Target {
  readonly labels: Labels;
  readonly url: string;
  readonly interval: string;
  readonly timeout: string;
  /** The samples as they are stored, null where one is dropped. */
  readonly series: Array<Labels | null>;
}

/** What becomes of an entry of `scrape_configs`. */
export interface Job {
  readonly jobName: string;
  readonly settings: { readonly [name: string]: unknown };
  readonly targets: Target[];
  /** How many of those discovered the relabelings drop. */
  readonly dropped: number;
}

/** What becomes of a configuration. */
export interface Scraped {
  readonly jobs: Job[];
  /** Where alerts go, by entry of `alertmanagers`. */
  readonly alertmanagers: Array<{ readonly settings: { readonly [name: string]: unknown }; readonly urls: string[] }>;
  /** All its other settings but for rule files. */
  readonly others: { readonly [name: string]: unknown };
}

export interface Question {
  /** The text of `prometheus.yml`. */
  readonly configuration: string;
  /** What there is in the cluster. */
  readonly objects: readonly KubeObject[];
  /** Namespace of the Prometheus. */
  readonly namespace: string;
  /**
   * Environment of the reloader, which puts it in place of `$(NAME)`.
   * @default - what the operator gives the first replica
   */
  readonly environment?: { readonly [name: string]: string };
  /** Series as targets expose them. */
  readonly samples?: readonly Labels[];
}

/** What a command of the tool writes. One that reads no input gets none: it may have ended before it is written to. */
function run(command: string, input?: object): string {
  try {
    return execFileSync(parity(), [command], {
      input: input === undefined ? '' : JSON.stringify(input), encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr, message }: { readonly stderr?: string; readonly message: string } = Object(error);
    throw new Error(stderr === undefined || stderr === '' ? message : stderr.trim());
  }
}

/** The CustomResourceDefinitions that the library ships, whose defaults the API server fills in. */
function crds(): KubeObject[] {
  const folder = path.join(__dirname, '..', '..', 'crds');
  return fs.readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
}

/** Throws when the operator would reject one of the objects that it selects, or the API server one of those it reads. */
export function operatorPrometheus(objects: readonly KubeObject[], name: string = ''): Configured {
  return JSON.parse(run('prometheus', { objects, name, crds: crds() }));
}

/** Throws when the operator would refuse the configuration. */
export function operatorAlertmanager(objects: readonly KubeObject[], name: string = ''): Alerting {
  const alerting: Alerting = JSON.parse(run('alertmanager', { objects, name, crds: crds() }));
  // The operator holds what it selects in a Go map.
  return { ...alerting, selected: alerting.selected.toSorted() };
}

const FIRST_REPLICA = { POD_NAME: 'prometheus-0', SHARD: '0' };

/** What a Prometheus with the configuration would scrape in the cluster. */
export function scraped(question: Question): Scraped {
  return JSON.parse(run('targets', { environment: FIRST_REPLICA, ...question }));
}

/** The documents of a text in YAML, as kubectl reads manifests, or Prometheus and Alertmanager their configuration. */
export function documents(reader: 'kubectl' | 'prometheus', text: string): Manifest[] {
  return JSON.parse(run('documents', { reader, text }));
}

/** A self-signed certificate and its key, both PEM: the operator looks into those that are referred to. */
export function certificate(): { readonly certificate: string; readonly privateKey: string } {
  return JSON.parse(run('certificate'));
}
