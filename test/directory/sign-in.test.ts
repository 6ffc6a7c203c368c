import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Emulator, makeClientCertificate, startEmulator } from '../../emulator/index.ts';
import { openDirectory, type Tenant } from '../../src/directory/index.ts';
import { TokenCache } from '../../src/directory/signin/token-cache.ts';
import type { Credential } from '../../src/directory/tenant/credential.ts';
import { prepareCredential } from '../../src/directory/tenant/prepare.ts';
import { fastClock, plainSecrets, tenantOf } from './support.ts';

describe('signing in through @azure/identity', () => {
  let emulator: Emulator;
  const clock = fastClock(1000);
  beforeEach(async () => {
    emulator = await startEmulator({ throttling: false });
  });
  afterEach(() => emulator.close());

  const verify = async (credential?: Credential, changes: Partial<Tenant> = {}) => {
    const directory = openDirectory(tenantOf(emulator, credential, changes), plainSecrets, {
      clock,
      env: {},
    });
    try {
      return await directory.verify();
    } finally {
      await directory.close();
    }
  };

  test('with a client secret, trusting the authority given for sign-in too', async () => {
    const claims = await verify();
    expect(claims).toMatchObject({
      appId: emulator.app.appId,
      objectId: emulator.app.servicePrincipalId,
      tenantId: emulator.tenant.id,
    });
    expect(claims.roles).toContain('GroupMember.ReadWrite.All');
  });

  test('also where the host does not tell its endpoints', async () => {
    let misled = 0;
    const dispatcher = new Agent({ connect: { ca: emulator.caPem } }).compose(send => (options, handler) => {
      const isAsked = options.path.includes('openid-configuration');
      if (isAsked) misled += 1;
      return send(isAsked ? { ...options, path: '/nowhere' } : options, handler);
    });
    const directory = openDirectory(tenantOf(emulator), plainSecrets, { clock, env: {}, dispatcher });
    expect(await directory.verify()).toMatchObject({ appId: emulator.app.appId });
    expect(misled).toBe(1);
    await directory.close();
    await dispatcher.close();
  });

  test('with a certificate', async () => {
    const { certPem, keyPem } = makeClientCertificate();
    emulator.tenant.addCertificate(emulator.app.appId, certPem);
    const credential = prepareCredential({ kind: 'certificate', pem: keyPem + certPem });
    expect((await verify(credential)).appId).toBe(emulator.app.appId);
  });

  test('with a certificate that the app does not know: told in plain words', async () => {
    const { certPem, keyPem } = makeClientCertificate();
    const credential = prepareCredential({ kind: 'certificate', pem: keyPem + certPem });
    await expect(verify(credential)).rejects.toMatchObject({ code: 'AADSTS700027' });
  });

  describe('with a federated token file', () => {
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'rollcall-token-'));
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    test('that is read anew at each sign-in', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const issuer = 'https://issuer.example';
      const audience = 'api://AzureADTokenExchange';
      emulator.tenant.addFederatedCredential(emulator.app.appId, {
        issuer,
        audience,
        subject: 'rollcall',
        publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      });
      const file = join(dir, 'token');
      const claims = { iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 600 };
      const credential: Credential = { kind: 'federated-token-file', file };
      writeFileSync(file, `${jwt({ ...claims, sub: 'rollcall' }, privateKey)}\n`);
      expect((await verify(credential)).appId).toBe(emulator.app.appId);
      writeFileSync(file, jwt({ ...claims, sub: 'somebody' }, privateKey));
      await expect(verify(credential)).rejects.toMatchObject({ code: 'AADSTS700213' });
    });

    test('that is missing, empty or no token: named', async () => {
      const file = join(dir, 'token');
      const credential: Credential = { kind: 'federated-token-file', file };
      await expect(verify(credential)).rejects.toMatchObject({ code: 'token-file-unreadable' });
      writeFileSync(file, '\n');
      await expect(verify(credential)).rejects.toMatchObject({ message: expect.stringContaining('empty') });
      // What is no token is not sent anywhere.
      writeFileSync(file, 'root:x:0:0:root:/root:/bin/sh\n');
      await expect(verify(credential)).rejects.toMatchObject({
        message: expect.stringContaining('no token'),
      });
    });
  });

  describe('with a managed identity', () => {
    // One endpoint for all: the library keeps its address and tokens for the life of the process.
    const unknownIdentity = '00000000-0000-4000-8000-00000000dead';
    let endpoint: Server;
    const asked: { url: string; secret: string | undefined }[] = [];
    beforeAll(async () => {
      endpoint = createServer((request, response) => {
        asked.push({
          url: request.url ?? '',
          secret: request.headers['x-identity-header'] as string | undefined,
        });
        response.setHeader('content-type', 'application/json');
        if (request.url?.includes(unknownIdentity)) {
          response.statusCode = 400;
          response.end(JSON.stringify({ statusCode: 400, message: 'No such identity.' }));
          return;
        }
        const expires = String(Math.floor(Date.now() / 1000) + 3600);
        const token = jwt({ oid: 'O-1', roles: ['Group.Read.All'] }, null);
        response.end(JSON.stringify({ access_token: token, expires_on: expires, token_type: 'Bearer' }));
      });
      await new Promise<void>(resolve => endpoint.listen(0, '127.0.0.1', resolve));
      const { port } = endpoint.address() as AddressInfo;
      vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
      vi.stubEnv('IDENTITY_HEADER', 'header-secret');
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      endpoint.closeAllConnections();
      await new Promise(resolve => endpoint.close(resolve));
    });

    test.each([
      [false, true],
      [true, false],
    ])('(of the system: %s) asks the platform for a token for Graph', async (systemAssigned, named) => {
      const credential: Credential = { kind: 'managed-identity', systemAssigned };
      asked.length = 0;
      const clientId = crypto.randomUUID();
      const claims = await verify(credential, { clientId });
      expect(claims).toMatchObject({ objectId: 'o-1', roles: ['Group.Read.All'] });
      const query = new URL(asked[0]?.url ?? '', 'http://x').searchParams;
      expect(query.get('resource')).toBe(emulator.graphUrl);
      expect(query.has('client_id')).toBe(named);
      expect(asked[0]?.secret).toBe('header-secret');
    });

    test('that the platform does not know: told in plain words', async () => {
      const credential: Credential = { kind: 'managed-identity', systemAssigned: false };
      await expect(verify(credential, { clientId: unknownIdentity })).rejects.toMatchObject({
        code: 'no-managed-identity',
        message: expect.stringContaining('400'),
      });
    });
  });

  test.each([7000215, 7000222, 700016, 90002, 700027, 65001, 7000112, 53003])(
    'AADSTS%i is told in plain words with something to do, and without the secret',
    async code => {
      emulator.tenant.failSignIn(emulator.app.appId, code);
      const error = await verify().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: `AADSTS${code}`, kind: 'upstream', hint: expect.any(String) });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(
        emulator.credentials.clientSecret,
      );
    },
  );

  test.each([
    ['a wrong secret', { kind: 'client-secret', secret: 'wrong' }, {}, 'AADSTS7000215'],
    ['an unknown app', undefined, { clientId: '00000000-0000-4000-8000-00000000dead' }, 'AADSTS700016'],
    ['an unknown tenant', undefined, { tenantId: '00000000-0000-4000-8000-00000000dead' }, 'AADSTS90002'],
    ['an untrusted authority', undefined, { ca: null }, 'tls-untrusted'],
    ['a closed port', undefined, { loginUrl: 'https://127.0.0.1:9' }, 'host-unreachable'],
    ['an unknown host', undefined, { loginUrl: 'https://no-such-host.invalid' }, 'host-unknown'],
  ] as [string, Credential | undefined, Partial<Tenant>, string][])(
    '%s is one clear problem',
    async (_name, credential, changes, code) => {
      await expect(verify(credential, changes)).rejects.toMatchObject({ code, name: 'Problem' });
    },
  );

  test('an expired secret is told from a wrong one', async () => {
    emulator.tenant.expireSecrets(emulator.app.appId);
    await expect(verify()).rejects.toMatchObject({ code: 'AADSTS7000222' });
  });

  test('a sign-in that fails in passing is tried again', async () => {
    emulator.faults.add({ path: 'oauth2/v2.0/token', action: { kind: 'reset', when: 'before' } });
    emulator.faults.add({ path: 'oauth2/v2.0/token', action: { kind: 'status', status: 503 } });
    expect((await verify()).appId).toBe(emulator.app.appId);
  });
});

describe('the token that is kept', () => {
  const start = 1_000_000;
  const rig = (lives: number) => {
    let now = start;
    let count = 0;
    let signIns = 0;
    let broken = false;
    const signIn = async () => {
      signIns += 1;
      if (broken) throw new Error('down');
      return { token: `t${++count}`, expiresAt: now + lives };
    };
    const cache = new TokenCache(signIn, { now: () => new Date(now) });
    const pass = (ms: number) => {
      now += ms;
    };
    return {
      cache,
      pass,
      asked: () => signIns,
      breakDown: () => {
        broken = true;
      },
    };
  };

  test('serves all until five minutes before its end', async () => {
    const { cache, pass } = rig(3_600_000);
    expect(await Promise.all([cache.get(), cache.get()])).toEqual(['t1', 't1']);
    pass(3_299_000);
    expect(await cache.get()).toBe('t1');
    pass(2_000);
    expect(await cache.get()).toBe('t2');
  });

  test('is not renewed at every request where tokens live shortly', async () => {
    const { cache, pass } = rig(60_000);
    await cache.get();
    pass(40_000);
    expect(await cache.get()).toBe('t1');
    pass(9_000);
    expect(await cache.get()).toBe('t2');
  });

  test('is renewed at once when it was refused, and only once', async () => {
    const { cache } = rig(3_600_000);
    const first = await cache.get();
    cache.refuse(first);
    expect(await cache.get()).toBe('t2');
    cache.refuse(first);
    expect(await cache.get()).toBe('t2');
  });

  test('that is refused is asked for again after a moment only, however many want it', async () => {
    const { cache, pass, breakDown, asked } = rig(3_600_000);
    breakDown();
    for (let group = 0; group < 100; group += 1) await expect(cache.get()).rejects.toThrow('down');
    expect(asked()).toBe(1);
    pass(9_000);
    await expect(cache.get()).rejects.toThrow('down');
    expect(asked()).toBe(1);
    pass(1_000);
    await expect(cache.get()).rejects.toThrow('down');
    expect(asked()).toBe(2);
    // A clock that is set back makes nobody wait for that hour again.
    pass(-3_600_000);
    await expect(cache.get()).rejects.toThrow('down');
    expect(asked()).toBe(3);
  });

  test('goes on being used while it is good, when it can not be renewed early', async () => {
    const { cache, pass, breakDown } = rig(3_600_000);
    await cache.get();
    breakDown();
    pass(3_400_000);
    expect(await cache.get()).toBe('t1');
    pass(300_000);
    await expect(cache.get()).rejects.toThrow('down');
  });
});

/** A JSON web token; unsigned without a key. */
function jwt(claims: object, key: KeyObject | null): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const data = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = key === null ? 'x' : sign('sha256', Buffer.from(data), key).toString('base64url');
  return `${data}.${signature}`;
}
