// The Go modules of the tools: promtool, amtool and rulecost in the versions of the images, parity around the operator's,
// gateway around Bento's, and Telegraf with some of its plugins.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { programs } from './programs.mjs';
import { TELEGRAF_TAGS } from '../telegraf/plugins.mjs';

const tools = path.join(import.meta.dirname, '..');
const TAGS = 'netgo,remove_all_sd,enable_kubernetes_sd,enable_dns_sd';

/** What each module requires, and what else has to be in its go.sum; each has its own dependencies, in the versions of its release. */
function wanted(versions) {
  const required = (name, module = programs[name].module) => `${module}@${programs[name].moduleOf(versions[name])}`;
  const tool = (folder, name) => {
    const command = `${programs[name].module}/cmd/${folder}`;
    return { folder, get: ['-tool', required(name, command)], requires: [required(name)], uses: [command] };
  };
  const operator = [required('prometheusOperator'), required('prometheusOperator', programs.prometheusOperator.also[0])];
  return [
    tool('promtool', 'prometheus'),
    tool('amtool', 'alertmanager'),
    // Prometheus and Alertmanager in it are those that the operator's release requires: its code need not compile with newer ones.
    { folder: 'parity', get: operator, requires: operator, uses: ['.'] },
    { folder: 'rulecost', get: [required('prometheus')], requires: [required('prometheus')], uses: ['.'] },
    { folder: 'adapter', get: [required('prometheusAdapter')], requires: [required('prometheusAdapter')], uses: ['.'] },
    { folder: 'gateway', get: [required('bento')], requires: [required('bento')], uses: ['.'] },
    // No tool: that would be one with all plugins.
    {
      folder: 'telegraf', get: [required('telegraf')], requires: [required('telegraf')], uses: [`${programs.telegraf.module}/cmd/telegraf`], tags: TELEGRAF_TAGS,
    },
  ];
}

/** Whether a go.mod requires exactly these. */
function requiresAll(file, requires) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return requires.every((one) => text.split('\n').some((line) => line.trim().replace(/^require /, '').replace(/ \/\/ indirect$/, '') === one.replace('@', ' ')));
}

/** go.mod and go.sum made from nothing but what is required, so that nothing of older versions stays. */
function made({ folder, get, uses, tags = TAGS }) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'versions-'));
  const go = (...args) => execFileSync('go', args, {
    cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26, env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  });
  try {
    const sources = path.join(tools, folder);
    fs.mkdirSync(sources, { recursive: true });
    fs.readdirSync(sources).filter((file) => file.endsWith('.go')).forEach((file) => fs.copyFileSync(path.join(sources, file), path.join(scratch, file)));
    fs.writeFileSync(path.join(scratch, 'go.mod'), `module ${path.posix.join('cdk8s-prometheus/tools', folder)}\n\ngo 1.26.0\n`);
    go('get', ...get);
    fs.rmSync(path.join(scratch, 'go.sum'));
    go('list', '-mod=mod', '-deps', '-tags', tags, ...uses);
    return ['go.mod', 'go.sum'].map((file) => [path.posix.join('tools', folder, file), fs.readFileSync(path.join(scratch, file), 'utf8')]);
  } catch (error) {
    throw new Error(`tools/${folder}: ${error.stderr || error.message}`);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** The text of the files of each module that does not require what it should, by their paths in the repository. */
export function modules(versions) {
  return new Map(wanted(versions).filter(({ folder, requires }) => !requiresAll(path.join(tools, folder, 'go.mod'), requires)).flatMap(made));
}
