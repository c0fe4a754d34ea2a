import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import type { Drawing } from './drawing';

const GRAFANA_UI = path.join(__dirname, 'node_modules/@grafana/ui');
/** Editors and maps: never drawn here, and the greater part of what Grafana's components import. */
const UNUSED = /^(monaco-editor|react-monaco-editor|ol|geotiff)(\/|$)/;

/** The script and the styles of the page, the same for all dashboards. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
  /** Grafana's icons by their paths. */
  readonly icons: Readonly<Record<string, string>>;
}

function iconsOf(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svg'));
  return Object.fromEntries(files.map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
}

/** Bundles the page. */
export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(__dirname, 'page/index.tsx')],
    outdir: 'out',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    jsx: 'automatic',
    logLevel: 'warning',
    nodePaths: [path.join(__dirname, 'node_modules')],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', 'global': 'globalThis' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl', '.ttf': 'empty' },
    plugins: [{
      name: 'unused',
      setup(build) {
        build.onResolve({ filter: UNUSED }, (found) => ({ path: found.path, namespace: 'unused' }));
        build.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = new Proxy({}, { get: () => class {} })' }));
      },
    }],
  });
  const text = (extension: string): string => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { script: text('.js'), style: text('.css'), icons: iconsOf(path.join(GRAFANA_UI, 'dist/public/img/icons')) };
}

/** A page that draws a dashboard, and needs no other file. */
export function htmlOf(drawing: Drawing, { script, style, icons }: Bundle): string {
  const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
  return [
    '<!doctype html><meta charset="utf-8">',
    `<style>${style}</style><body style="margin:0"><div id="root"></div>`,
    `<script>globalThis.DRAWING=${json(drawing)};globalThis.ICONS=${json(icons)}</script>`,
    `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`,
  ].join('\n');
}
