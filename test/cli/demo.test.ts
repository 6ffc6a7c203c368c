import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LongCommand } from './long-command.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

/** Starts the demonstration and waits until it has shown all. */
async function startDemo(dataDir: string): Promise<LongCommand> {
  const demo = new LongCommand(['--data', dataDir, 'demo', '--port', '0']);
  await demo.said('Ctrl-C ends it');
  return demo;
}

// One after another, for it ends and begins again.
describe('the demonstration', { timeout: 240_000, shuffle: false }, () => {
  let rollcall: Rollcall;
  let demo: LongCommand | undefined;

  beforeAll(async () => {
    rollcall = await rollcallOnNewFolder(inProcess);
  });

  afterAll(async () => {
    await demo?.kill();
    await rollcall?.end();
  });

  it('shows every mapping in step and where the console is', async () => {
    demo = await startDemo(rollcall.dataDir);
    expect(demo.stdout).toMatch(/Collection +Group +Status +Members +Completed/);
    expect(demo.stdout).toMatch(/Pilot ring +Intune - Pilot ring +Success +15 /);
    expect(demo.stdout).not.toMatch(/Failed\s+[1-9]|Awaiting|In Progress/);
    const address = /Console +(http:\/\/127\.0\.0\.1:\d+)/.exec(demo.stdout)?.[1];
    const page = await fetch(`${address}/`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Rollcall');
  });

  it('ends cleanly on Ctrl-C, which terminal, npm and a starter each hand on', async () => {
    expect(await demo?.signalled('SIGINT', 3)).toBe(0);
    expect(demo?.stderr).toBe('');
  });

  it('goes on from there on the next start, and keeps what was changed meanwhile', async () => {
    await rollcall.ok(['cloud-sync', 'remove', 'Kiosks', '--group', 'Intune - Kiosks']);
    await rollcall.ok(['collection', 'create', 'Mine', '--type', 'device']);
    demo = await startDemo(rollcall.dataDir);
    expect(demo.stdout).toContain('Intune - Pilot ring');
    expect(demo.stdout).not.toContain('Intune - Kiosks');
    expect(await rollcall.ok(['collection', 'list', '-o', 'csv'])).toContain(',Mine,');
    expect(await demo.signalled('SIGINT')).toBe(0);
  });
});
