/**
 * The floors of lib, lowest first: a folder imports only from floors below its own, and folders on one floor do not
 * import each other. Files at the top of lib, except its index, are the lowest floor.
 */
const floors = [
  ['generated'],
  ['promql', 'templates', 'kubernetes'],
  ['wire'],
  ['monitoring'],
  ['components'],
  ['backend'],
  ['server', 'operator'],
  ['grafana'],
  ['long-term', 'metrics-api'],
  ['stack'],
];

/**
 * Parts of lib/monitoring that know nothing of each other; what lies beside them in lib/monitoring may use all of them. All may use `http`, which
 * uses none.
 */
const parts = ['scrape', 'rules', 'routing', 'dashboards'];

const ground = '[^/]+[.]ts$';
const index = '^lib/index[.]ts$';

const upward = floors.flatMap((folders, i) => folders.map((folder) => ({
  name: `floor-of-${folder}`,
  comment: `lib/${folder} imports from itself and the floors below it only, see CONTRIBUTING.md`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { path: '^lib/', pathNot: [`^lib/(${[folder, ...floors.slice(0, i).flat()].join('|')})/`, `^lib/(?!index[.]ts)${ground}`] },
})));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'custom-resources',
      comment: 'the L1 classes of custom resources stay private to the backend that writes them',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/operator/' },
      to: { path: '^imports/' },
    },
    {
      name: 'ground-floor',
      comment: 'files at the top of lib are used by every floor and use none, but for lists that are generated',
      severity: 'error',
      from: { path: `^lib/${ground}`, pathNot: index },
      to: { path: ['^lib/[^/]+/', index], pathNot: '^lib/generated/' },
    },
    {
      name: 'folder-without-floor',
      comment: 'every folder of lib has a floor in .dependency-cruiser.cjs',
      severity: 'error',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/(${floors.flat().join('|')})/` },
    },
    {
      name: 'parts-of-monitoring',
      comment: `${parts.join(', ')} describe different things and do not import each other, nor what lies above them in lib/monitoring`,
      severity: 'error',
      from: { path: `^lib/monitoring/(${parts.join('|')})/` },
      to: { path: [`^lib/monitoring/(${parts.join('|')})/`, '^lib/monitoring/index[.]ts$'], pathNot: '^lib/monitoring/$1/' },
    },
    {
      name: 'http-of-monitoring',
      comment: 'HTTP clients are the same for all that lib/monitoring describes, and lie beneath it',
      severity: 'error',
      from: { path: '^lib/monitoring/http/' },
      to: { path: '^lib/monitoring/', pathNot: '^lib/monitoring/http/' },
    },
    {
      name: 'one-folder-per-component',
      comment: 'the folders of lib/components do not import each other; what they share lies beside them',
      severity: 'error',
      from: { path: '^lib/components/([^/]+)/' },
      to: { path: ['^lib/components/[^/]+/', '^lib/components/index[.]ts$'], pathNot: '^lib/components/$1/' },
    },
    {
      name: 'outside-of-lib',
      comment: 'lib is what the package ships: it imports nothing of the rest of the repository',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(test|examples|tools|bench|dashboards|main[.]ts)' },
    },
    {
      name: 'undeclared',
      comment: 'the package imports only what its dependencies and peerDependencies name',
      severity: 'error',
      from: { path: '^(lib|imports)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-bundled'],
      },
    },
    {
      name: 'unresolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'cycle',
      comment: 'files that import each other cannot be read one after the other',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^build/', '(^|/)dist/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'require', 'node', 'default'],
    },
  },
};
