import { apply, DeployedApp } from './harness/apps';
import { kubectl, KubeObject, parse } from './harness/kubectl';
import { referenceApp } from './harness/reference';
import { given, scenario } from './harness/scenario';

async function versions({ dist }: DeployedApp): Promise<Map<string, string>> {
  const { items } = parse<{ items: KubeObject[] }>(await kubectl(['get', '-R', '-f', dist, '-o', 'json']));
  return new Map(items.map(({ kind, metadata }) => [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, metadata.resourceVersion]));
}

describe('a second apply of the reference app', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await referenceApp();
  });

  scenario('changes nothing: each object keeps its resource version', 60, async () => {
    const before = await versions(app);
    expect(before.size).toBe(app.objects.length);
    await apply(app);
    const after = await versions(app);
    expect([...after].filter(([object, version]) => before.get(object) !== version)).toEqual([]);
  });

  scenario('has no difference to show', 60, async () => {
    await expect(kubectl(['diff', '--server-side', '-R', '-f', app.dist])).resolves.toBe('');
  });
});
