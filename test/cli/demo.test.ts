import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** A demonstration under way in a process of its own. */
class Demo {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(dataDir: string) {
    const words = ['--data', dataDir, 'demo', '--port', '0'];
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), NO_PROXY: '127.0.0.1' },
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

  /** Resolves when it has said where the console is. */
  async shown(): Promise<void> {
    const told = new Promise<void>(done => {
      this.#child.stdout?.on('data', () => this.stdout.includes('Ctrl-C ends it') && done());
    });
    const code = await Promise.race([told, this.#ended]);
    if (code !== undefined)
      throw new Error(`the demonstration ended with ${code}\n${this.stdout}${this.stderr}`);
  }

  /** Presses Ctrl-C, as often as a terminal, npm and a starter hand it on. */
  async interrupted(): Promise<number | null> {
    for (let i = 0; i < 3; i += 1) this.#child.kill('SIGINT');
    return this.#ended;
  }

  /** Ends it by force where a test has failed. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

describe('the demonstration', { timeout: 240_000 }, () => {
  let rollcall: Rollcall;
  let demo: Demo | undefined;

  beforeAll(async () => {
    rollcall = await rollcallOnNewFolder(inProcess);
  });

  afterAll(async () => {
    await demo?.end();
    await rollcall?.end();
  });

  it('shows every mapping in step and where the console is', async () => {
    demo = new Demo(rollcall.dataDir);
    await demo.shown();
    expect(demo.stdout).toMatch(/Collection +Group +Status +Members +Completed/);
    expect(demo.stdout).toMatch(/Pilot ring +Intune - Pilot ring +Success +15 /);
    expect(demo.stdout).not.toMatch(/Failed\s+[1-9]|Awaiting|In Progress/);
    const address = /Console +(http:\/\/127\.0\.0\.1:\d+)/.exec(demo.stdout)?.[1];
    const page = await fetch(`${address}/`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Rollcall');
  });

  it('ends cleanly on Ctrl-C', async () => {
    expect(await demo?.interrupted()).toBe(0);
    expect(demo?.stderr).toBe('');
  });

  it('goes on from there on the next start, and keeps what was changed meanwhile', async () => {
    await rollcall.ok(['cloud-sync', 'remove', 'Kiosks', '--group', 'Intune - Kiosks']);
    await rollcall.ok(['collection', 'create', 'Mine', '--type', 'device']);
    demo = new Demo(rollcall.dataDir);
    await demo.shown();
    expect(demo.stdout).toContain('Intune - Pilot ring');
    expect(demo.stdout).not.toContain('Intune - Kiosks');
    expect(await rollcall.ok(['collection', 'list', '-o', 'csv'])).toContain(',Mine,');
    expect(await demo.interrupted()).toBe(0);
  });
});
