import { Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { Grafana, GrafanaProps, PrometheusServer, SecretKey } from '../../lib';
import { synth } from '../charts';
import { find, Loose, Manifest } from '../manifests';

export const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

export function secret(chart: Construct, name: string): ISecret {
  return Secret.fromSecretName(chart, `secret-${chart.node.children.length}`, name);
}

export function keyOf(chart: Construct, name: string, key: string = 'password'): SecretKey {
  return SecretKey.of(secret(chart, name), key);
}

type MakeProps = (chart: Chart) => Partial<GrafanaProps>;

/** A Grafana with a Prometheus of its own, in a chart. */
export function grafanaIn(chart: Chart, props: MakeProps = () => ({})): Grafana {
  const given = props(chart);
  const { adminPassword = keyOf(chart, 'admin'), prometheus = new PrometheusServer(chart, 'prometheus') } = given;
  return new Grafana(chart, 'grafana', { ...given, adminPassword, prometheus });
}

/** What a Grafana becomes, and what its files hold. */
export class Made {
  public readonly objects: Manifest[];

  constructor(props: MakeProps = () => ({}), then: (grafana: Grafana, chart: Chart) => void = () => undefined) {
    this.objects = synth((chart) => then(grafanaIn(chart, props), chart))
      .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'grafana' || metadata.labels?.['app.kubernetes.io/name'] === undefined);
  }

  public get workload(): Manifest {
    return this.objects.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))[0];
  }

  public get pod(): Loose {
    return this.workload.spec.template.spec;
  }

  public get container(): Loose {
    return this.pod.containers[0];
  }

  public get files(): Record<string, string> {
    return find(this.objects, 'ConfigMap', `${this.workload.metadata.name}-config`).data;
  }

  public get dataSources(): Loose[] {
    return parse(this.files['datasources.yaml']).datasources;
  }

  /** Settings as they are read: by section and key, without quotes. */
  public get ini(): Record<string, Record<string, string>> {
    return parsedIni(this.files['grafana.ini']);
  }

  /** Mount paths by volume, with what the volume is. */
  public get mounts(): Record<string, Loose> {
    return Object.fromEntries(this.container.volumeMounts.map(({ name, mountPath }: Loose) => [
      mountPath, this.pod.volumes.find((volume: Loose) => volume.name === name) ?? name,
    ]));
  }
}

/** An ini file as gopkg.in/ini.v1 reads it, as far as it is written here. */
export function parsedIni(text: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let section = 'DEFAULT';
  text.split('\n').filter((line) => line.trim() !== '').forEach((line) => {
    const header = /^\[(.+)\]$/.exec(line);
    section = header?.[1] ?? section;
    sections[section] ??= {};
    if (header === null) {
      const [, key, value] = /^(\S+) = ?(.*)$/.exec(line)!;
      sections[section][key] = /^"""(.*)"""$/.exec(value)?.[1] ?? value;
    }
  });
  return sections;
}
