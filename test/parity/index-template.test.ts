import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FakeSink, gatewayTo } from './gateway';
import { Sink } from '../../lib';
import { inTempDirAsync, writeFiles } from '../files';
import { gateway } from '../tools';

test('the index template of OpenSearch is put until it is accepted, and the log says why it was not', async () => {
  await inTempDirAsync(async (dir) => {
    const sink = new FakeSink();
    sink.answer = [401, 'Unauthorized'];
    const { files } = gatewayTo(Sink.openSearch({ url: await sink.start(), index: 'shop' }));
    writeFiles(dir, { 'index-template.yaml': files['index-template.yaml'].replace('duration: 5s', 'duration: 200ms') });
    const child = spawn(gateway(), ['-c', path.join(dir, 'index-template.yaml')], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    [child.stdout, child.stderr].forEach((stream) => stream.on('data', (text: Buffer) => said.push(text.toString())));
    try {
      const ended = once(child, 'exit');
      while (sink.received.length < 2) {
        await pause(50);
      }
      sink.answer = [200, '{"acknowledged":true}'];
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
      sink.stop();
    }
    expect(new Set(sink.received.map(({ url }) => url))).toEqual(new Set(['/_index_template/shop']));
    expect(new Set(sink.received.map(({ body }) => JSON.parse(body).index_patterns[0]))).toEqual(new Set(['shop-*']));
    expect(said.join('')).toMatch(/level=warning? .*the sink has not accepted the index template, which is tried again: .*401/);
  });
});
