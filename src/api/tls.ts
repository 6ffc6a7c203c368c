import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { JsonGeneralName } from '@peculiar/x509';
import type { Clock } from '../base/index.ts';
import { makeFolder } from '../store/index.ts';

/** A certificate and its key, in PEM. */
export interface Tls {
  cert: string;
  key: string;
}

const dayMs = 24 * 60 * 60_000;
/** Browsers refuse certificates that are good for longer than 398 days. */
const goodForDays = 397;
const renewDays = 30;

/**
 * A certificate of this machine's own for when there is no other: made once and kept in the data folder, made anew
 * before it ends or when the server is to listen elsewhere.
 * @returns it with its SHA-256 fingerprint, by which people recognise it at the first visit
 */
export async function selfSigned(
  dataDir: string,
  host: string,
  clock: Pick<Clock, 'now'>,
): Promise<Tls & { fingerprint: string }> {
  const kept = await load(dataDir);
  const tls = kept && isGood(kept, host, clock.now()) ? kept : await make(dataDir, host, clock.now());
  return { ...tls, fingerprint: new X509Certificate(tls.cert).fingerprint256 };
}

function files(dataDir: string) {
  return { cert: join(dataDir, 'tls.pem'), key: join(dataDir, 'tls.key') };
}

async function load(dataDir: string): Promise<Tls | undefined> {
  const { cert, key } = files(dataDir);
  try {
    const tls = { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
    await chmod(key, 0o600);
    return tls;
  } catch {
    return undefined;
  }
}

function isGood({ cert, key }: Tls, host: string, now: Date): boolean {
  try {
    const certificate = new X509Certificate(cert);
    const left = Date.parse(certificate.validTo) - now.getTime();
    // Both files are written one after the other: a machine that died between them left two of different pairs.
    if (left <= renewDays * dayMs || !certificate.checkPrivateKey(createPrivateKey(key))) return false;
    return isEverywhere(host) || isNamed(certificate, bare(host));
  } catch {
    return false;
  }
}

function isNamed(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

async function make(dataDir: string, host: string, now: Date): Promise<Tls> {
  // Loaded where it is needed alone: it is large, and patches a global that it depends on.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as Crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Rollcall on ${hostname().replaceAll(/[^\w.-]/g, '-')}`,
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + goodForDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(namesOf(host)),
    ],
  });
  const key = x509.PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const tls = { cert: `${certificate.toString('pem')}\n`, key: `${key}\n` };
  const to = files(dataDir);
  makeFolder(dataDir);
  await writeFile(to.key, tls.key, { mode: 0o600 });
  await chmod(to.key, 0o600);
  await writeFile(to.cert, tls.cert, { mode: 0o644 });
  return tls;
}

/** This machine's names and addresses, and the one that the server listens on. */
function namesOf(host: string): JsonGeneralName[] {
  const addresses = Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).map(({ address }) => address),
  );
  const own = isEverywhere(host) ? [] : [bare(host)];
  const all = new Set(['localhost', '127.0.0.1', '::1', hostname(), ...addresses, ...own]);
  return [...all]
    .map(name => name.replace(/%.*$/, ''))
    .map(name => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name }));
}

function isEverywhere(host: string): boolean {
  return ['0.0.0.0', '::'].includes(bare(host));
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
