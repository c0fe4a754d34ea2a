import { accountFilesOfClient, clientFields, CrdKind } from './crd-settings';
import { Plain } from '../crd-spec';
import { MonitorContext } from './monitor-parts';
import { fieldsOf } from './resource-spelling';
import type { ScrapeConfigSpec } from '../../../imports/scrape-config';
import { DiscoverySource, ScrapeJob } from '../../monitoring';

/** Fields of a ScrapeConfig that name sources. */
type Sources = Pick<Plain<ScrapeConfigSpec>, 'httpSdConfigs' | 'fileSdConfigs' | 'dnsSdConfigs' | 'consulSdConfigs' | 'ec2SdConfigs' | 'gceSdConfigs' | 'azureSdConfigs'>;

const fields = fieldsOf<ScrapeConfigSpec>();

/** The source of a job's targets, with its client. Throws on what a ScrapeConfig has no field for. */
export function sourceSpec({ where, credentials }: MonitorContext, job: ScrapeJob, source: DiscoverySource): Sources {
  const at = `${where}: scrape job '${job.name}': ${source._where}`;
  if (accountFilesOfClient(source._client).token) {
    throw new Error(`${at}: got the token of the service account, which a ScrapeConfig of the operator cannot name for discovery; give the token by a Secret, or use PrometheusServer`);
  }
  // No scrape class is for clients of discovery.
  const client = clientFields({ where: at, kind: CrdKind.SCRAPE_CONFIG, credentials, classNamesClusterCa: false }, source._client);
  const { httpSdConfigs, consulSdConfigs, ...others } = fields(source._settings);
  return {
    ...others,
    httpSdConfigs: httpSdConfigs?.map((settings) => ({ ...settings, ...client })),
    consulSdConfigs: consulSdConfigs?.map((settings) => ({ ...settings, ...client })),
  };
}
