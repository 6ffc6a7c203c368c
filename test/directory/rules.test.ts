import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/index.ts';
import { checkPermissions } from '../../src/directory/check/permissions.ts';
import { assertAllowed } from '../../src/directory/graph/allowed.ts';
import { mailNickname } from '../../src/directory/graph/nickname.ts';
import { networkFailure } from '../../src/directory/http/network-problem.ts';
import { failureOf, retryAfter, retryDelay } from '../../src/directory/http/retry.ts';
import { endpointsInstead } from '../../src/directory/signin/endpoints.ts';
import { knownSignInCodes, signInProblem } from '../../src/directory/signin/problems.ts';
import { tokenClaims } from '../../src/directory/signin/token-claims.ts';

const group = '0b3f3c1e-1111-4222-8333-444455556666';
const member = 'aaaaaaaa-1111-4222-8333-444455556666';

describe('what may be written', () => {
  test.each([
    ['GET', `/groups/${group}/members`, undefined],
    ['PATCH', `/groups/${group}`, { 'members@odata.bind': [] }],
    ['DELETE', `/groups/${group}/members/${member}/$ref`, undefined],
    ['POST', '/groups', { displayName: 'x', mailNickname: 'x' }],
  ])('%s %s goes out', (method, path, body) => {
    expect(() => assertAllowed(method, path, body)).not.toThrow();
  });

  test.each([
    ['DELETE', `/groups/${group}/members/${member}`, undefined],
    ['DELETE', `/groups/${group}/members/${member}/`, undefined],
    ['DELETE', `/groups/${group}/members/${member}?x=/$ref`, undefined],
    ['DELETE', `/groups/${group}/members/${member}%2F$ref`, undefined],
    ['DELETE', `/groups/${group}/members/${member}/../${member}/$ref`, undefined],
    ['DELETE', `/groups/${group}/members//$ref`, undefined],
    ['DELETE', `/groups/${group}`, undefined],
    ['DELETE', `/groups/${group}/owners/${member}/$ref`, undefined],
    ['DELETE', `/users/${member}`, undefined],
    ['DELETE', `/devices/${member}`, undefined],
    ['DELETE', `/directoryObjects/${member}`, undefined],
    ['PATCH', `/groups/${group}`, { displayName: 'renamed' }],
    ['PATCH', `/groups/${group}`, { 'members@odata.bind': [], displayName: 'renamed' }],
    ['PATCH', `/groups/${group}`, 'text'],
    ['PATCH', `/users/${member}`, { 'members@odata.bind': [] }],
    ['PUT', `/groups/${group}`, {}],
    ['POST', '/users', {}],
    ['POST', '/groups', { members: [] }],
    ['POST', '/$batch', {}],
  ])('%s %s never does', (method, path, body) => {
    expect(() => assertAllowed(method, path, body)).toThrow(
      expect.objectContaining({ code: 'write-refused' }),
    );
  });

  test('no DELETE whatsoever goes out unless it ends in a member and /$ref', () => {
    const part = fc.constantFrom('groups', 'members', 'users', group, member, '$ref', '', '..', '%2f');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), parts => {
        const path = `/${parts.join('/')}`;
        const ok = /^\/groups\/[0-9a-f-]{36}\/members\/[0-9a-f-]{36}\/\$ref$/.test(path);
        const sent = () => assertAllowed('DELETE', path, undefined);
        if (ok) sent();
        else expect(sent).toThrow();
      }),
    );
  });
});

describe('trying again', () => {
  test('waits exactly as long as it was told', () => {
    expect(retryDelay({ kind: 'throttled', retryAfterMs: 17_000 }, 1, 0.9)).toBe(17_000);
    expect(retryDelay({ kind: 'unavailable', retryAfterMs: 0 }, 3, 0.9)).toBe(0);
  });

  test('otherwise waits exponentially longer, half of it by chance, at most 30 s', () => {
    const wait = (attempt: number, random: number) =>
      retryDelay({ kind: 'throttled', retryAfterMs: null }, attempt, random);
    expect([1, 2, 3].map(n => wait(n, 0))).toEqual([250, 500, 1000]);
    expect([1, 2, 3].map(n => wait(n, 1))).toEqual([500, 1000, 2000]);
    expect(wait(11, 1)).toBe(30_000);
  });

  test.each([
    [{ kind: 'throttled', retryAfterMs: 1 }, 12],
    [{ kind: 'unavailable', retryAfterMs: null }, 6],
    [{ kind: 'not-sent' }, 3],
    [{ kind: 'no-answer' }, 5],
  ] as const)('after %o gives up at attempt %i', (failure, last) => {
    expect(retryDelay(failure, last - 1, 0)).not.toBeNull();
    expect(retryDelay(failure, last, 0)).toBeNull();
  });

  test('reads Retry-After as seconds or as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfter('12', now)).toBe(12_000);
    expect(retryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfter('Thu, 01 Jan 2025 00:00:30 GMT', now)).toBe(0);
    expect(retryAfter('soon', now)).toBeNull();
    expect(retryAfter(undefined, now)).toBeNull();
  });

  test('is for 429 and the server errors that pass', () => {
    const kinds = [200, 400, 404, 429, 500, 501, 502, 503, 504].map(
      s => failureOf(s, null)?.kind ?? 'answer',
    );
    expect(kinds).toEqual([
      'answer',
      'answer',
      'answer',
      'throttled',
      'unavailable',
      'answer',
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
  });
});

describe('problems in plain words', () => {
  test.each([
    ['ENOTFOUND', 'hopeless', 'host-unknown'],
    ['ECONNREFUSED', 'not-sent', 'host-unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'not-sent', 'host-unreachable'],
    ['UND_ERR_HEADERS_TIMEOUT', 'unknown', 'host-timeout'],
    ['ECONNRESET', 'unknown', 'connection-lost'],
    ['UND_ERR_SOCKET', 'unknown', 'connection-lost'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'hopeless', 'tls-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'hopeless', 'tls-wrong-host'],
    ['CERT_HAS_EXPIRED', 'hopeless', 'tls-expired'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'hopeless', 'tls-failed'],
  ])('%s of the network is %s: %s', (code, outcome, problem) => {
    const system = Object.assign(new Error('raw'), { code });
    const failure = networkFailure(new Error('wrapped', { cause: system }), 'https://graph.example/v1.0');
    expect(failure).toMatchObject({ outcome, problem: { code: problem, kind: 'upstream' } });
    expect(failure.problem.message).toContain('graph.example');
  });

  test('each sign-in code of the table has a message and something to do', () => {
    const needed = ['7000215', '7000222', '700016', '90002', '700027', '65001'].map(n => `AADSTS${n}`);
    expect(knownSignInCodes).toEqual(expect.arrayContaining(needed));
    for (const code of knownSignInCodes) {
      const problem = signInProblem(`invalid_client: ${code}: raw words. Trace ID: 1`, null);
      expect(problem).toMatchObject({ code, kind: 'upstream' });
      expect(problem.message).not.toContain('raw words');
      expect(problem.hint.length).toBeGreaterThan(20);
    }
  });

  test('an unknown sign-in code is told in Entra’s own first line', () => {
    const problem = signInProblem('AADSTS50034: no such account.\r\nTrace ID: 7', null);
    expect(problem).toMatchObject({
      code: 'AADSTS50034',
      message: expect.stringContaining('no such account.'),
    });
    expect(problem.message).not.toContain('Trace');
  });
});

describe('a mail nickname', () => {
  test.each([
    ['Pilot devices', 'Pilot-devices-ab12'],
    ['Zürich / Büro 3', 'Zurich-Buro-3-ab12'],
    ['東京', 'group-ab12'],
    ['  --  ', 'group-ab12'],
  ])('of "%s" is %s', (name, nickname) => {
    expect(mailNickname(name, 'ab12')).toBe(nickname);
  });

  test('has only safe characters and at most 64 of them, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), name => {
        expect(mailNickname(name, '0123abcd')).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
      }),
    );
  });
});

describe('what a token says of the app', () => {
  const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

  test.each([
    ['opaque', null],
    ['a.b.c', null],
    ['', null],
    [token({ oid: 'X' }), []],
    [token({ roles: ['Device.Read.All'] }), ['Device.Read.All']],
  ])('%s: the permissions %o', (text, roles) => {
    expect(tokenClaims(text).roles).toEqual(roles);
  });

  test('a token that can not be read is a warning, one without permissions a failure', () => {
    expect(checkPermissions(null, false)).toMatchObject([{ check: 'permissions', verdict: 'warn' }]);
    expect(checkPermissions([], false)).toMatchObject([{ check: 'permissions', verdict: 'fail' }]);
  });
});

describe('endpoints of a host that does not tell them', () => {
  const url = 'https://login.example/T/v2.0/.well-known/openid-configuration';

  test.each([404, 405, 400, 501])('are the usual ones after a %i', status => {
    expect(JSON.parse(endpointsInstead(url, status, '') ?? 'null')).toMatchObject({
      issuer: 'https://login.example/T/v2.0',
      token_endpoint: 'https://login.example/T/oauth2/v2.0/token',
    });
  });

  test.each([
    ['an answer', url, 200, '{}'],
    ['an error that may heal', url, 503, ''],
    ["an error of Entra's own", url, 400, '{"error_description":"AADSTS90002: Tenant not found."}'],
    ['another address', 'https://login.example/T/oauth2/v2.0/token', 404, ''],
  ])('are not put in place of %s', (_, asked, status, text) => {
    expect(endpointsInstead(asked, status, text)).toBeNull();
  });
});

describe("the machine's clock", () => {
  test('waits longer than its timers can: Graph may ask for a month', async () => {
    vi.useFakeTimers();
    try {
      const month = 31 * 24 * 3_600_000;
      let awake = false;
      const slept = systemClock.sleep(month).then(() => {
        awake = true;
      });
      await vi.advanceTimersByTimeAsync(month - 1);
      expect(awake).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await slept;
    } finally {
      vi.useRealTimers();
    }
  });

  test('ends a wait when it is aborted, with the reason', async () => {
    const stop = new AbortController();
    const slept = systemClock.sleep(2 ** 40, stop.signal);
    stop.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
  });
});
