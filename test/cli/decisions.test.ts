import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// What administrators decide about a group, from the command line: one story, each step after the one before.

const names = Array.from({ length: 12 }, (_, n) => `PC-${n + 1}`);

// One after another: each goes on where the one before has left the group.
describe('deciding about a group', { shuffle: false }, () => {
  let emulator: Emulator;
  let rollcall: Rollcall;
  let groupId: string;
  const idOf = new Map<string, string>();

  const members = () => emulator.tenant.members(groupId).length;
  const inGroup = (name: string) => emulator.tenant.members(groupId).includes(idOf.get(name) ?? '');
  const status = async () => {
    const [mapping] = (await rollcall.json(['cloud-sync', 'status', 'Pilot'])) as Record<string, unknown>[];
    return mapping;
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    rollcall = await rollcallOnNewFolder(inProcess);
    const { tenant, app, credentials, loginUrl, graphUrl, caPem } = emulator;
    const lines = names.map(name => {
      const { id, deviceId } = tenant.addDevice({ displayName: name });
      idOf.set(name, id);
      return JSON.stringify({ type: 'device', name, entraDeviceId: deviceId });
    });
    groupId = tenant.addGroup({ displayName: 'Pilot devices', owners: [app.servicePrincipalId] }).id;
    const file = (name: string) => join(rollcall.dataDir, name);
    await writeFile(file('ca.pem'), caPem);
    await writeFile(file('devices.ndjson'), lines.join('\n'));
    const app_ = ['--tenant-id', credentials.tenantId, '--client-id', credentials.clientId];
    const urls = ['--login-url', loginUrl, '--graph-url', graphUrl, '--ca-file', file('ca.pem')];
    await rollcall.ok(['tenant', 'connect', 'Contoso', ...app_, ...urls, '--client-secret-env', 'SECRET'], {
      env: { SECRET: credentials.clientSecret },
    });
    await rollcall.ok(['resource', 'import', file('devices.ndjson')]);
    await rollcall.ok(['discover']);
    await rollcall.ok(['collection', 'create', 'Pilot', '--type', 'device', '--incremental', 'on']);
    await rollcall.ok(['collection', 'add-rule', 'Pilot', '--direct', ...names]);
    await rollcall.ok(['cloud-sync', 'add', 'Pilot', '--group', 'Pilot devices']);
  });

  afterAll(async () => {
    await emulator?.close();
    await rollcall?.end();
  });

  it('plans who comes in, and by which rule', async () => {
    const shown = await rollcall.ok(['cloud-sync', 'plan', 'Pilot']);
    expect(shown).toContain('wanted, and not in the group: direct rule of "Pilot"');
    expect(shown).toContain('12 to add, 0 to remove.');
    const [plan] = (await rollcall.json(['cloud-sync', 'plan', 'Pilot'])) as { add: unknown[] }[];
    expect(plan?.add[0]).toMatchObject({ why: 'missing', rules: ['direct rule of "Pilot"'] });
    await rollcall.ok(['cloud-sync', 'run', 'Pilot']);
    expect(members()).toBe(12);
  });

  it('shows what the guard holds, with names, and leaves it alone once it is refused', async () => {
    for (const name of names.slice(0, 6)) await rollcall.ok(['collection', 'remove-rule', 'Pilot', name]);
    expect((await rollcall.run(['cloud-sync', 'run', 'Pilot'])).code).toBe(4);
    const held = await rollcall.ok(['cloud-sync', 'held', 'Pilot']);
    expect(held).toContain('6 of 12 members (50 %) would be removed');
    expect(held).toMatch(/remove {2}PC-1 /);
    expect(held).toContain('Refuse: rollcall cloud-sync refuse Pilot');
    await rollcall.ok(['cloud-sync', 'refuse', 'Pilot', '--reason', 'Wrong rule']);
    const run = await rollcall.run(['cloud-sync', 'run', 'Pilot']);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/6 removals are not made; .* refused that on .*: Wrong rule\./);
    expect(members()).toBe(12);
    expect(await status()).toMatchObject({
      status: 'Success',
      heldPlan: { refusal: { reason: 'Wrong rule' } },
    });
    expect(await rollcall.ok(['cloud-sync', 'history', 'Pilot'])).toMatch(/refused by .*: Wrong rule/);
  });

  it('refuses nothing where nothing is held, and nothing twice', async () => {
    const twice = await rollcall.run(['cloud-sync', 'refuse', 'Pilot']);
    expect(twice).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has refused this plan already'),
    });
  });

  it('lets the refused plan pass when somebody approves it after all', async () => {
    await rollcall.ok(['cloud-sync', 'run', 'Pilot', '--approve']);
    expect(members()).toBe(6);
    const none = await rollcall.run(['cloud-sync', 'held', 'Pilot']);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('No plan of Pilot is held.') });
  });

  it('lists what a run did to each member', async () => {
    const runs = (await rollcall.json(['cloud-sync', 'history', 'Pilot'])) as {
      id: number;
      removed: number;
    }[];
    const changed = (await rollcall.json([
      ...['cloud-sync', 'history', 'Pilot', '--run', String(runs[0]?.id)],
    ])) as { name: string }[];
    expect(changed.map(({ name }) => name).toSorted()).toEqual(names.slice(0, 6).toSorted());
    expect(changed[0]).toMatchObject({ change: 'remove', outcome: 'done', foreign: false });
  });

  it('shows an undo, changes nothing without an approval, and puts the group back with one', async () => {
    const shown = await rollcall.run(['cloud-sync', 'undo', 'Pilot']);
    expect(shown.code).toBe(4);
    expect(shown.stdout).toContain('6 to add, 0 to remove.');
    expect(members()).toBe(6);
    const [, command = ''] = /rollcall (cloud-sync undo .*)/.exec(shown.stderr) ?? [];
    expect((await rollcall.run(['cloud-sync', 'undo', 'Pilot', '--approve', 'wrong'])).code).toBe(4);
    expect(members()).toBe(6);
    for (const keys of ['n\n', '\n', 'ye\n', '']) {
      const asked = await rollcall.run(['cloud-sync', 'undo', 'Pilot'], { keys });
      expect([keys, asked.code, members()]).toEqual([keys, 4, 6]);
      expect(asked.stderr).toMatch(/Put the group back\? \[y\/N\].*Nothing was changed\./s);
    }
    expect(await rollcall.ok(command.split(' '))).toContain('6 added, 0 removed');
    expect(members()).toBe(12);
    expect(await rollcall.ok(['cloud-sync', 'history', 'Pilot', '--limit', '1'])).toContain('undo of');
  });

  it('does not take the undo back in the runs after it', async () => {
    await rollcall.ok(['cloud-sync', 'run', 'Pilot']);
    expect(members()).toBe(12);
  });

  it('sets limits of a mapping, shows them, and takes them back', async () => {
    const shown = await rollcall.ok([
      ...['cloud-sync', 'set', 'Pilot', '--max-removals', '0', '--max-removal-percent', '5'],
    ]);
    expect(shown).toContain('removals ≤ 0, 5 %');
    await rollcall.ok(['collection', 'remove-rule', 'Pilot', 'PC-7']);
    expect((await rollcall.run(['cloud-sync', 'run', 'Pilot'])).code).toBe(4);
    await rollcall.ok([
      'cloud-sync',
      'set',
      'Pilot',
      '--max-removals',
      'default',
      '--max-removal-percent',
      'default',
    ]);
    expect(await status()).toMatchObject({ maxRemovals: null, maxRemovalPercent: null });
    await rollcall.ok(['cloud-sync', 'run', 'Pilot']);
    expect(inGroup('PC-7')).toBe(false);
  });

  it('pauses a mapping and goes on with it', async () => {
    await rollcall.ok(['cloud-sync', 'set', 'Pilot', '--paused', 'on']);
    await rollcall.ok(['collection', 'remove-rule', 'Pilot', 'PC-8']);
    const run = await rollcall.run(['cloud-sync', 'run', 'Pilot']);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('is paused') });
    expect(await status()).toMatchObject({ status: 'Disabled', paused: true });
    await rollcall.ok(['cloud-sync', 'set', 'Pilot', '--paused', 'off']);
    await rollcall.ok(['cloud-sync', 'run', 'Pilot']);
    expect(inGroup('PC-8')).toBe(false);
  });

  it('puts the group back when the question is answered with y', async () => {
    const asked = await rollcall.run(['cloud-sync', 'undo', 'Pilot'], { keys: 'y\n' });
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('1 added, 0 removed') });
    expect(inGroup('PC-8')).toBe(true);
  });

  it('does not ask where the guard would hold: then the digest has to be given', async () => {
    const runs = (await rollcall.json(['cloud-sync', 'history', 'Pilot'])) as { id: number }[];
    const first = String(runs.at(-1)?.id);
    const asked = await rollcall.run(['cloud-sync', 'undo', 'Pilot', '--run', first], { keys: 'y\n' });
    expect(asked.code).toBe(4);
    expect(asked.stdout).toContain('would be removed');
    expect(asked.stderr).toContain(`--run ${first} --approve`);
    expect(members()).toBe(11);
  });

  it('pushes one member through at once and tells each step, though no discovery has seen it', async () => {
    const { id, deviceId } = emulator.tenant.addDevice({ displayName: 'NEW-1' });
    const file = join(rollcall.dataDir, 'new.ndjson');
    await writeFile(file, JSON.stringify({ type: 'device', name: 'NEW-1', entraDeviceId: deviceId }));
    await rollcall.ok(['resource', 'import', file]);
    await rollcall.ok(['collection', 'add-rule', 'Pilot', '--direct', 'NEW-1']);
    const told = await rollcall.ok(['cloud-sync', 'run', 'Pilot', '--member', 'NEW-1']);
    expect(told.replaceAll(/ +/g, ' ').split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Inventory ok NEW-1 is device \d+, from import/),
        expect.stringMatching(/^Collection ok NEW-1 belongs to Pilot: direct rule NEW-1 lets it in/),
        expect.stringMatching(`^Entra identity ok It is the object ${id}, just looked up in Entra`),
        expect.stringMatching(/^Group check ok Pilot devices exists/),
        expect.stringMatching(/^Action ok Put into the group/),
        expect.stringMatching(/^Answer ok Entra has taken it in/),
      ]),
    );
    expect(emulator.tenant.members(groupId)).toContain(id);
    expect(await rollcall.json(['cloud-sync', 'run', 'Pilot', '--member', 'PC-8'])).toMatchObject({
      outcome: 'done',
      resource: { name: 'PC-8' },
      steps: [
        { step: 'inventory' },
        { step: 'collection', text: expect.stringContaining('does not belong') },
      ],
    });
  });

  it.each([
    [['run', 'Pilot', '--member', 'PC-1', '--full'], '--member goes with one collection'],
    [['run', '--group', 'Pilot devices'], '--group goes with one collection'],
    [['set', 'Pilot'], 'Nothing is said about what to set.'],
    [['set', 'Pilot', '--max-removals', 'many'], 'It must be a whole number'],
  ])('tells wrong usage: cloud-sync %j', async (words, message) => {
    const ended = await rollcall.run(['cloud-sync', ...words]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
