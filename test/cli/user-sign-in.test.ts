import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// The codes are asked for once a second, and a busy machine takes its time.
const timeout = 120_000;

describe('a user who signs in by device code', { timeout }, () => {
  let emulator: Emulator;
  let rollcall: Rollcall;
  let ann: { id: string };

  beforeEach(async () => {
    emulator = await startEmulator({
      throttling: false,
      apps: [
        {
          // Enough to keep groups in step that it owns; neither to search nor to create.
          permissions: ['Device.Read.All', 'User.Read.All', 'Group.Create'],
          delegatedPermissions: ['Group.ReadWrite.All', 'Application.Read.All', 'User.Read.All'],
        },
      ],
    });
    ann = emulator.tenant.addUser({ userPrincipalName: 'ann@contoso.com' });
    emulator.tenant.addGroup({ displayName: 'Pilot' });
    rollcall = await rollcallOnNewFolder(inProcess);
    const ca = join(rollcall.dataDir, 'ca.pem');
    await writeFile(ca, emulator.caPem);
    const { tenantId, clientId, clientSecret } = emulator.credentials;
    await rollcall.ok(
      [
        ...['tenant', 'connect', 'Contoso', '--tenant-id', tenantId, '--client-id', clientId],
        ...['--login-url', emulator.loginUrl, '--graph-url', emulator.graphUrl, '--ca-file', ca],
        ...['--client-secret-env', 'SECRET'],
      ],
      { env: { SECRET: clientSecret } },
    );
  });
  afterEach(async () => {
    await emulator?.close();
    await rollcall?.end();
  });

  /** Runs a command, and types its code as soon as there is one. */
  const whileTyping = async (words: string[], type: (code: string) => void) => {
    let over = false;
    const running = rollcall.run(words).finally(() => {
      over = true;
    });
    while (!over) {
      for (const code of emulator.deviceCodes.waiting()) type(code);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return await running;
  };
  const agree = (code: string) => emulator.deviceCodes.approve(code, ann.id);

  it('is offered the sign-in where the app may not search, and nothing is done silently', async () => {
    const ended = await rollcall.run(['group', 'search']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^The app may not search groups in this tenant\./);
    expect(ended.stderr).toContain('--sign-in');
    expect(emulator.deviceCodes.waiting()).toEqual([]);
  });

  it('finds groups that the app may not see', async () => {
    const ended = await whileTyping(['group', 'search', '--starts-with', 'Pi', '--sign-in'], agree);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Pilot') });
    expect(ended.stderr).toMatch(/enter the code [0-9A-F]{9} to authenticate/);
    expect(ended.stderr).toContain('Signed in as ann@contoso.com.');
  });

  it('makes a group that the app owns too, so that it can be kept in step', async () => {
    emulator.tenant.revoke(emulator.app.appId, 'Group.Create');
    const offered = await rollcall.run(['group', 'create', 'Refused']);
    expect(offered).toMatchObject({ code: 1, stderr: expect.stringContaining('--sign-in') });
    const ended = await whileTyping(['group', 'create', 'Devices of Ann', '--sign-in'], agree);
    expect(ended.code).toBe(0);
    const made = emulator.tenant.findGroup('Devices of Ann');
    expect([...emulator.tenant.owners(made?.id ?? '')].sort()).toEqual(
      [ann.id, emulator.app.servicePrincipalId].sort(),
    );
  });

  it('is told that the sign-in was declined', async () => {
    const ended = await whileTyping(['group', 'search', '--sign-in'], code =>
      emulator.deviceCodes.decline(code),
    );
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('The sign-in was declined.') });
  });

  it('is told that nobody has consented to anything for users', async () => {
    emulator.app.delegatedPermissions = [];
    const ended = await whileTyping(['group', 'search', '--sign-in', '-o', 'json'], agree);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('AADSTS65001');
  });
});
