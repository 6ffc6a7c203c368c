import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

describe('accounts, tokens and the audit log on the command line', () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    rollcall = await rollcallOnNewFolder(inProcess);
  });
  afterAll(() => rollcall?.end());

  it('makes accounts, changes, lists and deletes them, and takes passwords from files or the environment', async () => {
    const file = join(rollcall.dataDir, 'ann.txt');
    await writeFile(file, 'correct horse battery\n');
    await rollcall.ok(['account', 'create', 'ann', '--role', 'operator', '--password-file', file]);
    await rollcall.ok(
      ['account', 'create', 'bob', '--role', 'read-only', '--limit-to', 'SMS00001', '--password-env', 'PW'],
      { env: { PW: 'another horse battery' } },
    );
    await rollcall.ok(['account', 'set', 'ann', '--role', 'read-only', '--disabled', 'on']);
    expect(await rollcall.json(['account', 'list'])).toMatchObject([
      { name: 'ann', role: 'read-only', disabled: true, collections: null },
      { name: 'bob', collections: [{ id: 'SMS00001', name: 'All Systems' }] },
    ]);
    expect(await rollcall.ok(['account', 'list'])).toContain('All Systems');
    await rollcall.ok(['account', 'set', 'bob', '--all-collections']);
    await rollcall.ok(['account', 'delete', 'ann']);
    expect(await rollcall.json(['account', 'list'])).toMatchObject([{ name: 'bob', collections: null }]);
  });

  it.each([
    [['account', 'create', 'eve', '--role', 'operator'], 2, 'No password is given.'],
    [['account', 'create', 'eve', '--role', 'king'], 2, 'king'],
    [['account', 'create', 'eve', '--role', 'operator', '--password-env', 'NONE'], 1, 'NONE is not set'],
    [['account', 'set', 'nobody', '--role', 'operator'], 1, 'There is no account "nobody".'],
    [['sign-in', 'show'], 1, 'No sign-in by an OpenID Connect provider is set up.'],
    [['sign-in', 'set', '--map', 'it'], 2, '"it" gives no role.'],
    [['settings', 'set'], 2, 'Nothing is to be changed.'],
  ])('says what is wrong with %j', async (words, code, what) => {
    const ended = await rollcall.run(words);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(what);
  });

  it('makes tokens, lists them without their text, and takes them back', async () => {
    const made = (await rollcall.json(['token', 'create', 'CI', '--role', 'operator', '--days', '90'])) as {
      id: number;
      token: string;
    };
    expect(made.token).toMatch(/^rollcall_/);
    expect(await rollcall.ok(['token', 'list'])).not.toContain(made.token);
    await rollcall.ok(['token', 'revoke', String(made.id)]);
    expect(await rollcall.json(['token', 'list'])).toMatchObject([{ name: 'first start' }]);
  });

  it('sets up the sign-in by a provider, shows it without its secret, and ends it', async () => {
    const words = ['sign-in', 'set', '--issuer', 'https://login.example', '--client-id', 'rollcall'];
    const more = ['--map', 'it=operator', 'boss=full-administrator', '--client-secret-env', 'SECRET'];
    const told = await rollcall.ok([...words, ...more], { env: { SECRET: 'hush' } });
    expect(told).toContain('/api/v1/sign-in/oidc/callback');
    const shown = await rollcall.json(['sign-in', 'show']);
    expect(shown).toMatchObject({ hasSecret: true, roles: [{ value: 'it', role: 'operator' }, {}] });
    expect(JSON.stringify(shown)).not.toContain('hush');
    await rollcall.ok(['sign-in', 'remove']);
  });

  it('tells who did what', async () => {
    await rollcall.ok(['collection', 'create', 'Pilot', '--type', 'device']);
    expect(await rollcall.json(['audit', '--action', 'createCollection'])).toMatchObject([
      { actor: 'first start', object: '/collections', outcome: 'done', after: { name: 'Pilot' } },
    ]);
    expect(await rollcall.ok(['audit', '--limit', '1'])).toContain('createCollection');
    expect(await rollcall.ok(['settings', 'set', '--audit-days', '90'])).toContain(
      '90 days who changed what',
    );
  });
});
