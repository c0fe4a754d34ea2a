import { VICTORIA_METRICS_FLAGS } from '../generated/victoria-metrics';
import { ownFlags, ProgramFlags } from '../kubernetes/flags';

/** Flags of the program; those that the library sets are here with those by which it could not be reached any more. */
export const VICTORIA_METRICS: ProgramFlags = {
  program: 'victoriaMetrics',
  title: 'VictoriaMetrics',
  flags: VICTORIA_METRICS_FLAGS,
  syntax: 'go',
  own: ownFlags(
    {
      retention: ['retentionPeriod'],
      deduplicationInterval: ['dedup.minScrapeInterval'],
      openTsdb: ['opentsdbListenAddr', 'opentsdbHTTPListenAddr', 'opentsdbListenAddr.useProxyProtocol', 'opentsdbHTTPListenAddr.useProxyProtocol'],
      basicAuth: ['httpAuth.username', 'httpAuth.password'],
    },
    'storageDataPath', 'httpListenAddr', 'httpListenAddr.useProxyProtocol', 'http.pathPrefix', 'tls', 'tlsCertFile', 'tlsKeyFile',
    'metricsAuthKey', 'envflag.enable', 'envflag.prefix',
  ),
};
