import { isIP } from 'node:net';
import { DnsModuleOptions, DnsRecordMatch, DnsTransport } from './blackbox-dns-options';
import {
  BlackboxModuleOptions, GrpcModuleOptions, HeaderMatch, HttpModuleOptions, IcmpModuleOptions, IpProtocol, TcpExchange,
  TcpModuleOptions, UnixModuleOptions,
} from './blackbox-module-options';
import { checkChoice, checkHeaders } from '../../checks';
import { TlsClient } from '../../monitoring';
import { checkHeaderSecrets, clientSettings } from '../../monitoring/http/client-settings';
import { checkRegex } from '../../regex';
import { toWireMap, verbatim, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';
import { secretsIn } from '../../setting-secrets';
import { secretsOfUser } from '../../secret-texts';
import { checkSettings } from '../../settings';
import { blackboxSchema } from './blackbox-schema';
import { checkQueryType } from './dns-types';
import { checkProbeTarget } from './probe-targets';

const COMPRESSIONS = ['gzip', 'br', 'deflate', 'identity'];
const PROBERS = ['http', 'tcp', 'icmp', 'dns', 'grpc', 'unix'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * One way of probing, by its name.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md
 */
export class BlackboxModule {
  /** An HTTP request. Throws when a regular expression, a status code or the method is none. */
  public static http(name: string, options: HttpModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.http', { name, options });
    const where = `BlackboxModule.http('${name}')`;
    checkChoice(options.method ?? 'GET', METHODS, `${where}: method`);
    options.validStatusCodes?.forEach((code) => {
      if (!Number.isInteger(code) || code < 100 || code > 599) {
        throw new Error(`${where}: validStatusCodes: ${code} is not a status code; use 100 to 599`);
      }
    });
    if (options.authorization?.usesServiceAccountToken === true) {
      throw new Error(`${where}: 'authorization' is a service account's token, and the exporter has none; use Authorization.bearer`);
    }
    options.validHttpVersions?.forEach((version) => {
      if (!/^HTTP\/\d\.\d$/.test(version)) {
        throw new Error(`${where}: validHttpVersions: '${version}' is not a version; write it as 'HTTP/1.1' or 'HTTP/2.0'`);
      }
    });
    checkChoice(options.compression ?? 'identity', COMPRESSIONS, `${where}: compression`);
    if (options.failIfTls === true && options.failIfNotTls === true) {
      throw new Error(`${where}: got 'failIfTls' and 'failIfNotTls', so every probe would fail; keep one of them`);
    }
    checkHeaderSecrets(options, where);
    checkShown(`${where}: body`, { body: options.body ?? '' }, "name a Secret by 'authorization', 'basicAuth' or 'secretHeaders'");
    // Unlike other clients, a probe has headers of its own: it may say `Host`.
    const { headers, secretHeaders, ...client } = options;
    return new BlackboxModule(name, 'http', options, {
      ...ipSettings(options),
      method: options.method,
      validStatusCodes: listOf(options.validStatusCodes),
      headers: verbatim({ ...headers }),
      body: options.body,
      validHttpVersions: listOf(options.validHttpVersions),
      compression: options.compression,
      bodySizeLimit: options.bodySizeLimit === undefined ? undefined : `${options.bodySizeLimit.toKibibytes()}KiB`,
      skipResolvePhaseWithProxy: options.skipResolvePhaseWithProxy,
      enableHttp3: options.enableHttp3,
      failIfSsl: options.failIfTls,
      failIfNotSsl: options.failIfNotTls,
      failIfBodyMatchesRegexp: regexes(where, 'failIfBodyMatches', options.failIfBodyMatches),
      failIfBodyNotMatchesRegexp: regexes(where, 'failIfBodyNotMatches', options.failIfBodyNotMatches),
      failIfBodyJsonMatchesCel: options.failIfBodyJsonMatchesCel,
      failIfBodyJsonNotMatchesCel: options.failIfBodyJsonNotMatchesCel,
      failIfHeaderMatches: headerMatches(where, 'failIfHeaderMatches', options.failIfHeaderMatches),
      failIfHeaderNotMatches: headerMatches(where, 'failIfHeaderNotMatches', options.failIfHeaderNotMatches),
      ...clientSettings({ ...client, secretHeaders }, where),
    });
  }

  /** A TCP connection, and a conversation over it. Throws when a regular expression is none, or an exchange is empty. */
  public static tcp(name: string, options: TcpModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.tcp', { name, options });
    const where = `BlackboxModule.tcp('${name}')`;
    const { sourceIpAddress, tls } = options;
    return new BlackboxModule(name, 'tcp', options, {
      ...ipSettings(options), sourceIpAddress: addressOf(where, sourceIpAddress), queryResponse: dialogue(where, options.exchanges), ...tlsSettings('tls', tls),
    });
  }

  /** An ICMP echo. Throws when the TTL is not 1 to 255, or the size is negative. */
  public static icmp(name: string, options: IcmpModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.icmp', { name, options });
    const where = `BlackboxModule.icmp('${name}')`;
    checkWithin(where, 'ttl', options.ttl, 1, 255);
    checkWithin(where, 'payloadSize', options.payloadSize, 1, 65_507);
    const { payloadSize, ttl, dontFragment, sourceIpAddress } = options;
    return new BlackboxModule(name, 'icmp', options, {
      ...ipSettings(options), sourceIpAddress: addressOf(where, sourceIpAddress), payloadSize, dontFragment, ttl,
    });
  }

  /** A DNS question. Throws when no name is asked for, a regular expression is none, or TLS is to go over UDP. */
  public static dns(name: string, options: DnsModuleOptions): BlackboxModule {
    checkArguments('BlackboxModule.dns', { name, options });
    const where = `BlackboxModule.dns('${name}')`;
    const transport = options.transport ?? DnsTransport.UDP;
    if (options.queryName === '') {
      throw new Error(`${where}: 'queryName' is empty; name what the server is asked for`);
    }
    checkQueryType(where, options.queryType);
    if (options.tls !== undefined && transport === DnsTransport.UDP) {
      throw new Error(`${where}: got 'tls' with DnsTransport.UDP, and DNS over TLS goes by TCP; use DnsTransport.TCP, or leave 'tls' out`);
    }
    const { failIfNotMatches = [], ...answer } = options.answer ?? {};
    const whole = regexes(where, 'failIfAnswerNotMatches', options.failIfAnswerNotMatches) ?? [];
    return new BlackboxModule(name, 'dns', options, {
      ...ipSettings(options),
      sourceIpAddress: addressOf(where, options.sourceIpAddress),
      queryName: options.queryName,
      queryClass: options.queryClass,
      recursionDesired: options.recursionDesired === false ? false : undefined,
      queryType: options.queryType ?? 'A',
      transportProtocol: transport,
      validRcodes: listOf(options.validRcodes),
      validateAnswerRrs: recordMatches(where, 'answer', { ...answer, failIfNotMatches: [...whole, ...failIfNotMatches] }),
      validateAuthorityRrs: recordMatches(where, 'authority', options.authority),
      validateAdditionalRrs: recordMatches(where, 'additional', options.additional),
      ...tlsSettings('dnsOverTls', options.tls),
    });
  }

  /** The gRPC health check. */
  public static grpc(name: string, options: GrpcModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.grpc', { name, options });
    const { service, tls, metadata = {} } = options;
    if (service !== undefined && !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(service)) {
      throw new Error(`BlackboxModule.grpc('${name}'): service: '${service}' is not the name of a gRPC service; write it as 'grpc.health.v1.Health', the server is the probe's target`);
    }
    checkHeaderSecrets({ headers: metadata }, `BlackboxModule.grpc('${name}')`, "leave it out, for the exporter reads it from no file; show a client certificate by 'tls'");
    const values = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, [value]]));
    return new BlackboxModule(name, 'grpc', options, { ...ipSettings(options), service, metadata: verbatim(values), ...tlsSettings('tls', tls) });
  }

  /** A connection to a Unix socket, and a conversation over it. Throws as `tcp` does. */
  public static unix(name: string, options: UnixModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.unix', { name, options });
    const where = `BlackboxModule.unix('${name}')`;
    return new BlackboxModule(name, 'unix', options, { queryResponse: dialogue(where, options.exchanges), ...tlsSettings('tls', options.tls) });
  }

  /**
   * A module that exists already, as an object. Throws on an unknown prober, on settings of another, and on a secret in clear.
   * @param name its name
   * @param config the module as the exporter's configuration has it: `{ prober: 'tcp', tcp: { … } }`
   */
  public static raw(name: string, config: { readonly [key: string]: unknown }): BlackboxModule {
    checkArguments('BlackboxModule.raw', { name, config });
    const where = `BlackboxModule.raw('${name}')`;
    const prober = String(config.prober);
    checkChoice(prober, PROBERS, `${where}: prober`);
    const unknown = Object.keys(config).find((key) => !['prober', 'timeout', prober].includes(key));
    if (unknown !== undefined) {
      throw new Error(`${where}: '${unknown}' is no setting of a module of prober '${prober}'; settings go under '${prober}'`);
    }
    const settings = toWireMap(config, where);
    checkSettings(config, 'Module', blackboxSchema(), where);
    const [secret] = secretsIn(config, 'Module', blackboxSchema());
    if (secret !== undefined) {
      throw new Error(`${where}: '${secret.path}' ${secret.says}, which the manifest would show; use BlackboxModule.${prober}(), which takes a SecretKey`);
    }
    return new BlackboxModule(name, prober, {}, {}, settings);
  }

  /** The wire form. @internal */
  public readonly _settings: WireMap;

  /** Whether an answer without TLS is a failure. @internal */
  public readonly _failsWithoutTls: boolean;

  private constructor(
    /** The module's name, which probes refer to. */
    public readonly name: string,
    /** Prober: `http`, `tcp`, `icmp`, `dns`, `grpc` or `unix`. */
    public readonly prober: string,
    options: Pick<BlackboxModuleOptions, 'timeout'>,
    settings: WireMap,
    raw?: WireMap,
  ) {
    if (!/^[A-Za-z0-9_][-A-Za-z0-9_.]*$/.test(name)) {
      throw new Error(`BlackboxModule.${prober}: '${name}' is not the name of a module; use letters, digits, '_', '-' and '.', no '-' or '.' first`);
    }
    if (options.timeout !== undefined && options.timeout.toMilliseconds() <= 0) {
      throw new Error(`BlackboxModule.${prober}('${name}'): 'timeout' is 0; leave it out to stay within Prometheus's own`);
    }
    this._failsWithoutTls = settings.failIfNotSsl === true;
    this._settings = raw ?? {
      prober,
      timeout: options.timeout === undefined ? undefined : `${options.timeout.toMilliseconds() / 1000}s`,
      [prober]: settings,
    };
  }

  /** Throws on targets that the prober cannot reach. @internal */
  public _checkTargets(where: string, targets: readonly string[]): void {
    targets.forEach((target) => checkProbeTarget(`${where}: targets`, target, this));
  }
}

/** Throws where the texts of an option hold a secret. */
function checkShown(where: string, texts: { readonly [name: string]: string }, wayOut: string): void {
  const [secret] = secretsOfUser(texts, '', '');
  if (secret !== undefined) {
    throw new Error(`${where}: '${secret.path}' ${secret.says}, which the manifest would show; ${wayOut}`);
  }
}

/** Versions of the Internet protocol. */
function ipSettings({ ipProtocol = IpProtocol.IPV4, ipProtocolFallback = true }: BlackboxModuleOptions): WireMap {
  return { preferredIpProtocol: ipProtocol, ipProtocolFallback };
}

/** The steps of a conversation. */
function dialogue(where: string, exchanges: readonly TcpExchange[] = []): WireMap[] | undefined {
  return listOf(exchanges.map(({ expect, expectBytes, labels = {}, send, startTls }, i) => {
    if ([expect, expectBytes, send].every((said) => said === undefined) && startTls !== true) {
      throw new Error(`${where}: exchange ${i + 1} says nothing; give it 'expect', 'send' or 'startTls', or leave it out`);
    }
    regexes(where, 'expect', expect === undefined ? [] : [expect]);
    if (expect === undefined && Object.keys(labels).length > 0) {
      throw new Error(`${where}: exchange ${i + 1} has 'labels' without 'expect', whose capture groups they hold; give it, or leave them out`);
    }
    return {
      expect, expectBytes, labels: listOf(Object.entries(labels).map(([label, value]) => ({ name: label, value }))), send, starttls: startTls,
    };
  }));
}

function headerMatches(where: string, prop: string, matches: readonly HeaderMatch[] = []): WireMap[] | undefined {
  checkHeaders([...new Set(matches.map(({ header }) => header))], `${where}: ${prop}`);
  return listOf(matches.map(({ header, regexp, allowMissing }) => {
    regexes(where, `${prop}: regexp`, [regexp]);
    return { header, regexp, allowMissing };
  }));
}

function recordMatches(where: string, section: string, match: DnsRecordMatch = {}): WireMap | undefined {
  const lists = {
    failIfMatchesRegexp: regexes(where, `${section}.failIfMatches`, match.failIfMatches),
    failIfAllMatchRegexp: regexes(where, `${section}.failIfAllMatch`, match.failIfAllMatch),
    failIfNotMatchesRegexp: regexes(where, `${section}.failIfNotMatches`, match.failIfNotMatches),
    failIfNoneMatchesRegexp: regexes(where, `${section}.failIfNoneMatches`, match.failIfNoneMatches),
  };
  return Object.values(lists).every((list) => list === undefined) ? undefined : lists;
}

function addressOf(where: string, address: string | undefined): string | undefined {
  if (address !== undefined && isIP(address) === 0) {
    throw new Error(`${where}: sourceIpAddress: '${address}' is not an IP address; write it as '192.0.2.1'`);
  }
  return address;
}

/** The settings of TLS, and the one that switches it on. */
function tlsSettings(on: 'tls' | 'dnsOverTls', tls: TlsClient | undefined): WireMap {
  return tls === undefined ? {} : { [on]: true, tlsConfig: tls._wire() };
}

function listOf<T>(items?: readonly T[]): T[] | undefined {
  return items === undefined || items.length === 0 ? undefined : [...items];
}

function regexes(where: string, prop: string, patterns?: readonly string[]): string[] | undefined {
  patterns?.forEach((pattern) => checkRegex(pattern, `${where}: ${prop}`));
  return listOf(patterns);
}

function checkWithin(where: string, prop: string, value: number | undefined, lowest: number, highest: number): void {
  if (value !== undefined && (!Number.isInteger(value) || value < lowest || value > highest)) {
    throw new Error(`${where}: ${prop}: ${value} is not a whole number from ${lowest} to ${highest}; give one, or leave it out`);
  }
}
