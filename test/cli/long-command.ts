import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { bareEnvironment } from './rollcall.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** A command that runs until it is told to end, in a process of its own. */
export class LongCommand {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(words: readonly string[]) {
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', chunk => {
      this.stdout += chunk;
    });
    this.#child.stderr?.on('data', chunk => {
      this.stderr += chunk;
    });
    this.#ended = new Promise(done => this.#child.on('close', done));
  }

  /** Resolves when it has written a text to stdout; fails when it ends before. */
  async said(text: string): Promise<void> {
    const told = new Promise<void>(done => {
      const look = () => this.stdout.includes(text) && done();
      this.#child.stdout?.on('data', look);
      look();
    });
    const code = await Promise.race([told, this.#ended]);
    if (code !== undefined) throw new Error(`it ended with ${code}\n${this.stdout}${this.stderr}`);
  }

  /** Sends it a signal, `times` in a row. @returns the exit code that follows */
  signalled(signal: 'SIGINT' | 'SIGTERM', times = 1): Promise<number | null> {
    for (let i = 0; i < times; i += 1) this.#child.kill(signal);
    return this.#ended;
  }

  /** Ends it by force where a test has failed. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
