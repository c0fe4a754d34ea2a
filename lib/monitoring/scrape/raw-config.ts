import { prometheusSchema } from './prometheus-schema';
import { JsonMap } from '../../json';
import { atLeast } from '../../kubernetes/images';
import { secretDir } from '../../kubernetes/mount-paths';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkSettings } from '../../settings';
import { newerThan, secretsIn } from '../../setting-paths';
import { didYouMean } from '../../text';
import { Leaf, showPath, toWireMap, visitTexts, Wire } from '../../wire/data';

const JOB = 'ScrapeConfig';

/** Throws on what Prometheus would refuse, and with it the configuration of every other job, and on secrets that the manifest would show. */
export function checkRawConfig(where: string, config: JsonMap, secrets: readonly SecretKey[]): void {
  const { types } = prometheusSchema();
  const whole = Object.keys(config).find((key) => Object.hasOwn(types.Root, key) && !Object.hasOwn(types[JOB], key));
  if (whole !== undefined) {
    throw new Error(`${where}: '${whole}' is a key of a whole configuration, and this is one job of it; give one item of 'scrape_configs'`);
  }
  toWireMap(config, where);
  checkSettings({ job_name: 'x', ...config }, JOB, prometheusSchema(), where);
  checkSecrets(where, config);
  checkFiles(where, config, secrets);
}

function checkSecrets(where: string, config: JsonMap): void {
  const [secret] = secretsIn(config, JOB, prometheusSchema());
  if (secret !== undefined) {
    const { path, file } = secret;
    throw new Error(`${where}: '${path}' holds a secret, which the manifest would show; ${file === undefined
      ? 'Prometheus reads it from no file, so use ScrapeJob.fromDiscovery(), or files that something else writes, by DiscoverySource.file()'
      : `name a file '${secretDir('prometheus', '<secret>')}/<key>' by '${file}', and give its SecretKey in 'secrets'`}`);
  }
  visitTexts(config, (text, path) => {
    if (/^https?:\/\/[^/\s@:]*:[^/\s@]+@/.test(text)) {
      throw new Error(`${where}: '${showPath(path)}' is a URL with a password, which the manifest would show; give it by 'basic_auth' with 'password_file'`);
    }
  });
}

/** Throws when the job reads a file of a Secret that is not mounted. */
function checkFiles(where: string, config: JsonMap, secrets: readonly SecretKey[]): void {
  const mounted = secrets.map((secret) => secret._file('prometheus'));
  visitTexts(config, (text, path) => {
    if (text.startsWith(secretDir('prometheus', '')) && !mounted.includes(text)) {
      throw new Error(`${where}: '${showPath(path)}' names the file '${text}', which is not mounted${didYouMean(text, mounted)}; give its SecretKey in 'secrets'`);
    }
  });
  const read = new Set<string>();
  visitTexts(config, (text) => read.add(text));
  const idle = mounted.find((file) => !read.has(file));
  if (idle !== undefined) {
    throw new Error(`${where}: secrets: nothing reads the file '${idle}'; name it by a setting that ends in '_file', or leave the SecretKey out`);
  }
}

/** Throws when a key, at any depth, came with a later Prometheus than the one that is to read it. */
export function checkRawVersion(where: string, config: JsonMap, version: string): void {
  const [newer] = newerThan(config, JOB, prometheusSchema(), (since) => atLeast(version, since));
  if (newer !== undefined) {
    throw new Error(`${where}: '${newer.path}' of a scrape_config is there since Prometheus ${newer.since}, and this one is ${version}; choose a newer image`);
  }
}

/** Settings whose files are read when the configuration is loaded, as the wire form calls them. */
const AT_LOAD: { readonly [setting: string]: string } = { ca_file: 'ca', cert_file: 'cert', key_file: 'keySecret' };

/** The files of Secrets that a job names, each under its setting. */
export function filesOf(config: JsonMap, secrets: readonly SecretKey[]): Wire {
  const found: Wire[] = [];
  visitTexts(config, (text, path) => {
    const setting = path[path.length - 1];
    found.push(...secrets.filter((secret) => secret._file('prometheus') === text).map((secret) => ({ [AT_LOAD[setting] ?? setting]: Leaf.secret(secret) })));
  });
  return found;
}
