#!/usr/bin/env node
// Starts the `rollcall` command on the Node that this package pins, whatever Node started this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const entry = join(root, 'src', 'main.ts');

if (!existsSync(join(root, 'node_modules'))) {
  console.error('Rollcall is not installed yet.\nRun "npm start" or "npm ci" in its folder first.');
  process.exit(1);
}

const node = existsSync(pinned) ? pinned : process.execPath;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // What has been compiled once is kept beside the packages: it starts sooner and takes 25 MiB less.
  env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env },
});
// A terminal sends Ctrl-C to both; anybody else only to us. The child decides when it is done, and its exit is ours.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
