import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { run as runHere } from '../../src/cli/index.ts';
import { fakeTerminal } from './fake-terminal.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What a command is given beside its words. */
export interface Given {
  env?: Record<string, string>;
  stdin?: string;
  /** What somebody types who sits at the terminal; only in this process. */
  keys?: string;
}

/** Runs a command to its end. */
export type RunCommand = (words: readonly string[], given?: Given) => Promise<Ended>;

/** The command on a data folder of its own. */
export interface Rollcall {
  readonly dataDir: string;
  /** Runs `rollcall --data … <words>`. */
  run: RunCommand;
  /** Runs it with -o json; fails unless it ends with one of `codes` (0 by default). */
  json(words: readonly string[], codes?: readonly number[]): Promise<unknown>;
  /** Runs it and fails unless it ends with 0. */
  ok(words: readonly string[], given?: Given): Promise<string>;
  end(): Promise<void>;
}

/**
 * Makes a data folder, and the command to work on it.
 * @param looking runs what is asked for as JSON, where that is not to be run as all else is
 */
export async function rollcallOnNewFolder(command: RunCommand, looking = command): Promise<Rollcall> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-cli-'));
  const run: RunCommand = (words, given = {}) => command(['--data', dataDir, ...words], given);
  return {
    dataDir,
    run,
    async json(words, codes = [0]) {
      const ended = await looking(['--data', dataDir, ...words, '-o', 'json']);
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

/** The environment of a process that a test starts: nothing of this one's that would steer it. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const bare = { PATH, HOME: tmpdir(), NO_PROXY: '127.0.0.1' };
  return NODE_COMPILE_CACHE === undefined ? bare : { ...bare, NODE_COMPILE_CACHE };
}

/** The real thing: a process of its own. */
export const asProcess: RunCommand = (words, { env = {}, stdin = '' } = {}) =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
      env: { ...bareEnvironment(), ...env },
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

/** The same command in this process: for the many cases in which starting a process proves nothing more. */
export const inProcess: RunCommand = async (words, { env = {}, stdin = '', keys } = {}) => {
  const given = keys === undefined ? { stdin: Readable.from([Buffer.from(stdin)]) } : { keys };
  const terminal = fakeTerminal({ env, ...given });
  const code = await runHere(words, terminal);
  return { code, ...terminal.written() };
};

function unexpected(words: readonly string[], ended: Ended): Error {
  return new Error(`rollcall ${words.join(' ')} ended with ${ended.code}\n${ended.stdout}${ended.stderr}`);
}
