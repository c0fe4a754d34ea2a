import { ChildProcess, spawn } from 'node:child_process';
import { HttpApi } from '../../../dashboards/live/http-api';
import type { PrometheusApi } from './prometheus-api';

/**
 * Reaches Prometheus servers through one `kubectl proxy`, which runs while the tests of a file do: hundreds of queries take a kubectl each otherwise.
 */
export function queriesByProxy(): (prometheus: PrometheusApi) => HttpApi {
  let child: ChildProcess | undefined;
  let address = '';

  beforeAll(async () => {
    const proxy = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = proxy;
    address = await new Promise((resolve, reject) => {
      proxy.on('error', reject);
      proxy.on('exit', (status) => reject(new Error(`kubectl proxy ended with ${status ?? 'a signal'}`)));
      proxy.stdout.on('data', (text: Buffer) => {
        const [, found] = /Starting to serve on (\S+)/.exec(text.toString()) ?? [];
        if (found !== undefined) {
          resolve(found);
        }
      });
    });
  }, 30_000);

  afterAll(() => {
    child?.kill();
  });

  return (prometheus) => new HttpApi(async (path) => (await fetch(`http://${address}${prometheus.path}${path}`)).text());
}
