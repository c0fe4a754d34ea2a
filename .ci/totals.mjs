// Prints what all runs of jest whose results lie in the folder add up to.
import * as fs from 'node:fs';
import * as path from 'node:path';

const [folder] = process.argv.slice(2);
const results = fs.existsSync(folder)
  ? fs.readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')))
  : [];
const sum = (count) => results.reduce((total, result) => total + count(result), 0);

// A file that does not even load fails as a whole.
const failed = sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites);
console.log(`${sum((result) => result.numPassedTests)} passed, ${failed} failed`);
