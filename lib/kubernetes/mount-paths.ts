/** A program that reads mounted files, each below a folder of its own, on both backends alike. */
export type Program =
  | 'prometheus' | 'alertmanager' | 'blackbox-exporter' | 'metrics-server' | 'prometheus-adapter' | 'grafana' | 'victoria-metrics' | 'influxdb'
  | 'thanos' | 'sink-gateway';

/** Folder of the program's own configuration. */
export function configDir(program: Program): string {
  return `/etc/${program}/config`;
}

/** Folder of a Secret, or the one that holds them all. */
export function secretDir(program: Program, secret?: string): string {
  return `/etc/${program}/secrets${secret === undefined ? '' : `/${secret}`}`;
}

/** Folder of a ConfigMap. */
export function configMapDir(program: Program, configMap: string): string {
  return `/etc/${program}/configmaps/${configMap}`;
}

/** Folder of a program's data in a claim: as the Prometheus Operator names it, and of Grafana the root, as its chart has it. */
export function dataFolder(program: Program): string {
  return program === 'grafana' ? '' : `${program}-db`;
}
