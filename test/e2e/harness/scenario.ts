import { diagnosis } from './diagnosis';
import { say } from './progress';

/** The same error, which also tells what the cluster looks like. */
async function explained(error: unknown): Promise<unknown> {
  if (!(error instanceof Error)) {
    return error;
  }
  const trace = error.stack?.slice(error.stack.indexOf('\n    at ')) ?? '';
  error.message = `${error.message}\n\n${await diagnosis()}`;
  error.stack = `${error.message}\n${trace}`;
  return error;
}

/** A test on the cluster: says when it begins, and adds to a failure what the cluster looked like. Seconds bound it. */
export function scenario(name: string, seconds: number, body: () => Promise<void>): void {
  it(name, async () => {
    say(name);
    try {
      await body();
    } catch (error) {
      throw await explained(error);
    }
  }, seconds * 1000);
}

/** What has to be there before the tests of a file, within as many seconds. */
export function given(seconds: number, body: () => Promise<void>): void {
  beforeAll(async () => {
    try {
      await body();
    } catch (error) {
      throw await explained(error);
    }
  }, seconds * 1000);
}
