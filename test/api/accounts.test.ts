import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../src/api/auth/attempts.ts';
import { Passwords } from '../../src/api/auth/passwords.ts';
import { storeFile } from '../../src/schedule/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { cheapPasswords } from './house.ts';
import { browser, clientOf, movableClock, runningServer } from './running-server.ts';

const password = 'correct horse battery';
const minuteMs = 60_000;

/** A server whose first account is Ann, a full administrator, signed in. */
async function withAnn(options = {}) {
  const server = await runningServer(options);
  const ann = browser(server.url);
  const made = await ann.send('POST', '/setup', { token: server.token, name: 'Ann', password });
  expect(made.status).toBe(201);
  return { ...server, ann };
}

async function withBob(role: string, more = {}) {
  const server = await withAnn();
  const body = { name: 'Bob', password, role, ...more };
  expect((await server.ann.send('POST', '/accounts', body)).status).toBe(201);
  const bob = browser(server.url);
  expect((await bob.send('POST', '/session', { name: 'bob', password })).status).toBe(200);
  return { ...server, bob };
}

describe('the first account', () => {
  it('is made with the token of the first start, and signs in with its password from then on', async () => {
    const { url, ann } = await withAnn();
    expect((await ann.send('GET', '/session')).json).toMatchObject({
      name: 'Ann',
      role: 'full-administrator',
      account: { kind: 'local' },
      collections: null,
    });
    const other = browser(url);
    expect((await other.send('GET', '/sign-in')).json).toEqual({ setUpNeeded: false, oidc: null });
    expect((await other.send('POST', '/session', { name: 'ann', password })).status).toBe(200);
  });

  it('is asked for while there is none, and is made once', async () => {
    const { url, token } = await runningServer();
    const page = browser(url);
    expect((await page.send('GET', '/sign-in')).json).toMatchObject({ setUpNeeded: true });
    const wrong = await page.send('POST', '/setup', { token: 'rollcall_x', name: 'Eve', password });
    expect(wrong.json).toMatchObject({ status: 401, code: 'wrong-token' });
    const bodies = ['Ann', 'Eve'].map(name => page.send('POST', '/setup', { token, name, password }));
    const answers = (await Promise.all(bodies)).map(answer => answer.status);
    expect(answers.sort()).toEqual([201, 409]);
  });

  it('is not made with the token of somebody else', async () => {
    const { url, client } = await runningServer();
    const operator = await client.call('createToken', { body: { name: 'CI', role: 'operator' } });
    const answer = await browser(url).send('POST', '/setup', {
      token: operator.token,
      name: 'Eve',
      password,
    });
    expect(answer.json).toMatchObject({ status: 403, code: 'not-the-first-token' });
  });

  it.each([
    ['short', 'invalid-request'],
    ['aaaaaaaaaaaaaaaa', 'password-weak'],
    ['Catherine-12', 'password-weak'],
  ])('refuses the password %s', async (weak, code) => {
    const { url, token } = await runningServer();
    const answer = await browser(url).send('POST', '/setup', { token, name: 'Catherine', password: weak });
    expect(answer.json).toMatchObject({ status: 400, code });
  });
});

describe('signing in with a password', () => {
  it('tells wrong names, wrong passwords and disabled accounts alike', async () => {
    const { url, ann } = await withBob('operator');
    await ann.send('PATCH', '/accounts/Bob', { disabled: true });
    const eve = browser(url);
    const answers = [];
    for (const [name, given] of [
      ['Nobody', password],
      ['Ann', 'wrong horse battery'],
      ['Bob', password],
    ]) {
      const { status, json } = await eve.send('POST', '/session', { name, password: given });
      answers.push([status, json.code, json.detail]);
    }
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject([401, 'wrong-password', expect.anything()]);
  });

  it('keeps neither password nor session in the store', async () => {
    const { dataDir, ann } = await withAnn();
    const kept = await Promise.all([
      readFile(storeFile(dataDir)),
      readFile(`${storeFile(dataDir)}-wal`).catch(() => Buffer.alloc(0)),
    ]);
    const cookie = ann.cookies.get('rollcall_session') ?? 'none';
    for (const secret of [password, cookie]) expect(Buffer.concat(kept).includes(secret)).toBe(false);
  });

  it('lets an address try ten wrong ones a minute, whatever the account and right ones too', async () => {
    const clock = movableClock();
    const { url } = await withAnn({ clock });
    const eve = browser(url);
    const attempt = (name: string, given: string) => eve.send('POST', '/session', { name, password: given });
    // All at once, so that none has been found wrong before the next is asked.
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, n) => attempt(`Guess${n}`, 'x')));
    const statuses = guesses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect((await attempt('Ann', password)).json).toMatchObject({ status: 429, code: 'too-many-attempts' });
    clock.forward(2 * minuteMs);
    expect((await attempt('Ann', password)).status).toBe(200);
  });

  it('lets an account be tried ten times in a quarter of an hour, from wherever', async () => {
    const clock = movableClock();
    const { url } = await withAnn({ clock });
    const eve = browser(url);
    for (let n = 0; n < 10; n++) {
      // Blanks and capitals make no other account of it.
      await eve.send('POST', '/session', { name: `${' '.repeat(n)}ANN `, password: 'x' });
      clock.forward(minuteMs);
    }
    const later = await eve.send('POST', '/session', { name: 'Ann', password });
    expect(later.json).toMatchObject({ status: 429 });
    clock.forward(15 * minuteMs);
    expect((await eve.send('POST', '/session', { name: 'Ann', password })).status).toBe(200);
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:12:a::1', '2001:db8:0:12::/64'],
  ['2001:DB8::12:0:0:b:1', '2001:db8:0:12::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('wrong passwords from %s count for %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('a session', () => {
  it('gets a new secret at each sign-in, and the one that the browser brought ends', async () => {
    const { url, ann } = await withAnn();
    const brought = ann.cookies.get('rollcall_session') ?? '';
    const fixed = browser(url);
    fixed.cookies.set('rollcall_session', brought);
    await fixed.send('POST', '/session', { name: 'Ann', password });
    expect(fixed.cookies.get('rollcall_session')).not.toBe(brought);
    expect((await ann.send('GET', '/session')).json).toMatchObject({ status: 401, code: 'session-ended' });
  });

  it('is not begun by a secret that nobody gave out', async () => {
    const { url } = await withAnn();
    const eve = browser(url);
    eve.cookies.set('rollcall_session', 'chosen-by-eve');
    expect((await eve.send('GET', '/session')).status).toBe(401);
    await eve.send('POST', '/session', { name: 'Ann', password });
    expect(eve.cookies.get('rollcall_session')).not.toBe('chosen-by-eve');
  });

  it.each([
    ['an hour without a request', [61]],
    ['twelve hours of requests', Array.from({ length: 15 }, () => 49)],
  ])('ends after %s', async (_, steps) => {
    const clock = movableClock();
    const { ann } = await withAnn({ clock });
    for (const [n, minutes] of steps.entries()) {
      clock.forward(minutes * minuteMs);
      const { status } = await ann.send('GET', '/session');
      expect([n, status]).toEqual([n, n === steps.length - 1 ? 401 : 200]);
    }
  });

  it('ends with the sign-out, and not only in the browser', async () => {
    const { url, ann } = await withAnn();
    const copied = browser(url);
    for (const [name, value] of ann.cookies) copied.cookies.set(name, value);
    expect((await copied.send('GET', '/session')).status).toBe(200);
    expect((await ann.send('DELETE', '/session')).status).toBe(204);
    expect((await copied.send('GET', '/session')).status).toBe(401);
  });

  it('is listed, and all end by signing out everywhere', async () => {
    const { url, ann } = await withAnn();
    const tablet = browser(url, { 'user-agent': 'Tablet' });
    await tablet.send('POST', '/session', { name: 'Ann', password });
    const { json } = await ann.send('GET', '/sessions');
    expect(json.items).toMatchObject([{ agent: 'Tablet', current: false }, { current: true }]);
    await ann.send('DELETE', '/sessions');
    for (const page of [ann, tablet]) expect((await page.send('GET', '/session')).status).toBe(401);
  });

  it('carries no cookie that scripts, other sites or plain HTTP could use', async () => {
    const { url } = await withAnn();
    const { headers } = await browser(url).send('POST', '/session', { name: 'Ann', password });
    expect(headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port', { 'sec-fetch-site': 'same-site' }],
    ['a frame without an origin', { 'sec-fetch-site': 'none', origin: 'null' }],
  ])('does nothing for a page of %s', async (_, headers) => {
    const { ann } = await withAnn();
    const answer = await ann.send('POST', '/collections', { name: 'C', type: 'device' }, headers);
    expect(answer.json).toMatchObject({ status: 403, code: 'foreign-page' });
  });

  it('is not begun by the page of another site, which could sign somebody in as another', async () => {
    const { url } = await withAnn();
    const foreign = browser(url, { 'sec-fetch-site': 'cross-site' });
    const answer = await foreign.send('POST', '/session', { name: 'Ann', password });
    expect(answer.json).toMatchObject({ status: 403, code: 'foreign-page' });
    expect(foreign.cookies.size).toBe(0);
  });
});

describe('a password', () => {
  it('is kept as a hash that costs what OWASP advises, and which other passwords do not have', async () => {
    const { dataDir, ann } = await withAnn({ passwordCost: undefined });
    const store = await openSqlite(storeFile(dataDir));
    const { password: hash } = await store.db
      .selectFrom('account')
      .select('password')
      .executeTakeFirstOrThrow();
    await store.close();
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
    const answer = await ann.send('POST', '/session', { name: 'Ann', password: `${password}!` });
    expect(answer.status).toBe(401);
  });

  it('is checked at the cost of its own hash, whatever new ones cost', async () => {
    const before = await new Passwords(cheapPasswords).hash(password);
    const now = new Passwords({ ...cheapPasswords, p: 2 });
    expect(await now.verify(password, before)).toBe(true);
    expect(await now.verify('another', before)).toBe(false);
    expect(await now.verify(password, null)).toBe(false);
  });

  it('is not checked beside more than fifty others', async () => {
    const passwords = new Passwords(cheapPasswords);
    const asked = await Promise.allSettled(Array.from({ length: 53 }, () => passwords.hash(password)));
    const refused = asked.filter(each => each.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'too-many-sign-ins' } }]);
    await passwords.hash(password);
  });

  it('is changed by who knows it, and other sessions end', async () => {
    const { url, ann } = await withAnn();
    const other = browser(url);
    await other.send('POST', '/session', { name: 'Ann', password });
    const next = 'another horse, another battery';
    const wrong = await ann.send('POST', '/session/password', { current: 'wrong', password: next });
    expect(wrong.json).toMatchObject({ code: 'wrong-password' });
    expect((await ann.send('POST', '/session/password', { current: password, password: next })).status).toBe(
      204,
    );
    expect((await ann.send('GET', '/session')).status).toBe(200);
    expect((await other.send('GET', '/session')).status).toBe(401);
    expect((await other.send('POST', '/session', { name: 'Ann', password })).status).toBe(401);
    expect((await other.send('POST', '/session', { name: 'Ann', password: next })).status).toBe(200);
  });

  it('is not changed with a token', async () => {
    const { client } = await withAnn();
    const body = { current: password, password: 'another horse, another battery' };
    await expect(client.call('changePassword', { body })).rejects.toMatchObject({
      code: 'password-sign-in-needed',
    });
  });
});

describe('accounts', () => {
  it('lose a session, or what they may do, with the next request', async () => {
    const { ann, bob } = await withBob('operator');
    expect((await bob.send('POST', '/evaluations', {})).status).toBe(202);
    await ann.send('PATCH', '/accounts/Bob', { role: 'read-only' });
    expect((await bob.send('POST', '/evaluations', {})).json).toMatchObject({ code: 'role-too-low' });
    await ann.send('PATCH', '/accounts/Bob', { disabled: true });
    expect((await bob.send('GET', '/session')).status).toBe(401);
    await ann.send('PATCH', '/accounts/Bob', { disabled: false });
    expect((await bob.send('GET', '/session')).status).toBe(401);
    await bob.send('POST', '/session', { name: 'Bob', password });
    await ann.send('DELETE', '/accounts/Bob');
    expect((await bob.send('GET', '/session')).status).toBe(401);
  });

  it.each([
    ['PATCH', { role: 'operator' }],
    ['PATCH', { disabled: true }],
    ['PATCH', { collections: ['SMS00001'] }],
    ['DELETE', undefined],
  ])('of administrators are not taken from themselves: %s %o', async (method, body) => {
    const { ann } = await withAnn();
    expect((await ann.send(method, '/accounts/Ann', body)).json).toMatchObject({
      status: 409,
      code: 'own-account',
    });
  });

  it('have names of their own, in any case', async () => {
    const { ann } = await withBob('operator');
    const again = await ann.send('POST', '/accounts', { name: 'BOB', password, role: 'read-only' });
    expect(again.json).toMatchObject({ status: 409, code: 'account-exists' });
    const renamed = await ann.send('PATCH', '/accounts/Bob', { name: 'ann' });
    expect(renamed.json).toMatchObject({ status: 409, code: 'account-exists' });
  });

  it('bear no names that could break a line of a log', async () => {
    const { ann } = await withAnn();
    const answer = await ann.send('POST', '/accounts', { name: 'Eve\r\nX: 1', password, role: 'read-only' });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid-request' });
  });
});

describe('personal tokens', () => {
  it('are made up to one’s own role, listed without their text, and taken back', async () => {
    const { url, bob, ann } = await withBob('operator');
    const above = await bob.send('POST', '/tokens', { name: 'CI', role: 'full-administrator' });
    expect(above.json).toMatchObject({ status: 403, code: 'role-too-low' });
    const { json: made } = await bob.send('POST', '/tokens', { name: 'CI', role: 'operator', days: 1 });
    expect(made).toMatchObject({ name: 'CI', account: 'Bob', role: 'operator' });
    const client = clientOf(url, String(made.token));
    expect(await client.call('getSession', {})).toMatchObject({ name: 'Bob (CI)', role: 'operator' });
    const { text } = await bob.send('GET', '/tokens');
    expect(text).toContain('"CI"');
    expect(text).not.toContain(String(made.token));
    expect(text).not.toContain('first start');
    expect((await ann.send('GET', '/tokens')).text).toContain('first start');
    expect((await bob.send('DELETE', `/tokens/${made.id}`)).status).toBe(204);
    await expect(client.call('getSession', {})).rejects.toMatchObject({ code: 'wrong-token' });
  });

  it('never do more than their account may, whatever they were made for', async () => {
    const { url, bob, ann } = await withBob('operator');
    const { json: made } = await bob.send('POST', '/tokens', { name: 'CI', role: 'operator' });
    const client = clientOf(url, String(made.token));
    await ann.send('PATCH', '/accounts/Bob', { role: 'read-only' });
    expect(await client.call('getSession', {})).toMatchObject({ role: 'read-only' });
    await ann.send('PATCH', '/accounts/Bob', { disabled: true });
    await expect(client.call('getSession', {})).rejects.toMatchObject({ code: 'wrong-token' });
  });

  it('make no other tokens, by which they could outlive their end', async () => {
    const { url, bob } = await withBob('operator');
    const { json: made } = await bob.send('POST', '/tokens', { name: 'CI', role: 'operator' });
    const client = clientOf(url, String(made.token));
    const again = { body: { name: 'CI2', role: 'operator' } } as const;
    await expect(client.call('createToken', again)).rejects.toMatchObject({ code: 'sign-in-needed' });
    const page = browser(url);
    await page.send('POST', '/session', { token: made.token });
    expect((await page.send('POST', '/tokens', again.body)).json).toMatchObject({ code: 'sign-in-needed' });
  });

  it('of others are neither seen nor taken back, but by an administrator', async () => {
    const { ann, bob } = await withBob('operator');
    const { json } = await ann.send('POST', '/tokens', { name: 'Hers', role: 'operator' });
    expect((await bob.send('GET', `/tokens/${json.id}`)).status).toBe(404);
    expect((await bob.send('DELETE', `/tokens/${json.id}`)).status).toBe(404);
    expect((await ann.send('DELETE', `/tokens/${json.id}`)).status).toBe(204);
  });
});
