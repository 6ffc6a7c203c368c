import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LongCommand } from './long-command.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// One after another, for the last one ends it.
describe('the server', { shuffle: false }, () => {
  let rollcall: Rollcall;
  let server: LongCommand;
  let url: string;

  beforeAll(async () => {
    rollcall = await rollcallOnNewFolder(inProcess);
    server = new LongCommand(['--data', rollcall.dataDir, 'serve', '--port', '0']);
    await server.said('Ctrl-C ends it');
    url = /Rollcall is at (\S+)/.exec(server.stdout)?.[1] ?? '';
  }, 120_000);

  afterAll(async () => {
    await server?.kill();
    await rollcall?.end();
  });

  const through = (words: readonly string[], env: Record<string, string> = {}, stdin = '') =>
    inProcess(['--server', url, ...words], { env, stdin });
  const tokenFile = () => ['--token-file', join(rollcall.dataDir, 'token')];

  it('shows its first token once, and keeps it where only its owner reads it', async () => {
    const token = (await readFile(join(rollcall.dataDir, 'token'), 'utf8')).trim();
    expect(server.stdout).toContain(token);
    expect((await stat(join(rollcall.dataDir, 'token'))).mode & 0o077).toBe(0);
    expect(server.stderr).not.toContain(token);
  });

  it('takes an import over the network and shows what came of it', async () => {
    const line = JSON.stringify({ type: 'device', name: 'PC-1' });
    const imported = await through(
      [...tokenFile(), 'resource', 'import', '-', '--format', 'ndjson'],
      {},
      line,
    );
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    const listed = await through([...tokenFile(), 'resource', 'list', '-o', 'json']);
    expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ name: 'PC-1', type: 'device' })]);
  });

  it('pages through long lists', async () => {
    const lines = Array.from({ length: 1_500 }, (_, i) =>
      JSON.stringify({ type: 'device', name: `Many-${i}` }),
    );
    await writeFile(join(rollcall.dataDir, 'many.ndjson'), lines.join('\n'));
    await through([...tokenFile(), 'resource', 'import', join(rollcall.dataDir, 'many.ndjson')]);
    const words = [...tokenFile(), 'resource', 'list', '--search', 'Many-'];
    const all = await through([...words, '-o', 'json']);
    expect(new Set(JSON.parse(all.stdout).map((row: { name: string }) => row.name)).size).toBe(1_500);
    const table = await through(words);
    expect(table.stdout).toContain('only the first 100 are shown');
  });

  it('refuses a wrong token, with exit 1 and what to do', async () => {
    const ended = await through(['tenant', 'list'], { ROLLCALL_TOKEN: 'rollcall_wrong' });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(ended.stderr).toContain('token');
  });

  it('ends cleanly when it is told to', async () => {
    expect(await server.signalled('SIGTERM')).toBe(0);
  });
});
