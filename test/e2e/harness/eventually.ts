import { say } from './progress';

export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}

/**
 * Asks again and again until the probe does not throw, and gives its result. When time is over it throws what was wrong last.
 */
export async function eventually<T>(what: string, seconds: number, probe: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const passed = () => (Date.now() - began) / 1000;
  for (;;) {
    try {
      const result = await probe();
      say(`  ${what}: after ${Math.round(passed())} s`);
      return result;
    } catch (error) {
      if (passed() >= seconds) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`${what}: not so after ${seconds} s. Last time:\n${message}`);
      }
    }
    await sleep(2);
  }
}

/** Asks for that long, and throws as soon as the probe does. */
export async function steadily(what: string, seconds: number, probe: () => Promise<void>): Promise<void> {
  const until = Date.now() + seconds * 1000;
  do {
    await probe();
    await sleep(5);
  } while (Date.now() < until);
  say(`  ${what}: for ${seconds} s`);
}
