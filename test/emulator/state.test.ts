import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../../emulator/index.ts';
import { caller, connect, devices, start } from './harness.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-emulator-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a state file', () => {
  test('lets a second start go on with what was there: objects, members, secrets, certificate, delta links', async () => {
    const stateFile = join(folder, 'tenant.json');
    const first = await startEmulator({ stateFile });
    const client = connect(first);
    const user = first.tenant.addUser({ displayName: 'Ann' });
    const gone = first.tenant.addUser({ displayName: 'Bob' });
    const group = first.tenant.addGroup({ displayName: 'G', members: [user.id, gone.id], owners: [user.id] });
    first.tenant.deleteObject(gone.id);
    const delta = await client.graph('GET', '/users/delta?$select=displayName');
    await first.close();
    if (process.platform !== 'win32') expect((await stat(stateFile)).mode & 0o777).toBe(0o600);

    const second = await startEmulator({ stateFile });
    const again = connect(second);
    try {
      expect(second.credentials).toEqual(first.credentials);
      expect(second.caPem).toBe(first.caPem);
      expect(second.tenant.members(group.id)).toEqual([user.id]);
      expect(second.tenant.owners(group.id)).toEqual([user.id]);
      second.tenant.restoreObject(gone.id);
      expect(second.tenant.members(group.id)).toEqual([user.id, gone.id]);
      const link = new URL(delta.body['@odata.deltaLink']);
      const next = await again.graph('GET', `${link.pathname}${link.search}`.replace('/v1.0', ''));
      expect(next.body.value).toEqual([{ id: gone.id, displayName: 'Bob' }]);
    } finally {
      await second.close();
    }
  });

  test('answers 410 to delta links that do not know everything before the last save', async () => {
    const stateFile = join(folder, 'tenant.json');
    const first = await startEmulator({ stateFile });
    const delta = await connect(first).graph('GET', '/users/delta');
    first.tenant.addUser();
    await first.close();
    const second = await startEmulator({ stateFile });
    try {
      const link = new URL(delta.body['@odata.deltaLink']);
      const answer = await connect(second).graph(
        'GET',
        `${link.pathname}${link.search}`.replace('/v1.0', ''),
      );
      expect(answer.status).toBe(410);
    } finally {
      await second.close();
    }
  });

  test('is left alone by a start that finds its port taken', async () => {
    const running = await start();
    const { port } = new URL(running.emulator.graphUrl);
    const stateFile = join(folder, 'tenant.json');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await expect(startEmulator({ stateFile, port: Number(port) })).rejects.toMatchObject({
        code: 'EADDRINUSE',
      });
      await vi.advanceTimersByTimeAsync(60_000);
    } finally {
      vi.useRealTimers();
    }
    await expect(stat(stateFile)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is written while the tenant changes, without being asked', async () => {
    const stateFile = join(folder, 'tenant.json');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const emulator = await startEmulator({ stateFile });
    try {
      const user = emulator.tenant.addUser({ displayName: 'Ann' });
      await vi.advanceTimersByTimeAsync(5000);
      await vi.waitFor(async () => expect(await readFile(stateFile, 'utf8')).toContain(user.id));
    } finally {
      vi.useRealTimers();
      await emulator.close();
    }
  });

  test('is refused where it is something else', async () => {
    const stateFile = join(folder, 'tenant.json');
    await writeFile(stateFile, 'hello');
    await expect(startEmulator({ stateFile })).rejects.toThrow(/is not a state file of the emulator/);
    expect(await readFile(stateFile, 'utf8')).toBe('hello');
  });
});

test('a snapshot puts the tenant back', async () => {
  const client = await start();
  const { tenant, app } = client.emulator;
  const ids = devices(client, 3);
  const group = tenant.addGroup({ members: ids });
  const before = tenant.snapshot();
  tenant.deleteObject(ids[0] ?? '');
  tenant.addMember(group.id, tenant.addUser().id);
  tenant.revoke(app.appId);
  for (let n = 0; n < 2; n += 1) {
    tenant.restore(before);
    expect(tenant.members(group.id)).toEqual(ids);
    expect(tenant.app(app.appId).permissions).not.toEqual([]);
    tenant.removeMember(group.id, ids[1] ?? '');
  }
  expect((await client.graph('GET', `/groups/${group.id}/members`)).body.value).toHaveLength(2);
});

describe('the command', () => {
  test('prints what a client needs, takes orders over its control API, and keeps its state', async () => {
    const stateFile = join(folder, 'tenant.json');
    const caFile = join(folder, 'ca.pem');
    const main = resolve(import.meta.dirname, '..', '..', 'emulator', 'main.ts');
    const run = async () => {
      const child = spawn(
        process.execPath,
        [main, '--state', stateFile, '--ca-file', caFile, '--users', '3', '--devices', '5'],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const ended = new Promise<number | null>(resolveEnd => child.once('exit', resolveEnd));
      for await (const line of createInterface({ input: child.stdout })) {
        const caPem = await readFile(caFile, 'utf8');
        const connection = JSON.parse(line) as { graphUrl: string; clientId: string };
        const call = caller(connection.graphUrl, caPem);
        const control = async (method: string, path: string, body?: unknown) =>
          call(`/emulator/${path}`, {
            method,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
        const stop = async () => {
          child.kill('SIGTERM');
          expect(await ended).toBe(0);
        };
        return { connection, control, stop };
      }
      throw new Error('the command printed nothing');
    };

    const first = await run();
    const group = (await first.control('POST', 'groups', { displayName: 'Pilot' })).body;
    const device = (await first.control('POST', 'devices', [{ displayName: 'A' }, { displayName: 'B' }]))
      .body[0];
    expect((await first.control('PUT', `groups/${group.id}/members/${device.id}`)).body).toEqual({
      added: true,
    });
    expect(
      (await first.control('POST', 'faults', { path: '/devices', action: { kind: 'status', status: 500 } }))
        .body,
    ).toEqual({ waiting: 1 });
    expect((await first.control('POST', 'faults', { action: { kind: 'nonsense' } })).status).toBe(400);
    expect((await first.control('GET', 'nonsense')).status).toBe(404);
    expect((await first.control('GET', 'counters')).body).toMatchObject({ requests: 0, dangerous: [] });
    await first.stop();

    const second = await run();
    expect(second.connection.clientId).toBe(first.connection.clientId);
    expect((await second.control('GET', `groups/${group.id}/members`)).body).toEqual([device.id]);
    expect((await second.control('GET', 'groups?displayName=Pilot')).body.id).toBe(group.id);
    await second.stop();
  });
});
