import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

/** stderr as what happened and what to do. */
function told(stderr: string): { what: string; hint: string } {
  const [what = '', hint = '', ...more] = stderr.trimEnd().split('\n');
  expect(more).toEqual([]);
  return { what, hint };
}

describe('what goes wrong', () => {
  let emulator: Emulator;
  let rollcall: Rollcall;
  const file = (name: string) => join(rollcall.dataDir, name);

  const connect = (name: string, secret: string, url: string) =>
    rollcall.run(
      [
        ...['tenant', 'connect', name, '--tenant-id', emulator.credentials.tenantId],
        ...['--client-id', emulator.credentials.clientId, '--login-url', url, '--graph-url', url],
        ...['--ca-file', file('ca.pem'), '--client-secret-env', 'SECRET'],
      ],
      { env: { SECRET: secret } },
    );

  beforeAll(async () => {
    emulator = await startEmulator();
    rollcall = await rollcallOnNewFolder(inProcess);
    await writeFile(file('ca.pem'), emulator.caPem);
    emulator.tenant.addGroup({ displayName: 'Moving', dynamic: true });
    emulator.tenant.addGroup({ displayName: 'Twin' });
    emulator.tenant.addGroup({ displayName: 'Twin' });
  });

  afterAll(async () => {
    await emulator?.close();
    await rollcall?.end();
  });

  it('a secret that is not there is told before anything is sent', async () => {
    const { tokenCalls } = emulator.counters;
    const ended = await connect('Nobody', '', emulator.loginUrl);
    expect(ended.code).toBe(1);
    expect(told(ended.stderr).what).toBe('The environment variable SECRET is empty.');
    expect(emulator.counters.tokenCalls).toBe(tokenCalls);
  });

  it('a wrong secret is told by its code at the first sign-in, and nothing is lost', async () => {
    expect((await connect('Wrong', 'no secret of mine', emulator.loginUrl)).code).toBe(0);
    const ended = await rollcall.run(['group', 'search', '--tenant', 'Wrong', '-o', 'json']);
    expect(ended.code).toBe(1);
    const { error } = JSON.parse(ended.stderr);
    expect(error.code).toBe('AADSTS7000215');
    expect(error.hint).not.toBe('');
    await rollcall.ok(['tenant', 'disconnect', 'Wrong']);
  });

  it('a host that can not be reached is told as such', async () => {
    expect((await connect('Away', 'secret', 'https://127.0.0.1:9')).code).toBe(0);
    const ended = await rollcall.run(['group', 'search', '--tenant', 'Away']);
    expect(ended.code).toBe(1);
    expect(told(ended.stderr).what).toContain('127.0.0.1:9');
    expect(told(ended.stderr).hint).not.toBe('');
    await rollcall.ok(['tenant', 'disconnect', 'Away']);
  });

  it('bad lines are reported with their numbers, the rest goes in, and the exit code is 1', async () => {
    const lines = [
      '{"type":"device","name":"PC-1"}',
      '{"type":"device"}',
      'not json',
      '{"type":"device","name":"PC-2"}',
    ];
    const ended = await rollcall.run(['resource', 'import', '-', '--format', 'ndjson'], {
      stdin: lines.join('\n'),
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^line 2: /m);
    expect(ended.stderr).toMatch(/^line 3: /m);
    const listed = await rollcall.ok(['resource', 'list', '-o', 'csv']);
    expect(listed).toContain('PC-1');
    expect(listed).toContain('PC-2');
  });

  it.each([
    { line: ['resource', 'import', 'nowhere.ndjson'], says: 'nowhere.ndjson can not be read' },
    { line: ['collection', 'show', 'Nowhere'], says: 'Nowhere' },
    { line: ['collection', 'delete', 'SMS00001'], says: 'SMS00001' },
  ])('$line ends with 1 and two lines', async ({ line, says }) => {
    const ended = await rollcall.run(line);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe('');
    expect(told(ended.stderr).what).toContain(says);
  });

  it.runIf(process.platform === 'linux')('a data folder that can not be made ends at once', async () => {
    const ended = await inProcess(['--data', '/proc/nowhere', 'tenant', 'list']);
    expect(ended.code).toBe(1);
    expect(told(ended.stderr).what).toContain('/proc/nowhere can not be made');
  });

  it('a data folder that is a file is told as such', async () => {
    const ended = await inProcess(['--data', file('ca.pem'), 'tenant', 'list']);
    expect(ended.code).toBe(1);
    expect(told(ended.stderr).what).toContain('ca.pem');
  });

  it('a server whose certificate nobody vouches for is told as such, unless --server-ca does', async () => {
    const words = ['--server', emulator.graphUrl, 'tenant', 'list'];
    const env = { ROLLCALL_TOKEN: 'rollcall_any' };
    const doubted = await inProcess(words, { env });
    expect(doubted.code).toBe(1);
    expect(told(doubted.stderr)).toEqual({
      what: expect.stringContaining('its certificate is not trusted'),
      hint: expect.stringContaining('--server-ca'),
    });
    const believed = await inProcess([...words, '--server-ca', file('ca.pem')], { env });
    expect(believed.code).toBe(1);
    expect(told(believed.stderr).what).toContain("not Rollcall's");
  });

  it('a collection is changed, and its schedule taken away again', async () => {
    await rollcall.ok(['collection', 'create', 'Shifting', '--type', 'device']);
    const words = ['collection', 'set', 'Shifting', '--incremental', 'off', '--schedule'];
    expect(await rollcall.json([...words, '0 3 * * *'])).toMatchObject({
      incremental: false,
      schedule: '0 3 * * *',
    });
    expect(await rollcall.json([...words, ''])).toMatchObject({ schedule: null });
    await rollcall.ok(['collection', 'delete', 'Shifting']);
  });

  describe('in mapping', () => {
    beforeAll(async () => {
      expect((await connect('Contoso', emulator.credentials.clientSecret, emulator.loginUrl)).code).toBe(0);
      await rollcall.ok(['collection', 'create', 'Pilot', '--type', 'device']);
    });

    it.each([
      { group: 'Nowhere', says: 'Nowhere', because: 'is unknown' },
      { group: 'Moving', says: 'dynamic', because: 'is dynamic' },
      { group: 'Twin', says: 'Twin', because: 'bears a name that others bear too' },
    ])('a group that $because is refused', async ({ group, says }) => {
      const ended = await rollcall.run(['cloud-sync', 'add', 'Pilot', '--group', group]);
      expect(ended.code).toBe(1);
      const { what, hint } = told(ended.stderr);
      expect(`${what} ${hint}`).toContain(says);
      expect(await rollcall.json(['cloud-sync', 'status'])).toEqual([]);
    });

    it('a group named so that a person sees which can be mapped', async () => {
      const found = await rollcall.json(['group', 'search', '--starts-with', 'M']);
      expect(found).toEqual([
        expect.objectContaining({
          displayName: 'Moving',
          dynamic: true,
          usable: false,
          why: expect.any(String),
        }),
      ]);
    });
  });

  it('a mass removal is held with exit 4, told as such, and goes on when it is approved', async () => {
    const devices = Array.from({ length: 12 }, (_, i) => {
      const { id, deviceId } = emulator.tenant.addDevice({ displayName: `Held-${i}` });
      return { id, record: { type: 'device', name: `Held-${i}`, entraDeviceId: deviceId } };
    });
    const members = devices.map(device => device.id);
    const owners = [emulator.app.servicePrincipalId];
    const { id } = emulator.tenant.addGroup({ displayName: 'Full house', members, owners });
    await rollcall.ok(['resource', 'import', '-', '--format', 'ndjson'], {
      stdin: devices.map(({ record }) => JSON.stringify(record)).join('\n'),
    });
    // A discovery may have been a moment ago, and then none is due in the run.
    await rollcall.ok(['discover']);
    await rollcall.ok(['collection', 'create', 'Few', '--type', 'device']);
    await rollcall.ok(['collection', 'add-rule', 'Few', '--direct', 'Held-0']);
    await rollcall.ok(['cloud-sync', 'add', 'Few', '--group', 'Full house']);
    const held = await rollcall.run(['cloud-sync', 'run', 'Few']);
    expect(held.code).toBe(4);
    expect(held.stdout).toContain('Awaiting Approval');
    expect(held.stderr).toContain('rollcall cloud-sync run Few --approve');
    expect(emulator.tenant.members(id)).toHaveLength(12);
    await rollcall.ok(['cloud-sync', 'run', 'Few', '--approve']);
    expect(emulator.tenant.members(id)).toEqual([members[0]]);
  });

  it('members that Entra refuses are told with exit 3, each with its reason', async () => {
    const { id, deviceId } = emulator.tenant.addDevice({ displayName: 'Refused-1' });
    const owners = [emulator.app.servicePrincipalId];
    emulator.tenant.addGroup({ displayName: 'Strict', owners });
    await rollcall.ok(['resource', 'import', '-', '--format', 'ndjson'], {
      stdin: JSON.stringify({ type: 'device', name: 'Refused-1', entraDeviceId: deviceId }),
    });
    await rollcall.ok(['discover']);
    await rollcall.ok(['collection', 'create', 'Refusals', '--type', 'device']);
    await rollcall.ok(['collection', 'add-rule', 'Refusals', '--direct', 'Refused-1']);
    await rollcall.ok(['cloud-sync', 'add', 'Refusals', '--group', 'Strict']);
    // It goes between the discovery and the run, as devices do.
    emulator.tenant.deleteObject(id);
    const ended = await rollcall.run(['cloud-sync', 'run', 'Refusals']);
    expect([ended.code, ended.stderr]).toEqual([3, expect.stringContaining('--status Failed')]);
    const failed = await rollcall.json(['cloud-sync', 'members', 'Refusals', '--status', 'Failed']);
    expect(failed).toEqual([
      expect.objectContaining({
        name: 'Refused-1',
        objectId: id,
        status: 'Failed',
        reason: expect.any(String),
      }),
    ]);
  });

  it('a sudden loss of devices is held with exit 4, told with what to do, and believed when it is approved', async () => {
    const devices = Array.from({ length: 10 }, (_, i) =>
      emulator.tenant.addDevice({ displayName: `Lost-${i}` }),
    );
    await rollcall.ok(['discover']);
    for (const { id } of devices) emulator.tenant.deleteObject(id);
    const held = await rollcall.run(['discover']);
    expect(held.code).toBe(4);
    const { what, hint } = told(held.stderr);
    expect(what).toMatch(/^Contoso: 10 of \d+ devices are suddenly missing in Entra/);
    const [, command = ''] = hint.split(': rollcall ');
    await rollcall.ok(command.replaceAll('"', '').split(' '));
    expect(await rollcall.json(['discover'])).toContainEqual(
      expect.objectContaining({ kind: 'device', heldRemovals: 0 }),
    );
  });

  it('queries are checked without any store, each mistake with its place', async () => {
    const folder = file('queries');
    await mkdir(folder);
    await writeFile(join(folder, 'good.wql'), "select * from SMS_R_System where Name like 'PC-%'");
    const lines = ["select * from SMS_R_System where Name = 'A'", 'select * from SMS_R_Systen'];
    await writeFile(join(folder, 'some.jsonl'), lines.map(wql => JSON.stringify({ wql })).join('\n'));
    const data = ['--data', file('no-store-here')];
    const good = await inProcess([...data, 'wql', 'check', join(folder, 'good.wql')]);
    expect([good.code, good.stderr]).toEqual([0, '']);
    const bad = await inProcess([
      ...data,
      'wql',
      'check',
      join(folder, 'good.wql'),
      join(folder, 'some.jsonl'),
    ]);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain(`${join(folder, 'some.jsonl')}:2:15: `);
    expect(bad.stdout).toContain('3 checked, 1 wrong.');
  });
});
