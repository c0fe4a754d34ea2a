import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { DRAWN, NOTE } from './drawing';

const run = promisify(execFile);
const CHROMIUM = process.env.CHROMIUM ?? 'chromium-headless-shell';

/** Size of a picture, and the number of panels in it. */
interface Shot {
  readonly width: number;
  readonly height: number;
  readonly panels: number;
}

/** Writes a picture of a page, and gives what it notes. Throws when the page reports an error, or does not come to its end. */
export async function shoot(html: string, png: string, { width, height, panels }: Shot): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'picture-'));
  try {
    const page = path.join(folder, 'page.html');
    fs.writeFileSync(page, html);
    const { stderr } = await run(CHROMIUM, [
      '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-color-profile=srgb', '--enable-logging=stderr', `--user-data-dir=${folder}/profile`,
      `--window-size=${width},${height}`, '--virtual-time-budget=15000', '--run-all-compositor-stages-before-draw', `--screenshot=${path.resolve(png)}`,
      `file://${page}`,
    ], { timeout: 120_000, maxBuffer: 1 << 26 });
    const said = stderr.split('\n').flatMap((line) => /:CONSOLE[^"]*"(.*)", source:/.exec(line)?.[1] ?? []);
    const faults = said.filter((line) => !line.startsWith(DRAWN) && !line.startsWith(NOTE));
    if (faults.length > 0 || !said.includes(`${DRAWN} ${panels}`)) {
      throw new Error(['the page is not drawn as it should be', ...new Set(faults), ...said.filter((line) => line.startsWith(DRAWN))].join('\n  '));
    }
    return said.filter((line) => line.startsWith(NOTE));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Makes a picture smaller: 256 colours. */
export async function quantize(png: string): Promise<void> {
  await run('pngquant', ['--force', '--skip-if-larger', '--strip', '--speed', '1', '--output', png, '256', png]).catch((error: unknown) => {
    // 98: it would be larger.
    if (!(error instanceof Error && 'code' in error && error.code === 98)) {
      throw error;
    }
  });
}
