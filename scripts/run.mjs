// What the npm scripts do. Runs on any Node from 18: installs what is missing, then hands each step to the
// Node that the repository pins, so that nobody needs a newer one by hand.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The tools, as files that the pinned Node runs. */
const tool = {
  biome: ['node_modules/@biomejs/biome/bin/biome'],
  depcruise: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'],
  tsc: ['node_modules/typescript/bin/tsc'],
  vitest: ['node_modules/vitest/vitest.mjs'],
  vite: ['node_modules/vite/bin/vite.js'],
};

const steps = {
  format: [['formats', [...tool.biome, 'check', '--write', '.']]],
  lint: [
    ['format and lint', [...tool.biome, 'ci', '--error-on-warnings', '.']],
    [
      'arrows between rooms',
      [
        ...tool.depcruise,
        'src',
        'emulator',
        'console',
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'err',
      ],
    ],
  ],
  types: [['types', [...tool.tsc, '--noEmit']]],
  console: [['console', [...tool.vite, 'build', 'console', '--logLevel', 'warn']]],
  unit: [['tests', [...tool.vitest, 'run']]],
  bench: [['benchmarks', ['bench/main.ts']]],
  start: [['rollcall', ['src/main.ts', 'demo']]],
};

const plans = {
  format: ['format'],
  lint: ['lint'],
  types: ['types'],
  unit: ['unit'],
  bench: ['bench'],
  console: ['console'],
  start: ['console', 'start'],
  test: ['lint', 'types', 'console', 'unit'],
};

install();
const [name = 'test', ...more] = process.argv.slice(2);
const plan = plans[name];
if (!plan) fail(`unknown script "${name}"; known: ${Object.keys(plans).join(', ')}`);
for (const [index, part] of plan.entries()) {
  if (part === 'console' && name === 'start' && isConsoleBuilt()) continue;
  for (const [title, args] of steps[part]) {
    const last = index === plan.length - 1;
    if (name === 'test') console.log(`\n── ${title}`);
    // dependency-cruiser warns that it reads TypeScript 7 with its other parser, which is what it is told to do.
    const code = await run(last ? [...args, ...more] : args, args[0] === tool.depcruise[0]);
    if (code !== 0) {
      if (name === 'test' && part !== 'unit') console.log(`\n0 passed, 1 failed`);
      process.exit(code);
    }
  }
}

/** Installs the locked packages when the lock file is not the one that was installed last. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // npm would empty the folder behind the link, which others work with.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(
      'node_modules is a link to a folder whose packages are not those of this package-lock.json.\nInstall them where the link leads, or remove the link and run the command again.',
    );
  }
  console.log('Installing what Rollcall needs (once; about a minute) …');
  // Not on the pinned Node, though npm puts it first in the path of its scripts: it is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: npmsNode = 'node' } = process.env;
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.startsWith(modules));
  const options = {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path.join(delimiter) },
  };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm
    ? spawnSync(npmsNode, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0 || !existsSync(node)) {
    fail(
      'npm could not install the packages.\nCheck the network and the registry settings of npm (npm config list), then run the command again.',
    );
  }
  writeFileSync(stamp, lock);
}

/** Whether the built console is at least as new as every file that it is made from. */
function isConsoleBuilt() {
  const built = join(root, 'console', 'dist', 'index.html');
  if (!existsSync(built)) return false;
  const time = statSync(built).mtimeMs;
  const isOlder = folder =>
    readdirSync(folder, { withFileTypes: true }).every(entry => {
      if (entry.name === 'dist') return true;
      const path = join(folder, entry.name);
      return entry.isDirectory() ? isOlder(path) : statSync(path).mtimeMs <= time;
    });
  return [join(root, 'console'), join(root, 'src', 'api', 'contract')].every(
    folder => !existsSync(folder) || isOlder(folder),
  );
}

/**
 * Runs a tool on the pinned Node and resolves with its exit code.
 * @param quiet holds back what it says on stderr unless it fails
 */
function run(args, quiet = false) {
  return new Promise(resolve => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      stdio: ['inherit', 'inherit', quiet ? 'pipe' : 'inherit'],
      env: {
        // What has been compiled once is kept: all starts sooner and takes less memory.
        NODE_COMPILE_CACHE: join(modules, '.cache', 'compiled'),
        ...process.env,
        PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
      },
    });
    let held = '';
    child.stderr?.on('data', chunk => {
      held += chunk;
    });
    // A terminal sends Ctrl-C to every process of the command, so the child has it already.
    const forward = signal => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.on('exit', (code, signal) => {
      for (const each of ['SIGINT', 'SIGTERM']) process.off(each, forward);
      if (code !== 0) process.stderr.write(held);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
