/** Runs the files by name: the first applies what the others look at, and what has to hold after some minutes comes late. */
module.exports = class ByName {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // nothing is ordered by earlier runs
  }
};
