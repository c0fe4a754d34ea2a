import {
  BlackboxModuleOptions, DnsModuleOptions, DnsTransport, GrpcModuleOptions, HttpModuleOptions, IcmpModuleOptions, IpProtocol, TcpModuleOptions,
} from './blackbox-module-options';
import { TlsClient } from '../../monitoring';
import { checkHeaderSecrets, clientSettings } from '../../monitoring/http/client-settings';
import { checkRegex } from '../../regex';
import { verbatim, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';
import { checkQueryType } from './dns-types';
import { checkProbeTarget } from './probe-targets';

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
    if (options.method !== undefined && !METHODS.includes(options.method)) {
      throw new Error(`${where}: method '${options.method}' is not one of ${METHODS.join(', ')}`);
    }
    options.validStatusCodes?.forEach((code) => {
      if (!Number.isInteger(code) || code < 100 || code > 599) {
        throw new Error(`${where}: validStatusCodes: ${code} is not a status code, which is 100 to 599`);
      }
    });
    if (options.authorization?.usesServiceAccountToken === true) {
      throw new Error(`${where}: authorization is a service account's token, and the exporter has none; use Authorization.bearer`);
    }
    checkHeaderSecrets(options, where);
    // Unlike other clients, a probe has headers of its own: it may say `Host`.
    const { headers, secretHeaders, ...client } = options;
    return new BlackboxModule(name, 'http', options, {
      method: options.method,
      validStatusCodes: listOf(options.validStatusCodes),
      headers: verbatim({ ...headers }),
      body: options.body,
      failIfNotSsl: options.failIfNotTls,
      failIfBodyMatchesRegexp: regexes(where, 'failIfBodyMatches', options.failIfBodyMatches),
      failIfBodyNotMatchesRegexp: regexes(where, 'failIfBodyNotMatches', options.failIfBodyNotMatches),
      ...clientSettings({ ...client, secretHeaders }, where),
    });
  }

  /** A TCP connection, and a conversation over it. Throws when a regular expression is none, or an exchange is empty. */
  public static tcp(name: string, options: TcpModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.tcp', { name, options });
    const where = `BlackboxModule.tcp('${name}')`;
    const exchanges = options.exchanges?.map(({ expect, send, startTls }, i) => {
      if (expect === undefined && send === undefined && startTls !== true) {
        throw new Error(`${where}: exchange ${i + 1} says nothing; give it 'expect', 'send' or 'startTls', or leave it out`);
      }
      regexes(where, 'expect', expect === undefined ? [] : [expect]);
      return { expect, send, starttls: startTls };
    });
    return new BlackboxModule(name, 'tcp', options, { queryResponse: listOf(exchanges), ...tlsSettings('tls', options.tls) });
  }

  /** An ICMP echo. Throws when the TTL is not 1 to 255, or the size is negative. */
  public static icmp(name: string, options: IcmpModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.icmp', { name, options });
    const where = `BlackboxModule.icmp('${name}')`;
    checkWithin(where, 'ttl', options.ttl, 1, 255);
    checkWithin(where, 'payloadSize', options.payloadSize, 1, 65_507);
    return new BlackboxModule(name, 'icmp', options, { payloadSize: options.payloadSize, ttl: options.ttl });
  }

  /** A DNS question. Throws when no name is asked for, a regular expression is none, or TLS is to go over UDP. */
  public static dns(name: string, options: DnsModuleOptions): BlackboxModule {
    checkArguments('BlackboxModule.dns', { name, options });
    const where = `BlackboxModule.dns('${name}')`;
    const transport = options.transport ?? DnsTransport.UDP;
    if (options.queryName === '') {
      throw new Error(`${where}: queryName is empty; name what the server is asked for`);
    }
    checkQueryType(where, options.queryType);
    if (options.tls !== undefined && transport === DnsTransport.UDP) {
      throw new Error(`${where}: got tls with DnsTransport.UDP; DNS over TLS goes by DnsTransport.TCP`);
    }
    const answer = regexes(where, 'failIfAnswerNotMatches', options.failIfAnswerNotMatches);
    return new BlackboxModule(name, 'dns', options, {
      queryName: options.queryName,
      queryType: options.queryType ?? 'A',
      transportProtocol: transport,
      validRcodes: listOf(options.validRcodes),
      validateAnswerRrs: answer === undefined ? undefined : { failIfNotMatchesRegexp: answer },
      ...tlsSettings('dnsOverTls', options.tls),
    });
  }

  /** The gRPC health check. */
  public static grpc(name: string, options: GrpcModuleOptions = {}): BlackboxModule {
    checkArguments('BlackboxModule.grpc', { name, options });
    const { service, tls } = options;
    if (service !== undefined && !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(service)) {
      throw new Error(`BlackboxModule.grpc('${name}'): service: '${service}' is not the name of a gRPC service; write it as 'grpc.health.v1.Health', the server is the probe's target`);
    }
    return new BlackboxModule(name, 'grpc', options, { service, ...tlsSettings('tls', tls) });
  }

  /** The wire form. @internal */
  public readonly _settings: WireMap;

  /** Whether an answer without TLS is a failure. @internal */
  public readonly _failsWithoutTls: boolean;

  private constructor(
    /** The module's name, which probes refer to. */
    public readonly name: string,
    /** Prober: `http`, `tcp`, `icmp`, `dns` or `grpc`. */
    public readonly prober: string,
    options: BlackboxModuleOptions,
    settings: WireMap,
  ) {
    if (!/^[A-Za-z0-9_][-A-Za-z0-9_.]*$/.test(name)) {
      throw new Error(`BlackboxModule.${prober}: '${name}' is not a name of letters, digits, '_', '-' and '.'`);
    }
    if (options.timeout !== undefined && options.timeout.toMilliseconds() <= 0) {
      throw new Error(`BlackboxModule.${prober}('${name}'): timeout is 0; leave it out to stay within Prometheus's own`);
    }
    this._failsWithoutTls = settings.failIfNotSsl === true;
    this._settings = {
      prober,
      timeout: options.timeout === undefined ? undefined : `${options.timeout.toMilliseconds() / 1000}s`,
      [prober]: {
        preferredIpProtocol: options.ipProtocol ?? IpProtocol.IPV4,
        ipProtocolFallback: options.ipProtocolFallback ?? true,
        ...settings,
      },
    };
  }

  /** Throws on targets that the prober cannot reach. @internal */
  public _checkTargets(where: string, targets: readonly string[]): void {
    targets.forEach((target) => checkProbeTarget(`${where}: targets`, target, this));
  }
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
    throw new Error(`${where}: ${prop} ${value} is not a whole number from ${lowest} to ${highest}`);
  }
}
