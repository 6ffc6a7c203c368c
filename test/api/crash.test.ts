import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../emulator/index.ts';
import { type Client, createClient, jobResult } from '../../src/api/index.ts';
import { connect } from './entra.ts';
import { application, dataFolder, finished, imported } from './house.ts';

/** Starts a server in a process of its own on a data folder. */
async function serverProcess(dataDir: string): Promise<{ child: ChildProcess; client: Client }> {
  const script = join(import.meta.dirname, 'server-process.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  const client = createClient(async request => {
    const { method, headers } = request;
    const body = request.body === undefined ? {} : { body: request.body as string };
    const answer = await fetch(url + request.url, { method, headers, ...body });
    return { status: answer.status, body: await answer.text() };
  }, token);
  return { child, client };
}

describe('a server that is killed in the middle of a job', () => {
  it('tells the job as interrupted at its next start, and doing it again completes it', async () => {
    const dataDir = await dataFolder();
    const { child, client } = await serverProcess(dataDir);
    const records = Array.from({ length: 30_000 }, (_, n) => ({ type: 'device', name: `PC${n}` }));
    const body = records.map(record => JSON.stringify(record)).join('\n');
    const { id } = await client.call('importResources', { body });
    for (let started = false; !started; ) {
      const job = await client.call('getJob', { params: { id } });
      expect(job.state).not.toBe('succeeded');
      started = (job.progress?.done ?? 0) > 0;
    }
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;

    const app = await application({ dataDir });
    const job = await app.client.call('getJob', { params: { id } });
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'job-interrupted' } });
    const again = jobResult(await imported(app, records), 'import');
    expect(again.created + again.unchanged + again.changed).toBe(30_000);
    expect(again.created).toBeLessThan(30_000);
    expect(jobResult(await imported(app, records), 'import')).toMatchObject({ unchanged: 30_000 });
  });

  it('begins what was still queued', async () => {
    const dataDir = await dataFolder();
    const { child, client } = await serverProcess(dataDir);
    const records = Array.from({ length: 40_000 }, (_, n) => ({ type: 'device', name: `PC${n}` }));
    const body = records.map(record => JSON.stringify(record)).join('\n');
    await client.call('importResources', { body });
    const queued = await client.call('importResources', { body: '{"type":"user","name":"ann"}' });
    expect(queued.state).toBe('queued');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;

    const app = await application({ dataDir });
    expect(jobResult(await finished(app, queued), 'import')).toMatchObject({ created: 1 });
  });

  it('ends in the right group at the next run, whatever was on its way, and then writes nothing', async () => {
    const entra = await startEmulator({ throttling: false });
    onTestFinished(() => entra.close());
    const devices = Array.from({ length: 600 }, (_, n) => entra.tenant.addDevice({ displayName: `PC${n}` }));
    const group = entra.tenant.addGroup({ displayName: 'Group1' });
    const dataDir = await dataFolder();
    const { child, client } = await serverProcess(dataDir);
    await connect(client, entra);
    const records = devices.map(({ displayName, deviceId }) => ({
      type: 'device',
      name: displayName,
      entraDeviceId: deviceId,
    }));
    await imported({ client }, records);
    await client.call('addMapping', { body: { collection: 'SMS00001', group: 'Group1' } });
    // The first changes go through; nobody hears what became of those after them.
    const lost = entra.faults.add({
      ...{ method: 'PATCH', path: '/groups/', where: 'batch', skip: 10, times: 1_000 },
      action: { kind: 'hang', apply: true },
    });
    const { id } = await client.call('synchronize', { body: {} });
    while (lost.happened === 0) await client.call('getJob', { params: { id } });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    lost.remove();
    expect(entra.tenant.members(group.id).length).toBeLessThan(600);

    const app = await application({ dataDir });
    const run = async () =>
      jobResult(await finished(app, await app.client.call('synchronize', { body: {} })), 'synchronize');
    expect(await run()).toMatchObject({ outcome: 'done' });
    expect(entra.tenant.members(group.id)).toHaveLength(600);
    const { writes } = entra.counters;
    expect(await run()).toMatchObject({ outcome: 'done' });
    expect(entra.counters.writes).toBe(writes);
    const { items } = await app.client.call('listMappings', {});
    expect(items).toMatchObject([{ status: 'Success', memberCount: 600, syncCompleted: 600 }]);
  });

  it('goes on with discovery where the last stored page ended', async () => {
    const entra = await startEmulator({ throttling: false, deltaPageSize: 5 });
    onTestFinished(() => entra.close());
    for (let n = 0; n < 300; n += 1) entra.tenant.addDevice({ displayName: `PC${n}` });
    const dataDir = await dataFolder();
    const { child, client } = await serverProcess(dataDir);
    await connect(client, entra);
    const silence = entra.faults.add({
      ...{ path: '/devices/delta', skip: 10, times: 1_000 },
      action: { kind: 'hang', apply: false },
    });
    const { id } = await client.call('discover', { body: {} });
    while (silence.happened === 0) await client.call('getJob', { params: { id } });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    silence.remove();
    entra.log.clear();

    const app = await application({ dataDir });
    const job = await finished(app, await app.client.call('discover', { body: {} }));
    expect(jobResult(job, 'discover')).toMatchObject([{ kind: 'device', objectCount: 300, error: null }, {}]);
    const pages = entra.log.entries({ path: '/devices/delta' });
    expect(pages.length).toBeLessThanOrEqual(51);
    expect(pages.some(page => page.path.includes('select'))).toBe(false);
  }, 120_000);
});

describe('a server whose secret has ended', () => {
  it('goes on without a restart when tenant set gives another: its engine notices', async () => {
    const entra = await startEmulator({ throttling: false });
    onTestFinished(() => entra.close());
    const dataDir = await dataFolder();
    const { client } = await serverProcess(dataDir);
    await connect(client, entra);
    const discovered = async () => await finished({ client }, await client.call('discover', { body: {} }));
    expect(await discovered()).toMatchObject({ state: 'succeeded' });
    entra.tenant.expireSecrets(entra.app.appId);
    entra.tenant.expireAccessTokens();
    expect(await discovered()).toMatchObject({ state: 'failed', problem: { code: 'AADSTS7000222' } });
    entra.tenant.addSecret(entra.app.appId, 'the-new-secret');
    const credential = { kind: 'client-secret', secret: 'the-new-secret' } as const;
    await client.call('updateTenant', { params: { ref: 'Contoso' }, body: { credential } });
    expect(await discovered()).toMatchObject({ state: 'succeeded' });
  });
});
