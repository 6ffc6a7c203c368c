import { X509Certificate } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog, selfSigned, startServer } from '../../src/api/index.ts';
import { systemClock } from '../../src/base/index.ts';
import { dataFolder } from './house.ts';
import { movableClock } from './running-server.ts';

describe('a certificate of one’s own', () => {
  it('is made once, kept in the data folder, and its key is readable by its owner alone', async () => {
    const folder = await dataFolder();
    const first = await selfSigned(folder, '127.0.0.1', systemClock);
    expect(await selfSigned(folder, '127.0.0.1', systemClock)).toEqual(first);
    expect((await stat(join(folder, 'tls.key'))).mode & 0o777).toBe(0o600);
    expect(first.fingerprint).toBe(new X509Certificate(first.cert).fingerprint256);
  });

  it('is good for this machine, for 397 days, and signs no others', async () => {
    const { cert } = await selfSigned(await dataFolder(), 'rollcall.example', systemClock);
    const certificate = new X509Certificate(cert);
    for (const name of ['localhost', 'rollcall.example']) expect(certificate.checkHost(name)).toBe(name);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.ca).toBe(false);
    const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(397);
  });

  it.each(['::1', '[fd00::12]', '192.0.2.1', 'rollcall.example'])(
    'is kept while the server listens on %s',
    async host => {
      const folder = await dataFolder();
      const { fingerprint } = await selfSigned(folder, host, systemClock);
      expect((await selfSigned(folder, host, systemClock)).fingerprint).toBe(fingerprint);
    },
  );

  it('is made anew for an address that only begins like the one it has', async () => {
    const folder = await dataFolder();
    const { fingerprint } = await selfSigned(folder, '192.0.2.11', systemClock);
    expect((await selfSigned(folder, '192.0.2.1', systemClock)).fingerprint).not.toBe(fingerprint);
  });

  it('is made anew when the key beside it is another’s', async () => {
    const folder = await dataFolder();
    const { fingerprint } = await selfSigned(folder, '127.0.0.1', systemClock);
    const other = await selfSigned(await dataFolder(), '127.0.0.1', systemClock);
    await writeFile(join(folder, 'tls.key'), other.key);
    expect((await selfSigned(folder, '127.0.0.1', systemClock)).fingerprint).not.toBe(fingerprint);
  });

  it('is made anew before it ends, and for another name', async () => {
    const folder = await dataFolder();
    const clock = movableClock();
    const first = await selfSigned(folder, '127.0.0.1', clock);
    const other = await selfSigned(folder, 'rollcall.example', clock);
    expect(other.fingerprint).not.toBe(first.fingerprint);
    clock.forward(370 * 86_400_000);
    expect((await selfSigned(folder, 'rollcall.example', clock)).fingerprint).not.toBe(other.fingerprint);
  });

  it('serves the API over TLS to who trusts it, with a cookie that plain HTTP never gets', async () => {
    const dataDir = await dataFolder();
    const tls = await selfSigned(dataDir, '127.0.0.1', systemClock);
    const log = createLog('silent', { write() {} });
    const listening = { host: '0.0.0.0', port: 0, cycle: false, tls, log };
    const { url, token, close } = await startServer({ dataDir, env: {}, ...listening });
    onTestFinished(close);
    const dispatcher = new Agent({ connect: { ca: tls.cert } });
    onTestFinished(() => dispatcher.close());
    const answer = await request(`https://127.0.0.1:${new URL(url).port}/api/v1/session`, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    await answer.body.dump();
    expect(answer.headers['set-cookie']).toMatch(/^__Host-rollcall_session=.*; Path=\/; .*; Secure$/);
  });
});
