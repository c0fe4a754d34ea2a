import { BlackboxModule } from '../../lib';
import { blackbox, operated, prometheus } from './support';
import { Mistake } from '../bad-input/support';

/** Probes whose target or module does not fit. */
export const PROBES: Mistake[] = [
  {
    mistake: 'a module for TLS and a target without',
    place: 'shop/blackbox', value: "'http://a/'", wayOut: 'https',
    app: (chart) => {
      const exporter = blackbox(chart, BlackboxModule.http('a', { failIfNotTls: true }));
      exporter.probe({ name: 'x', module: 'a', targets: ['http://a/'] });
      prometheus(chart).monitor(exporter);
    },
  },
  {
    mistake: 'a type of records that does not exist',
    place: "BlackboxModule.dns('a'): queryType", value: "'BOGUS'", wayOut: "'A'",
    app: (chart) => prometheus(chart).monitor(blackbox(chart, BlackboxModule.dns('a', { queryName: 'example.com', queryType: 'BOGUS' }))),
  },
  {
    mistake: 'a URL as a service of gRPC',
    place: "BlackboxModule.grpc('a'): service", value: "'https://x'", wayOut: "'grpc.health.v1.Health'",
    app: (chart) => prometheus(chart).monitor(blackbox(chart, BlackboxModule.grpc('a', { service: 'https://x' }))),
  },
  {
    mistake: 'Ingresses by ICMP',
    place: 'shop/blackbox', value: "'icmp'", wayOut: 'http',
    app: (chart) => {
      const exporter = blackbox(chart);
      exporter.probeIngresses({ name: 'x', module: 'icmp' });
      operated(chart).monitor(exporter);
    },
  },
  {
    mistake: 'a URL for TCP',
    place: 'shop/blackbox', value: "'https://a:443'", wayOut: 'host:port',
    app: (chart) => prometheus(chart).addScrapeJob(blackbox(chart).probe({ name: 'x', module: 'tcp_connect', targets: ['https://a:443'] })),
  },
  {
    mistake: 'a host without a port for TCP',
    place: 'shop/blackbox', value: "'db.internal'", wayOut: 'host:port',
    app: (chart) => prometheus(chart).addScrapeJob(blackbox(chart).probe({ name: 'x', module: 'tcp_connect', targets: ['db.internal'] })),
  },
];
