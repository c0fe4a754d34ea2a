#!/usr/bin/env node
// Prints the absolute path of a folder with the jars of kafka or opensearch, which Maven fetches once, as the pom.xml beside this file says, into the
// git-ignored folder tools/bin. Both run by the java of PATH.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

const here = import.meta.dirname;
const bin = path.join(here, '..', 'bin');
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';

/** Output of a program. Throws where it is missing or fails. */
function outputOf(program, args, wanted) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) {
    throw new Error(`'${program}' is not on PATH (${error.code}); install ${wanted}`);
  }
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${`${stdout}${stderr}`.trim().slice(-3000)}`);
  }
  return `${stdout}${stderr}`;
}

/** Kafka 4.1 needs Java 17; OpenSearch 2.19 a security manager, which Java 24 has no more. */
function checkJava() {
  const said = outputOf('java', ['-version'], 'a Java runtime, 17 to 23');
  const [, version] = /version "(\d+)/.exec(said) ?? [];
  if (Number(version) < 17 || Number(version) > 23) {
    throw new Error(`'java' on PATH is of version ${version}; put one of 17 to 23 first`);
  }
}

function get(name) {
  const pom = path.join(here, name, 'pom.xml');
  if (name === undefined || !fs.existsSync(pom)) {
    throw new Error(`'${name}' is not known; name 'kafka' or 'opensearch'`);
  }
  checkJava();
  const text = fs.readFileSync(pom, 'utf8');
  const folder = path.join(bin, `${name}-${/<version>([^<]+)/.exec(text)[1]}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`);
  if (!fs.existsSync(folder)) {
    console.error(`the jars of ${name} are not there yet: fetching them by Maven, once, into tools/bin`);
    fs.mkdirSync(bin, { recursive: true });
    const partial = fs.mkdtempSync(`${folder}.`);
    try {
      outputOf('mvn', ['-B', '-q', '-f', pom, COPY, `-DoutputDirectory=${partial}`, '-DincludeScope=runtime'], 'Maven 3.6 or newer, which fetches the jars');
      fs.chmodSync(partial, 0o755);
      fs.renameSync(partial, folder);
    } finally {
      fs.rmSync(partial, { recursive: true, force: true });
    }
  }
  return folder;
}

try {
  console.log(get(process.argv[2] ?? ''));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
