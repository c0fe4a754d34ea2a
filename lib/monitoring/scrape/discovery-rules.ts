import { isJsonMap, JsonMap, jsonMaps, printed } from '../../json';
import { SettingFault } from '../../settings';
import { quoteList } from '../../text';
import { SettingTypes } from '../../upstream';

type Check = (data: JsonMap) => SettingFault | undefined;

/** What the selectors of a role may select. */
const SELECTORS: { readonly [role: string]: readonly string[] } = {
  pod: ['pod', 'node'], service: ['service'], endpointslice: ['pod', 'service', 'endpointslice'], endpoints: ['pod', 'service', 'endpoints'],
  node: ['node'], ingress: ['ingress'],
};

const CLIENT = ['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file', 'tls_config', 'proxy_url', 'proxy_from_environment', 'http_headers'];

function kubernetesFault(data: JsonMap): SettingFault | undefined {
  const { api_server: server, kubeconfig_file: file, namespaces, role, selectors } = data;
  if (isSaid(server) && isSaid(file)) {
    return { at: '', says: "got 'api_server' and 'kubeconfig_file', which exclude each other; keep one of them" };
  }
  const client = CLIENT.find((key) => data[key] !== undefined && data[key] !== null);
  if (client !== undefined && (!isSaid(server) || isSaid(file))) {
    return { at: client, says: isSaid(file) ? "the client is that of 'kubeconfig_file'; leave one of the two out" : "the client is that of another API server; name it by 'api_server', or leave this out" };
  }
  if ((isSaid(server) || isSaid(file)) && isJsonMap(namespaces) && namespaces.own_namespace === true) {
    return { at: 'namespaces.own_namespace', says: 'another API server does not know it; name the namespaces' };
  }
  const may = typeof role === 'string' && Object.hasOwn(SELECTORS, role) ? SELECTORS[role] : [];
  const roles = jsonMaps(selectors).map((selector) => selector.role);
  const wrong = roles.findIndex((one, i) => typeof one !== 'string' || !may.includes(one) || roles.indexOf(one) !== i);
  return wrong < 0 ? undefined : { at: `selectors[${wrong}].role`, says: `'${printed(roles[wrong])}' is not one that role '${printed(role)}' selects by, each once; use ${quoteList(may)}` };
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

const RECORDS = ['SRV', 'A', 'AAAA', 'MX', 'NS'];

function dnsFault({ type = 'SRV', port }: JsonMap): SettingFault | undefined {
  const records = printed(type ?? 'SRV').toUpperCase();
  if (!RECORDS.includes(records)) {
    return { at: 'type', says: `'${printed(type)}' is not a type of records; use ${quoteList(RECORDS)}` };
  }
  return records !== 'SRV' && !(typeof port === 'number' && port > 0) ? { at: 'port', says: `records of type '${records}' have no port; give one` } : undefined;
}

function fileFault({ files }: JsonMap): SettingFault | undefined {
  const all: readonly unknown[] = Array.isArray(files) ? files : [];
  const wrong = all.find((file) => typeof file !== 'string' || !/^[^*]*(\*[^/]*)?\.(json|yml|yaml|JSON|YML|YAML)$/.test(file));
  return wrong === undefined ? undefined : { at: 'files', says: `'${printed(wrong)}' is not a path of JSON or YAML files, which may have '*' in its last part alone; write '/targets/*.json'` };
}

function urlFault({ url }: JsonMap): SettingFault | undefined {
  return typeof url === 'string' && !/^https?:\/\/[^/]/i.test(url) ? { at: 'url', says: `'${url}' is not an absolute http or https URL; write it as 'https://host:port/path'` } : undefined;
}

/** Checks of what single discoveries refuse beyond the types of their settings. */
const OWN: { readonly [type: string]: Check } = {
  'kubernetes.SDConfig': kubernetesFault, 'dns.SDConfig': dnsFault, 'file.SDConfig': fileFault, 'http.SDConfig': urlFault, 'puppetdb.SDConfig': urlFault,
};

/** Checks of service discoveries by their types; `client` is that of those which have settings of an HTTP client. */
export function discoveryRules(types: SettingTypes, client: Check): { readonly [type: string]: Check } {
  const discoveries = Object.keys(types).filter((type) => type.endsWith('SDConfig'));
  return Object.fromEntries(discoveries.map((type) => {
    const hasClient = Object.hasOwn(types[type], 'proxy_url');
    return [type, (data: JsonMap) => (hasClient ? client(data) : undefined) ?? (Object.hasOwn(OWN, type) ? OWN[type](data) : undefined)] as const;
  }));
}
