'use strict';
// One Prometheus that monitors as many Services as the argument says.
const { App, Chart } = require('cdk8s');
const { PrometheusServer, ScrapeEndpoint, ScrapeJob } = require('../..');

const app = new App();
const chart = new Chart(app, 'services', { namespace: 'kube-ops' });
const prometheus = new PrometheusServer(chart, 'prometheus');
for (let i = 0; i < Number(process.argv[2]); i++) {
  prometheus.addScrapeJob(ScrapeJob.fromService({
    name: `service-${i}`,
    namespaces: ['shop'],
    labels: { 'app.kubernetes.io/name': `service-${i}` },
    endpoints: [new ScrapeEndpoint({ port: 'metrics' })],
  }));
}
app.synth();
