import { apply, DeployedApp } from './harness/apps';
import { kubectl } from './harness/kubectl';
import { fullStack } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { changedSince, versions } from './harness/versions';

describe('a second apply of the full stack', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await fullStack();
  });

  scenario('changes nothing: each object keeps its resource version', 60, async () => {
    const before = await versions(app);
    expect(before.size).toBe(app.objects.length);
    await apply(app);
    expect(await changedSince(before, app)).toEqual([]);
  });

  scenario('has no difference to show', 60, async () => {
    await expect(kubectl(['diff', '--server-side', '-R', '-f', app.dist])).resolves.toBe('');
  });
});
