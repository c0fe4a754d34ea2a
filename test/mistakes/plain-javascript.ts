import { Exposure, Integration, RemoteWrite, ScrapeJob } from '../../lib';
import { blackbox, notified, prometheus, slack, UNSET } from './support';
import { Mistake } from '../bad-input/support';

/** Values that are not there, as plain JavaScript and `process.env.X!` pass them. */
export const PLAIN_JAVASCRIPT: Mistake[] = [
  {
    mistake: 'an external label',
    place: 'shop/prometheus: externalLabels', value: 'undefined', wayOut: "'region'",
    app: (chart) => prometheus(chart, { externalLabels: { region: UNSET } }),
  },
  {
    mistake: 'the host of an Ingress',
    place: 'Exposure.ingress: host', value: 'undefined', wayOut: 'string',
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: UNSET }) }),
  },
  {
    mistake: 'a label of targets',
    place: "ScrapeJob 'x': targetLabels", value: 'undefined', wayOut: "'env'",
    app: (chart) => prometheus(chart).addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'x', targets: ['a:1'], targetLabels: { env: UNSET } })),
  },
  {
    mistake: 'a channel',
    place: 'Integration.slack: channel', value: 'undefined', wayOut: 'string',
    app: (chart) => slack(chart, { channel: UNSET }),
  },
  {
    mistake: 'a node selector',
    place: 'shop/prometheus: nodeSelector', value: 'undefined', wayOut: "'pool'",
    app: (chart) => prometheus(chart, { nodeSelector: { pool: UNSET } }),
  },
  {
    mistake: 'a recipient of mail',
    place: 'Integration.email: to', value: 'undefined', wayOut: 'string',
    app: (chart) => notified(chart, Integration.email({ to: [UNSET], smtp: { smarthost: 'm:25', from: 'a@b.c' } })),
  },
  {
    mistake: 'a header of a remote write',
    place: 'RemoteWrite', value: 'undefined', wayOut: "'X-Scope-OrgID'",
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://a/w', headers: { 'X-Scope-OrgID': UNSET } })] }),
  },
  {
    mistake: 'a target of a probe',
    place: 'shop/blackbox', value: 'undefined', wayOut: 'targets',
    app: (chart) => {
      const exporter = blackbox(chart);
      exporter.probe({ name: 'x', targets: [UNSET] });
      prometheus(chart).monitor(exporter);
    },
  },
];
