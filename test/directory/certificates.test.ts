import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateExpiry, prepareCredential } from '../../src/directory/tenant/prepare.ts';

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('a certificate as a credential (needs openssl to make test files)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'rollcall-pfx-'));
  const file = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const makePfx = (name: string, passphrase: string, ...options: string[]) => {
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      'key.pem',
      '-in',
      'cert.pem',
      '-out',
      name,
      '-passout',
      `pass:${passphrase}`,
      ...options,
    );
    return readFileSync(file(name)).toString('base64');
  };

  beforeAll(() => {
    const subject = ['-subj', '/CN=rollcall', '-days', '90', '-nodes'];
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-keyout', 'key.pem', '-out', 'cert.pem', ...subject);
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-keyout',
      'other.pem',
      '-out',
      'other-cert.pem',
      ...subject,
    );
    openssl(
      'pkcs8',
      '-topk8',
      '-in',
      'key.pem',
      '-out',
      'locked.pem',
      '-passout',
      'pass:geheim',
      '-v2',
      'aes256',
    );
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const expectPair = (credential: ReturnType<typeof prepareCredential>) => {
    if (credential.kind !== 'certificate') throw new Error('not a certificate');
    expect(credential.pem).toContain('BEGIN PRIVATE KEY');
    const cert = readFileSync(file('cert.pem'), 'utf8').trim();
    expect(credential.pem).toContain(cert);
    const days = (certificateExpiry(credential.pem).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(88);
    expect(days).toBeLessThan(91);
  };

  test.each([
    ['AES-256 with SHA-256, as openssl 3 and Windows 11 write it', 'pass', []],
    ['AES-128', 'pass', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC']],
    [
      'triple DES with SHA-1, as older Windows writes it',
      'pässwörd',
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['RC2 with SHA-1, as old Windows and openssl write it', 'pässwörd', ['-legacy']],
    [
      'RC2 for the key too',
      'pass',
      ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-RC2-128'],
    ],
    ['AES-256 under a passphrase with umlauts', 'pässwörd', []],
    ['an empty passphrase', '', []],
    ['certificates in the clear', 'pass', ['-certpbe', 'NONE']],
  ])('a PFX is read: %s', (_name, passphrase, options) => {
    expectPair(
      prepareCredential({ kind: 'certificate', pfx: makePfx('a.pfx', passphrase, ...options), passphrase }),
    );
  });

  test('a PFX in BER, of indefinite lengths and octets in pieces, as Bouncy Castle writes it, is read', () => {
    const pfx = Buffer.from(makePfx('ber.pfx', 'pässwörd'), 'base64');
    const ber = inBer(pfx);
    expect(ber.subarray(0, 2)).toEqual(Buffer.from([0x30, 0x80]));
    expectPair(
      prepareCredential({ kind: 'certificate', pfx: ber.toString('base64'), passphrase: 'pässwörd' }),
    );
  });

  test('a PEM with its key, plain or locked, is read', () => {
    const cert = readFileSync(file('cert.pem'), 'utf8');
    expectPair(prepareCredential({ kind: 'certificate', pem: readFileSync(file('key.pem'), 'utf8') + cert }));
    const pem = cert + readFileSync(file('locked.pem'), 'utf8');
    expectPair(prepareCredential({ kind: 'certificate', pem, passphrase: 'geheim' }));
  });

  test('a wrong passphrase, a foreign key, a missing key and a damaged file each say what is wrong', () => {
    const pfx = makePfx('b.pfx', 'right');
    const cert = readFileSync(file('cert.pem'), 'utf8');
    const foreign = readFileSync(file('other.pem'), 'utf8');
    const given = (input: { pem?: string; pfx?: string; passphrase?: string }) => () =>
      prepareCredential({ kind: 'certificate', ...input });
    expect(given({ pfx, passphrase: 'wrong' })).toThrow(/passphrase of the PFX file is wrong/);
    expect(given({ pfx: pfx.slice(0, 400) })).toThrow(/damaged/);
    expect(given({ pem: cert })).toThrow(/no private key/);
    expect(given({ pem: cert + foreign })).toThrow(/does not belong/);
    expect(given({ pem: 'nothing' })).toThrow(/no PEM certificate/);
    const locked = readFileSync(file('locked.pem'), 'utf8');
    expect(given({ pem: cert + locked, passphrase: 'wrong' })).toThrow(/can not be read/);
  });
});

/** DER written anew as BER: constructed values of indefinite length, long octet strings in pieces (X.690, 8.1.3.6, 8.7). */
function inBer(der: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < der.length; ) {
    const [tag = 0, first = 0] = der.subarray(at);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + more;
    const end = start + (more === 0 ? first : der.readUIntBE(at + 2, more));
    const content = der.subarray(start, end);
    if (tag & 0x20) parts.push(indefinite(tag, inBer(content)));
    else if (tag === 0x04 && content.length > 100) {
      const [left, right] = [content.subarray(0, 100), content.subarray(100)];
      const rest =
        right.length < 0x80 ? [0x04, right.length] : [0x04, 0x82, right.length >> 8, right.length & 0xff];
      parts.push(indefinite(0x24, Buffer.concat([Buffer.from([0x04, 100]), left, Buffer.from(rest), right])));
    } else parts.push(der.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function indefinite(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.from([0, 0])]);
}
