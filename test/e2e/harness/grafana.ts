import * as fs from 'node:fs';
import * as path from 'node:path';
import { Document, isMap, parseAllDocuments, stringify } from 'yaml';
import { busybox } from './images';
import { say } from './progress';

/** What the README has people make before they apply the app. */
const ADMIN = {
  apiVersion: 'v1', kind: 'Secret', metadata: { name: 'grafana-admin' }, data: { password: Buffer.from('end-to-end').toString('base64') },
};

const STAND_IN = 'grafana-stand-in';
const PORT = 3000;

/** Metrics as a Grafana has them that is asked a little and where nothing fails; counters grow by one a second. */
const METRICS = `#!/bin/sh
now=$(($(date +%s) % 1000000))
printf 'Content-Type: text/plain; version=0.0.4\\r\\n\\r\\n'
cat <<END
grafana_build_info{version="stand-in", edition="oss"} 1
grafana_http_request_duration_seconds_bucket{handler="/api/health", method="GET", status_code="200", le="0.005"} $now
grafana_http_request_duration_seconds_bucket{handler="/api/health", method="GET", status_code="200", le="+Inf"} $now
grafana_http_request_duration_seconds_sum{handler="/api/health", method="GET", status_code="200"} $now
grafana_http_request_duration_seconds_count{handler="/api/health", method="GET", status_code="200"} $now
grafana_alerting_rule_evaluations_total{org="1"} $now
grafana_alerting_rule_evaluation_failures_total{org="1"} 0
grafana_alerting_alerts{state="normal"} 0
grafana_stat_totals_dashboard 1
grafana_stat_total_users 1
grafana_stat_active_users 1
process_cpu_seconds_total $now
process_resident_memory_bytes 1e+08
END
`;

/** The web server makes a folder's page by its index.cgi where it has no other. */
const FILES = { 'health': '{"database": "ok"}\n', 'index.cgi': METRICS, 'folder': 'for httpd to see a folder here\n' };
const PATHS = [
  { key: 'health', path: 'api/health' }, { key: 'index.cgi', path: 'cgi-bin/index.cgi', mode: 0o555 }, { key: 'folder', path: 'metrics/folder' },
];

function isGrafana(document: Document): boolean {
  return document.get('kind') === 'Deployment' && document.getIn(['metadata', 'name']) === 'grafana';
}

/** Has the Pod run a web server for Grafana. What it mounts, its user, its probes and what it is allowed stay. */
function standIn(grafana: Document): void {
  const pod = ['spec', 'template', 'spec'];
  const container = grafana.getIn([...pod, 'containers', 0]);
  if (!isMap(container)) {
    throw new Error('the Deployment of Grafana has no container');
  }
  container.set('image', busybox());
  container.set('command', ['httpd', '-f', '-p', `${PORT}`, '-h', '/stand-in']);
  grafana.addIn([...pod, 'containers', 0, 'volumeMounts'], grafana.createNode({ name: STAND_IN, mountPath: '/stand-in', readOnly: true }));
  grafana.addIn([...pod, 'volumes'], grafana.createNode({ name: STAND_IN, configMap: { name: STAND_IN, items: PATHS } }));
}

/**
 * Adds what Grafana's Pod needs that no manifest of the app has: the Secret of its administrator. With E2E_GRAFANA_STAND_IN=1 another
 * program runs in the place of Grafana, for a cluster that cannot pull its image, which is not built from Go modules alone.
 */
export function prepareGrafana(dist: string, namespace: string): void {
  const added = [stringify({ ...ADMIN, metadata: { ...ADMIN.metadata, namespace } })];
  if (process.env.E2E_GRAFANA_STAND_IN === '1') {
    say('  a stand-in runs in the place of Grafana, as E2E_GRAFANA_STAND_IN=1 asks: NOT TESTED is what Grafana makes of its files');
    added.push(stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: STAND_IN, namespace }, data: FILES }, { lineWidth: 0 }));
    fs.readdirSync(dist).map((file) => path.join(dist, file)).forEach((file) => {
      const documents = parseAllDocuments(fs.readFileSync(file, 'utf8'));
      documents.filter(isGrafana).forEach(standIn);
      fs.writeFileSync(file, documents.map((document) => document.toString({ lineWidth: 0 })).join(''));
    });
  }
  // After the manifest that has the namespace.
  fs.writeFileSync(path.join(dist, 'zz-grafana.yaml'), added.join('---\n'));
}
