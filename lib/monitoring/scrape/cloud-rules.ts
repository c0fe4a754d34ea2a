import { JsonMap } from '../../json';
import { SettingFault } from '../../settings';
import { quoteList } from '../../text';

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** What a client of AWS refuses. */
export function sigV4Fault(data: JsonMap): SettingFault | undefined {
  if (isSaid(data.access_key) !== isSaid(data.secret_key)) {
    return { at: '', says: `there is '${isSaid(data.access_key) ? 'access_key' : 'secret_key'}' alone; give both keys, or neither` };
  }
  const idle = ['external_id', 'session_name'].find((key) => isSaid(data[key]) && !isSaid(data.role_arn));
  return idle === undefined ? undefined : { at: idle, says: "it is one of a role; name that by 'role_arn', or leave this out" };
}

const IDENTITIES = ['managed_identity', 'workload_identity', 'oauth', 'certificate', 'sdk'];
const CLOUDS = ['AzureChina', 'AzureGovernment', 'AzurePublic'];

/** What a client of Azure refuses. */
export function azureFault(data: JsonMap): SettingFault | undefined {
  const given = IDENTITIES.filter((key) => data[key] !== undefined && data[key] !== null);
  if (given.length !== 1) {
    return { at: '', says: `${given.length === 0 ? 'there is no identity' : `got ${quoteList(given)}`}; give one of ${quoteList(IDENTITIES)}` };
  }
  return isSaid(data.cloud) && !CLOUDS.includes(String(data.cloud)) ? { at: 'cloud', says: `'${String(data.cloud)}' is not a cloud of Azure; use ${quoteList(CLOUDS)}` } : undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an identity of Azure refuses. */
export function azureIdentityFault(data: JsonMap): SettingFault | undefined {
  const wrong = ['client_id', 'tenant_id'].find((key) => isSaid(data[key]) && !UUID.test(String(data[key])));
  return wrong === undefined ? undefined : { at: wrong, says: `'${String(data[wrong])}' is not a UUID; write it as Azure shows it` };
}
