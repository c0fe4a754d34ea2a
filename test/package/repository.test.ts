import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly bundledDependencies: readonly string[];
}

const manifest: Manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('package.json', () => {
  test('tests with exactly the version that each peer range starts with, as jsii asks', () => {
    const peers = Object.entries(manifest.peerDependencies);
    expect(peers.map(([name]) => name).sort()).toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs']);
    expect(peers.map(([name]) => [name, `^${manifest.devDependencies[name]}`])).toEqual(peers);
  });

  test('pins every dependency', () => {
    const pinned = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('gives the app that tries the tarball the same versions', () => {
    const app: Pick<Manifest, 'dependencies' | 'devDependencies'> = JSON.parse(
      fs.readFileSync(path.join(root, 'test/consumers/typescript/package.json'), 'utf8'),
    );
    const given = Object.entries({ ...app.dependencies, ...app.devDependencies }).filter(([name]) => name !== 'cdk8s-prometheus');
    expect(given.filter(([name, version]) => version !== manifest.devDependencies[name])).toEqual([]);
  });

  test('bundles what jsii does not know, which is every dependency', () => {
    expect([...manifest.bundledDependencies].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

describe('the files of the repository', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile());

  /** `file:line: text` wherever `pattern` matches in a text file. */
  function matches(pattern: RegExp): string[] {
    return files.flatMap((file) => {
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      return pattern.test(text)
        ? text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : []))
        : [];
    });
  }

  test('name no host of a package registry', () => {
    const hosts = /registry[.]npmjs|registry[.]yarnpkg|proxy[.]golang|sum[.]golang|pypi[.]org|files[.]pythonhosted|crates[.]io|maven[.]org|deb[.]debian/;
    expect(matches(hosts)).toEqual([]);
  });

  test('name no path of the machine that they were written on', () => {
    expect(matches(/(^|[\s'"`=:(])\/(root|work|home\/[a-z]+|Users\/[a-z]+)\/[a-z.]/)).toEqual([]);
  });

  test('have nothing compiled beside them', () => {
    const sources = ['lib', 'imports', 'examples'].flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }));
    expect([...sources, ...fs.readdirSync(root)].filter((file) => /([.]d[.]ts|[.]js)$/.test(file))).toEqual([]);
  });

  test('skip no test', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    const skipping = tests.filter((file) => /\b(describe|it|test)[.](skip|only|todo|failing)\b/.test(fs.readFileSync(path.join(root, file), 'utf8')));
    expect(skipping).toEqual([]);
  });
});
