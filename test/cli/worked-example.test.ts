import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { asProcess, inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// The worked example of Configuration Manager's documentation, "Synchronize members": Group1 holds A, B, C;
// Collection1 holds B, C.

type Letter = 'A' | 'B' | 'C' | 'D';
const letters: readonly Letter[] = ['A', 'B', 'C', 'D'];

// Each step starts a few processes; on a busy machine that takes its time.
const timeout = 120_000;

// As real processes once; with users in this one, for what differs is behind the API.
const cases = [
  { type: 'device', command: asProcess },
  { type: 'user', command: inProcess },
] as const;

// Its steps, one after another.
const story = { timeout, shuffle: false };

describe.each(cases)('the worked example, with each member a $type', story, ({ type, command }) => {
  let emulator: Emulator;
  let rollcall: Rollcall;
  let groupId: string;
  const objectIds = new Map<string, Letter>();

  const name = (letter: Letter) => (type === 'device' ? `Device${letter}` : `CONTOSO\\user${letter}`);
  const idOf = (letter: Letter) => [...objectIds].find(([, each]) => each === letter)?.[0] ?? '';
  const members = () =>
    emulator.tenant
      .members(groupId)
      .map(id => objectIds.get(id))
      .sort()
      .join('');
  const status = async () => {
    const [mapping] = (await rollcall.json(['cloud-sync', 'status', 'Collection1'])) as Record<
      string,
      unknown
    >[];
    return mapping;
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    // What only looks proves nothing more by a process of its own.
    rollcall = await rollcallOnNewFolder(command, inProcess);
    const { tenant, app } = emulator;
    const lines = letters.map(letter => {
      if (type === 'device') {
        const { id, deviceId } = tenant.addDevice({ displayName: name(letter) });
        objectIds.set(id, letter);
        return { type, name: name(letter), entraDeviceId: deviceId };
      }
      const { id, userPrincipalName } = tenant.addUser({ userPrincipalName: `user${letter}@contoso.com` });
      objectIds.set(id, letter);
      return { type, name: name(letter), userPrincipalName };
    });
    const group = tenant.addGroup({ displayName: 'Group1', owners: [app.servicePrincipalId] });
    groupId = group.id;
    for (const letter of ['A', 'B', 'C'] as const) tenant.addMember(groupId, idOf(letter));
    await writeFile(join(rollcall.dataDir, 'ca.pem'), emulator.caPem);
    await writeFile(
      join(rollcall.dataDir, 'resources.ndjson'),
      lines.map(line => `${JSON.stringify(line)}\n`).join(''),
    );
  });

  afterAll(async () => {
    await emulator?.close();
    await rollcall?.end();
  });

  it('connects the tenant, imports, and maps Collection1 to Group1', async () => {
    const { tenantId, clientId, clientSecret } = emulator.credentials;
    const urls = ['--login-url', emulator.loginUrl, '--graph-url', emulator.graphUrl];
    const ca = ['--ca-file', join(rollcall.dataDir, 'ca.pem'), '--client-secret-env', 'SECRET'];
    await rollcall.ok(
      ['tenant', 'connect', 'Contoso', '--tenant-id', tenantId, '--client-id', clientId, ...urls, ...ca],
      { env: { SECRET: clientSecret } },
    );
    await rollcall.ok(['resource', 'import', join(rollcall.dataDir, 'resources.ndjson')]);
    await rollcall.ok(['collection', 'create', 'Collection1', '--type', type, '--incremental', 'on']);
    await rollcall.ok(['collection', 'add-rule', 'Collection1', '--direct', name('B'), name('C')]);
    await rollcall.ok(['cloud-sync', 'add', 'Collection1', '--group', 'Group1']);
    expect(members()).toBe('ABC');
  });

  it('plans the first run as a full one, with the discovery that is due, and changes nothing by that', async () => {
    const [plan] = (await rollcall.json(['cloud-sync', 'plan', 'Collection1'])) as Record<string, unknown>[];
    expect(plan).toMatchObject({ groupId, kind: 'full', add: [], held: null });
    expect(plan?.remove).toEqual([expect.objectContaining({ objectId: idOf('A'), foreign: true })]);
    expect(members()).toBe('ABC');
  });

  it('makes Group1 equal to the collection when it is enabled: B, C', async () => {
    await rollcall.ok(['cloud-sync', 'run', 'Collection1']);
    expect(members()).toBe('BC');
    expect(await status()).toMatchObject({
      collectionName: 'Collection1',
      collectionType: type,
      groupId,
      groupName: 'Group1',
      status: 'Success',
      memberCount: 2,
      syncCompleted: 2,
      syncInProgress: 0,
      syncFailed: 0,
      notInEntra: 0,
      lastFullSyncStatus: 'Success',
      lastFullSyncMemberCount: 2,
    });
  });

  it('removes C from the group when it has left the collection: B', async () => {
    await rollcall.ok(['collection', 'remove-rule', 'Collection1', name('C')]);
    await rollcall.ok(['cloud-sync', 'run', 'Collection1']);
    expect(members()).toBe('B');
    expect(await status()).toMatchObject({ status: 'Success', memberCount: 1, syncCompleted: 1 });
  });

  it('leaves D alone, whom somebody has added in Entra: B, D', async () => {
    emulator.tenant.addMember(groupId, idOf('D'));
    await rollcall.ok(['cloud-sync', 'run', 'Collection1']);
    expect(members()).toBe('BD');
    expect(await status()).toMatchObject({ status: 'Success', memberCount: 1, syncCompleted: 1 });
  });

  it('tells what differs on being asked, and changes nothing by that', async () => {
    const [group] = (await rollcall.json(['cloud-sync', 'verify', 'Collection1'], [1])) as Record<
      string,
      unknown
    >[];
    expect(group).toMatchObject({ groupId, inStep: false, missing: [] });
    expect(group?.foreign).toEqual([expect.objectContaining({ objectId: idOf('D') })]);
    expect(members()).toBe('BD');
  });

  it('makes Group1 equal to the collection again on Synchronize Membership: B', async () => {
    await rollcall.ok(['cloud-sync', 'run', 'Collection1', '--full']);
    expect(members()).toBe('B');
    expect(await status()).toMatchObject({
      status: 'Success',
      memberCount: 1,
      syncCompleted: 1,
      lastFullSyncStatus: 'Success',
      lastFullSyncMemberCount: 1,
    });
    const listed = (await rollcall.json(['cloud-sync', 'members', 'Collection1'])) as Record<
      string,
      unknown
    >[];
    expect(listed).toEqual([
      expect.objectContaining({ name: name('B'), objectId: idOf('B'), status: 'Success', code: null }),
    ]);
  });

  it('writes nothing when the group is right', async () => {
    const { writes } = emulator.counters;
    await rollcall.ok(['cloud-sync', 'run', 'Collection1', '--full']);
    expect(emulator.counters.writes).toBe(writes);
    const history = await rollcall.ok(['cloud-sync', 'history', 'Collection1', '-o', 'csv']);
    expect(history.split('\r\n')[0]).toContain('kind,requestedBy,startedAt');
  });
});
