const started = Number(process.env.E2E_STARTED ?? Date.now());

/** Says on standard error what happens, with the seconds since the run began. */
export function say(text: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`[${String(seconds).padStart(4)} s] ${text}\n`);
}
