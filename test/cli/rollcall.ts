import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The real command on a data folder of its own. */
export interface Rollcall {
  readonly dataDir: string;
  /** Runs `rollcall --data … <words>` as a process of its own. */
  run(words: readonly string[], given?: { env?: Record<string, string>; stdin?: string }): Promise<Ended>;
  /** Runs it with -o json; fails unless it ends with one of `codes` (0 by default). */
  json(words: readonly string[], codes?: readonly number[]): Promise<unknown>;
  /** Runs it and fails unless it ends with 0. */
  ok(words: readonly string[], given?: { env?: Record<string, string>; stdin?: string }): Promise<string>;
  end(): Promise<void>;
}

/** Makes a data folder, and the command to work on it. */
export async function rollcallOnNewFolder(): Promise<Rollcall> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-cli-'));
  const run: Rollcall['run'] = (words, given = {}) => runCommand(['--data', dataDir, ...words], given);
  return {
    dataDir,
    run,
    async json(words, codes = [0]) {
      const ended = await run([...words, '-o', 'json']);
      if (!codes.includes(ended.code ?? -1)) throw unexpected(words, ended);
      return JSON.parse(ended.stdout);
    },
    async ok(words, given) {
      const ended = await run(words, given);
      if (ended.code !== 0) throw unexpected(words, ended);
      return ended.stdout;
    },
    end: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** Runs the command as a process of its own, with nothing of this one's environment that would steer it. */
export function runCommand(
  words: readonly string[],
  { env = {}, stdin = '' }: { env?: Record<string, string>; stdin?: string },
): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), NO_PROXY: '127.0.0.1', ...env },
    });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      ended.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString();
    });
    child.on('error', failed);
    child.on('close', code => done({ ...ended, code }));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

function unexpected(words: readonly string[], ended: Ended): Error {
  return new Error(`rollcall ${words.join(' ')} ended with ${ended.code}\n${ended.stdout}${ended.stderr}`);
}
