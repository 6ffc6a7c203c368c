import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createToken, type Role, roles, routes } from '../../src/api/index.ts';
import { systemClock } from '../../src/base/index.ts';
import { storeFile } from '../../src/schedule/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { application } from './house.ts';

type App = Awaited<ReturnType<typeof application>>;

async function tokenWith(app: App, role: Role, expiresAt?: string): Promise<string> {
  const store = await openSqlite(storeFile(app.dataDir));
  try {
    const made = await createToken(
      store,
      { name: role, role, ...(expiresAt ? { expiresAt } : {}) },
      systemClock,
    );
    return made.token;
  } finally {
    await store.close();
  }
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}

describe('signing in', () => {
  it('makes a token on the first start, readable by its owner alone, and keeps it', async () => {
    const app = await application();
    const file = join(app.dataDir, 'token');
    expect((await readFile(file, 'utf8')).trim()).toBe(app.token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await application({ dataDir: app.dataDir });
    expect(again.token).toBe(app.token);
  });

  it('keeps no token in the store', async () => {
    const app = await application();
    const bytes = await readFile(storeFile(app.dataDir));
    const wal = await readFile(`${storeFile(app.dataDir)}-wal`).catch(() => Buffer.alloc(0));
    expect(Buffer.concat([bytes, wal]).includes(app.token)).toBe(false);
  });

  it('asks for a token before everything else', async () => {
    const app = await application();
    for (const [name, route] of Object.entries(routes)) {
      if (route.role === 'anyone') continue;
      const url = `/api/v1${route.path.replaceAll(/:\w+/g, 'x')}`;
      const answer = await app.app.inject({ method: route.method, url });
      expect([name, answer.statusCode]).toEqual([name, 401]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['www-authenticate']).toContain('Bearer');
      expect(answer.json()).toMatchObject({ code: 'not-signed-in', status: 401, title: 'Unauthorized' });
    }
  });

  it('refuses a wrong token and one that has expired', async () => {
    const app = await application();
    const expired = await tokenWith(app, 'operator', '2020-01-01T00:00:00.000Z');
    for (const token of ['rollcall_wrong', expired]) {
      const answer = await app.app.inject({ url: '/api/v1/session', headers: bearer(token) });
      expect(answer.json()).toMatchObject({ status: 401, code: 'wrong-token' });
    }
  });

  it('lets each role do what is its own and no more', async () => {
    const app = await application();
    const wanted: [Role, string, string, number][] = [
      ['read-only', 'GET', '/api/v1/collections', 200],
      ['read-only', 'POST', '/api/v1/evaluations', 403],
      ['read-only', 'POST', '/api/v1/collections', 403],
      ['operator', 'POST', '/api/v1/evaluations', 202],
      ['operator', 'POST', '/api/v1/collections', 403],
      ['full-administrator', 'POST', '/api/v1/collections', 201],
    ];
    const tokens = new Map<Role, string>();
    for (const role of roles) tokens.set(role, await tokenWith(app, role));
    for (const [role, method, url, status] of wanted) {
      const answer = await app.app.inject({
        method: method as 'GET',
        url,
        headers: bearer(tokens.get(role) ?? ''),
        ...(method === 'POST' ? { payload: url.includes('eval') ? {} : { name: 'C', type: 'device' } } : {}),
      });
      expect([role, method, url, answer.statusCode]).toEqual([role, method, url, status]);
      if (status === 403) expect(answer.json()).toMatchObject({ code: 'role-too-low' });
    }
  });

  it('signs a browser in with a cookie that scripts and other sites can not use', async () => {
    const app = await application();
    const signIn = await app.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { token: app.token },
    });
    expect(signIn.json()).toMatchObject({ role: 'full-administrator' });
    const cookie = String(signIn.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect((await app.app.inject({ url: '/api/v1/session', headers: session })).statusCode).toBe(200);

    const foreign = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site' }];
    for (const headers of foreign) {
      const answer = await app.app.inject({
        method: 'POST',
        url: '/api/v1/evaluations',
        headers: { ...session, ...headers },
        payload: {},
      });
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign-page' });
    }
    const ours = await app.app.inject({
      method: 'POST',
      url: '/api/v1/evaluations',
      headers: { ...session, 'sec-fetch-site': 'same-origin' },
      payload: {},
    });
    expect(ours.statusCode).toBe(202);
  });

  it('signs a browser out', async () => {
    const app = await application();
    const answer = await app.app.inject({ method: 'DELETE', url: '/api/v1/session' });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toContain('Max-Age=0');
  });

  it('refuses a wrong token at the sign-in', async () => {
    const app = await application();
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { token: 'wrong' },
    });
    expect(answer.json()).toMatchObject({ status: 401, code: 'wrong-token' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('tells an address that tries too many wrong tokens, and lets the right one in all the same', async () => {
    const app = await application();
    const attempt = () => app.app.inject({ url: '/api/v1/session', headers: bearer('wrong') });
    for (let n = 0; n < 10; n++) expect((await attempt()).statusCode).toBe(401);
    expect((await attempt()).json()).toMatchObject({ status: 429, code: 'too-many-attempts' });
    const right = await app.app.inject({ url: '/api/v1/session', headers: bearer(app.token) });
    expect(right.statusCode).toBe(200);
  });
});

describe('tokens', () => {
  it('are made with a role and an end, listed without their text, and taken back', async () => {
    const { client, app } = await application();
    const made = await client.call('createToken', { body: { name: 'CI', role: 'operator', days: 30 } });
    expect(made).toMatchObject({ name: 'CI', role: 'operator', expiresAt: expect.any(String) });
    const { items } = await client.call('listTokens', {});
    expect(items.map(token => token.name)).toEqual(['first start', 'CI']);
    expect(JSON.stringify(items)).not.toContain(made.token);
    const ask = () => app.inject({ url: '/api/v1/session', headers: bearer(made.token) });
    expect((await ask()).json()).toMatchObject({ name: 'CI', role: 'operator' });
    await client.call('revokeToken', { params: { id: made.id } });
    expect((await ask()).statusCode).toBe(401);
  });

  it('can not take themselves back', async () => {
    const { client } = await application();
    const [own] = (await client.call('listTokens', {})).items;
    await expect(client.call('revokeToken', { params: { id: own?.id ?? 0 } })).rejects.toMatchObject({
      code: 'own-token',
    });
  });
});
