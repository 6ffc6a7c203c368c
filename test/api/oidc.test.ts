import { readFile } from 'node:fs/promises';
import { Agent, fetch as fetchWith } from 'undici';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Client } from '../../src/api/index.ts';
import { roleOf, valuesOf } from '../../src/api/oidc/claims.ts';
import { storeFile } from '../../src/schedule/index.ts';
import { clientId, clientSecret, type Person, startProvider } from './oidc-house.ts';
import { browser, runningServer } from './running-server.ts';

vi.hoisted(() => {
  // The provider tells at length that this is no setting for production.
  for (const level of ['warn', 'info'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterAll(() => {
  vi.restoreAllMocks();
});

const callback = '/api/v1/sign-in/oidc/callback';
const start = '/api/v1/sign-in/oidc/start';

type Settings = Parameters<typeof update>[1];

function update(client: Client, body: NonNullable<Parameters<typeof client.call<'updateOidc'>>[1]['body']>) {
  return client.call('updateOidc', { body });
}

/** A server that knows a provider, which signs people in as `person`. */
async function setUp(settings: Settings = {}, person: Person = { sub: 'ann', preferred_username: 'Ann' }) {
  const server = await runningServer();
  const provider = await startProvider(server.url + callback);
  provider.state.person = person;
  const { issuer, caPem: ca } = provider;
  const basics = { name: 'Works', issuer, clientId, clientSecret, ca, roleClaim: 'groups' };
  await update(server.client, { ...basics, ...settings });
  return { ...server, provider };
}

/** Goes to an address of the provider, and on to where it leads, until that is our server again. */
async function through(url: string, ca: string): Promise<string> {
  const dispatcher = new Agent({ connect: { ca } });
  onTestFinished(() => dispatcher.close());
  const cookies = new Map<string, string>();
  let at = url;
  while (at.startsWith('https:')) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetchWith(at, { dispatcher, redirect: 'manual', headers: { cookie } });
    await answer.text();
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`the provider answered ${answer.status}`);
    at = new URL(next, at).href;
  }
  return at;
}

/** Signs a browser in by the provider; where it ends up. */
async function signIn(it: Awaited<ReturnType<typeof setUp>>, page = browser(it.url)) {
  const begun = await page.send('GET', it.url + start);
  const there = begun.headers.get('location') ?? '';
  const back = there.startsWith('/') ? undefined : await through(there, it.provider.caPem);
  const ended = back === undefined ? begun : await page.send('GET', back);
  return { page, begun, back, ended, at: ended.headers.get('location') };
}

describe('signing in by an OpenID Connect provider', () => {
  it('makes an account with the role of the claim, and a session with it', async () => {
    const person = { sub: '1', preferred_username: 'ann@contoso.com', groups: ['it', 'all'] };
    const roles = [
      { value: 'all', role: 'read-only' },
      { value: 'it', role: 'operator' },
    ] as const;
    const it = await setUp({ autoCreate: true, roles: [...roles] }, person);
    expect((await browser(it.url).send('GET', '/sign-in')).json.oidc).toEqual({ name: 'Works', start });
    const { page, at } = await signIn(it);
    expect(at).toBe('/');
    expect((await page.send('GET', '/session')).json).toMatchObject({
      name: 'ann@contoso.com',
      role: 'operator',
      account: { kind: 'oidc' },
    });
  });

  it('asks with PKCE, state and nonce, and remembers them where scripts can not read', async () => {
    const it = await setUp({ autoCreate: true, defaultRole: 'read-only' });
    const { begun } = await signIn(it);
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{20,}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
      redirect_uri: it.url + callback,
    });
    const cookie = begun.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/Path=\/api\/v1\/sign-in\/oidc; HttpOnly; SameSite=Lax; Max-Age=600/);
    for (const name of ['state', 'nonce']) expect(cookie).not.toContain(asked.get(name));
  });

  it('gives the role of today at every sign-in, and knows people by their subject, not their name', async () => {
    const roles = [{ value: 'it', role: 'operator' } as const];
    const person = { sub: '1', preferred_username: 'Ann', groups: ['it'] };
    const it = await setUp({ autoCreate: true, roles, defaultRole: 'read-only' }, person);
    await signIn(it);
    it.provider.state.person = { sub: '1', preferred_username: 'Ann Married', groups: [] };
    const { page } = await signIn(it);
    expect((await page.send('GET', '/session')).json).toMatchObject({ name: 'Ann', role: 'read-only' });
    it.provider.state.person = { sub: '2', preferred_username: 'Ann', groups: ['it'] };
    const other = await signIn(it);
    expect((await other.page.send('GET', '/session')).json).toMatchObject({ name: 'Ann (2)' });
  });

  it('lets in who has an account that waits for them, and keeps the role that an administrator gave', async () => {
    const it = await setUp();
    await it.client.call('createAccount', { body: { name: 'ann', kind: 'oidc', role: 'operator' } });
    const { page, at } = await signIn(it);
    expect(at).toBe('/');
    expect((await page.send('GET', '/session')).json).toMatchObject({ name: 'ann', role: 'operator' });
    it.provider.state.person = { sub: 'eve', preferred_username: 'ann' };
    expect((await signIn(it)).at).toBe('/?sign-in=oidc-no-account');
  });

  it('does not take over a local account that bears the name', async () => {
    const it = await setUp({ autoCreate: true, defaultRole: 'read-only' });
    const password = 'correct horse battery';
    await it.client.call('createAccount', { body: { name: 'Ann', password, role: 'full-administrator' } });
    const { page } = await signIn(it);
    expect((await page.send('GET', '/session')).json).toMatchObject({ name: 'Ann (2)', role: 'read-only' });
  });

  it('lets nobody in without a role, without an account, or with a disabled one', async () => {
    const it = await setUp();
    expect((await signIn(it)).at).toBe('/?sign-in=oidc-no-account');
    await update(it.client, { autoCreate: true, roles: [{ value: 'it', role: 'operator' }] });
    expect((await signIn(it)).at).toBe('/?sign-in=oidc-no-role');
    await update(it.client, { roles: [], defaultRole: 'read-only' });
    expect((await signIn(it)).at).toBe('/');
    await it.client.call('updateAccount', { params: { ref: 'Ann' }, body: { disabled: true } });
    const { at, page } = await signIn(it);
    expect(at).toBe('/?sign-in=oidc-disabled');
    expect((await page.send('GET', '/session')).status).toBe(401);
  });

  it('tells when the provider denies it, and writes down who was let in and who was not', async () => {
    const it = await setUp({ autoCreate: true, defaultRole: 'read-only' });
    await signIn(it);
    it.provider.state.denies = true;
    expect((await signIn(it)).at).toBe('/?sign-in=oidc-denied');
    const { items } = await it.client.call('listAudit', { query: { action: 'oidcSignIn' } });
    expect(items).toMatchObject([
      { outcome: 'refused', code: 'oidc-denied', actor: '' },
      { outcome: 'done', actor: 'Ann', after: { as: 'Ann', role: 'read-only' } },
    ]);
  });

  it('takes no answer that this browser has not asked for: neither of another nor a second time', async () => {
    const it = await setUp({ autoCreate: true, defaultRole: 'read-only' });
    const { back, page } = await signIn(it);
    const eve = browser(it.url);
    const bare = await eve.send('GET', back ?? '');
    expect(bare.headers.get('location')).toBe('/?sign-in=oidc-expired');
    await eve.send('GET', it.url + start);
    const foreign = await eve.send('GET', back ?? '');
    expect(foreign.headers.get('location')).toBe('/?sign-in=oidc-failed');
    expect((await eve.send('GET', '/session')).status).toBe(401);
    const again = await page.send('GET', back ?? '');
    expect(again.headers.get('location')).toBe('/?sign-in=oidc-expired');
  });

  it('trusts the provider only with its authority, and sends no secret to a new address', async () => {
    const it = await setUp({ ca: null });
    expect((await signIn(it)).at).toBe('/?sign-in=oidc-failed');
    const moved = await update(it.client, { issuer: 'https://elsewhere.example' });
    expect(moved.hasSecret).toBe(false);
  });

  it('keeps its secret sealed, and shows it to nobody', async () => {
    const it = await setUp();
    expect(JSON.stringify(await it.client.call('getOidc', {}))).not.toContain(clientSecret);
    const bytes = await Promise.all([
      readFile(storeFile(it.dataDir)),
      readFile(`${storeFile(it.dataDir)}-wal`).catch(() => Buffer.alloc(0)),
    ]);
    expect(Buffer.concat(bytes).includes(clientSecret)).toBe(false);
  });

  it('is set up with an issuer over TLS alone, and ended again', async () => {
    const { client, url } = await runningServer();
    await expect(update(client, { name: 'Works' })).rejects.toMatchObject({ code: 'oidc-incomplete' });
    const plain = { issuer: 'http://login.example', clientId: 'x' };
    await expect(update(client, plain)).rejects.toMatchObject({ code: 'invalid-request' });
    await update(client, { issuer: 'https://login.example', clientId: 'x' });
    await client.call('removeOidc', {});
    await expect(client.call('getOidc', {})).rejects.toMatchObject({ code: 'oidc-not-set' });
    const { headers } = await browser(url).send('GET', url + start);
    expect(headers.get('location')).toBe('/?sign-in=oidc-not-set');
  });
});

describe('the claims of a provider', () => {
  it.each([
    [{ roles: ['a', 'b'] }, 'roles', ['a', 'b']],
    [{ roles: 'a' }, 'roles', ['a']],
    [{ realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']],
    [{ 'https://x.example/roles': ['a'] }, 'https://x.example/roles', ['a']],
    [{ roles: [1, null, 'a'] }, 'roles', ['a']],
    [{}, '__proto__.x', []],
  ])('%o have in %s the values %o', (claims, name, values) => {
    expect(valuesOf(claims, name)).toEqual(values);
  });

  it('that leave groups out because they are too many are told apart', () => {
    const settings = {
      roles: [{ value: 'g', role: 'operator' as const }],
      roleClaim: 'groups',
      defaultRole: null,
    };
    const claims = { _claim_names: { groups: 'src1' } };
    expect(() => roleOf(claims, settings)).toThrow(expect.objectContaining({ code: 'oidc-too-many-groups' }));
  });
});
