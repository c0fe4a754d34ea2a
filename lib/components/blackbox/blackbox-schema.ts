import { isQueryType } from './dns-types';
import { clientFault, tlsFault } from '../../client-rules';
import { blackboxConditions, blackboxSettings } from '../../generated/blackbox-settings';
import { JsonMap, printed } from '../../json';
import { regexSentence } from '../../regex';
import { SettingFault, SettingSchema } from '../../settings';
import { didYouMean, quoteList } from '../../text';

/** A check that a setting is one of some texts. */
function oneOf(key: string, choices: readonly string[]): (data: JsonMap) => SettingFault | undefined {
  return ({ [key]: value }) => (value === undefined || value === null || value === '' || choices.includes(printed(value))
    ? undefined
    : { at: key, says: `'${printed(value)}' is not one of the values that there are${didYouMean(printed(value), choices) || ';'} use ${quoteList(choices)}` });
}

const ipProtocol = oneOf('preferred_ip_protocol', ['ip4', 'ip6']);

function all(...checks: Array<(data: JsonMap) => SettingFault | undefined>): (data: JsonMap) => SettingFault | undefined {
  return (data) => checks.map((check) => check(data)).find((fault) => fault !== undefined);
}

function statusFault({ valid_status_codes: codes }: JsonMap): SettingFault | undefined {
  const list: readonly unknown[] = Array.isArray(codes) ? codes : [];
  const wrong = list.find((code) => typeof code === 'number' && (code < 100 || code > 599));
  return wrong === undefined ? undefined : { at: 'valid_status_codes', says: `${printed(wrong)} is not a status code, which is 100 to 599; take it out` };
}

function httpVersionFault(data: JsonMap): SettingFault | undefined {
  const versions: readonly unknown[] = Array.isArray(data.valid_http_versions) ? data.valid_http_versions : [];
  const wrong = versions.find((version) => !/^HTTP\/\d\.\d$/.test(printed(version)));
  if (wrong !== undefined) {
    return { at: 'valid_http_versions', says: `'${printed(wrong)}' is not a version; write it as 'HTTP/1.1' or 'HTTP/2.0'` };
  }
  const isThird = data.enable_http3 === true;
  const unspoken = versions.find((version) => (version === 'HTTP/3.0') !== isThird && (isThird || version === 'HTTP/3.0'));
  if (unspoken !== undefined) {
    return { at: 'valid_http_versions', says: `'${printed(unspoken)}' is not spoken ${isThird ? "with 'enable_http3'" : "without 'enable_http3'"}; take it out` };
  }
  return isThird && data.enable_http2 !== false ? { at: 'enable_http3', says: "it needs 'enable_http2' to be false; set that" } : undefined;
}

function queryFault({ query_type: type, query_class: kind }: JsonMap): SettingFault | undefined {
  if (type !== undefined && type !== null && type !== '' && !isQueryType(printed(type))) {
    return { at: 'query_type', says: `'${printed(type)}' is not a type of DNS records; write it as 'A', 'AAAA', 'MX' or 'TXT'` };
  }
  return kind !== undefined && kind !== null && !['', 'IN', 'CS', 'CH', 'HS', 'NONE', 'ANY'].includes(printed(kind)) ? { at: 'query_class', says: `'${printed(kind)}' is not a class of DNS records; use 'IN'` } : undefined;
}

function recordsFault(data: JsonMap): SettingFault | undefined {
  for (const [key, regexes] of Object.entries(data)) {
    const [says] = Array.isArray(regexes) ? regexes.flatMap((regex) => regexSentence(String(regex)) ?? []) : [];
    if (says !== undefined) {
      return { at: key, says };
    }
  }
  return undefined;
}

function pingFault({ ttl }: JsonMap): SettingFault | undefined {
  return typeof ttl === 'number' && (ttl < 0 || ttl > 255) ? { at: 'ttl', says: `${ttl} is not a number of hops, which is 0 to 255; choose another` } : undefined;
}

function exchangeFault({ expect, expect_bytes: bytes }: JsonMap): SettingFault | undefined {
  return expect !== undefined && expect !== null && typeof bytes === 'string' && bytes !== '' ? { at: '', says: "got 'expect' and 'expect_bytes', which exclude each other; keep one of them" } : undefined;
}

function headerFault({ regexp }: JsonMap): SettingFault | undefined {
  return regexp === undefined || regexp === null || regexp === '' ? { at: '', says: "there is no 'regexp'; give one" } : undefined;
}

/** The configuration of blackbox-exporter, a module of it by the type `Module`. */
export function blackboxSchema(): SettingSchema {
  return {
    program: 'blackbox-exporter',
    types: blackboxSettings(),
    conditions: blackboxConditions(),
    more: {
      HTTPProbe: all(
        clientFault, ipProtocol, statusFault, httpVersionFault, oneOf('compression', ['gzip', 'br', 'deflate', 'identity']),
        oneOf('method', ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']),
      ),
      TCPProbe: ipProtocol,
      ICMPProbe: all(ipProtocol, pingFault),
      DNSProbe: all(ipProtocol, queryFault, oneOf('transport_protocol', ['udp', 'tcp'])),
      GRPCProbe: ipProtocol,
      DNSRRValidator: recordsFault,
      QueryResponse: exchangeFault,
      HeaderMatch: headerFault,
      OAuth2: clientFault,
      TLSConfig: tlsFault,
    },
  };
}
