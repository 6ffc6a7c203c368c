// The arrows of the house (docs/architecture.md), enforced. A room is entered by its door, index.ts.
const room = name => `^src/${name}/`;

/** What each room may reach, beside itself and src/base. Anything else is an arrow running backwards. */
const allowed = {
  base: [],
  store: [],
  directory: ['store'],
  inventory: ['store'],
  'collections/wql': [],
  collections: ['inventory', 'store'],
  sources: ['inventory', 'directory', 'store'],
  cloudsync: ['collections', 'inventory', 'directory', 'store'],
  schedule: ['cloudsync', 'collections', 'sources', 'inventory', 'directory', 'store'],
  api: ['schedule', 'cloudsync', 'collections', 'sources', 'inventory', 'directory', 'store'],
  cli: ['api', 'schedule'],
};

const arrows = Object.entries(allowed).map(([name, reaches]) => ({
  name: `arrows-${name.replace('/', '-')}`,
  comment: `${name} may reach only: ${['base', ...reaches].join(', ')}`,
  severity: 'error',
  from: { path: room(name), ...(name === 'collections' ? { pathNot: room('collections/wql') } : {}) },
  to: {
    path: '^(src|emulator|console|test|bench)/',
    // The demonstration, which is in cli, starts the emulator; what else may is said below.
    pathNot: [
      room(name),
      room('base'),
      ...reaches.map(room),
      ...(name === 'cli' ? ['^emulator/index\\.ts$'] : []),
    ],
  },
}));

const doors = {
  name: 'rooms-are-entered-by-their-door',
  comment: 'import from src/<room>/index.ts; collections/wql has a door of its own',
  severity: 'error',
  from: { path: '^src/([^/]+)/' },
  to: {
    path: '^src/([^/]+)/.+',
    pathNot: ['^src/$1/', '^src/base/', '^src/[^/]+/index\\.ts$', '^src/collections/wql/index\\.ts$'],
  },
};

const pure = {
  name: 'pure-rules-do-no-io',
  comment: 'the WQL compiler, the plan and the guard take everything as arguments',
  severity: 'error',
  from: { path: '^src/(collections/wql/|cloudsync/(plan|guard)\\.ts)', pathNot: '\\.test\\.ts$' },
  to: { dependencyTypes: ['core', 'npm'], path: '.' },
};

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...arrows,
    doors,
    pure,
    {
      name: 'emulator-and-product-share-nothing',
      comment: 'two readings of the documentation of Graph that check each other',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/commands/demo' },
      to: { path: '^emulator/' },
    },
    {
      name: 'emulator-stands-alone',
      severity: 'error',
      from: { path: '^emulator/' },
      to: { path: '^(src|console|test|bench)/' },
    },
    {
      name: 'console-speaks-only-http',
      comment: 'the console knows the API by its published types alone',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|emulator|test|bench)/', pathNot: '^src/(api/(contract|client)|base)/' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(node_modules|dist|.rollcall)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
