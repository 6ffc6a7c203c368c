import { createHmac, createPrivateKey, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto';
import { Problem } from '../../base/index.ts';
import { type Ber, decode, numberOf, octetsOf, oidOf, partsOf, taggedBy } from './ber.ts';
import { decrypt, deriveKey } from './pfx-cipher.ts';

// Reads a PFX (PKCS #12, RFC 7292). Node reads one for TLS but hands out neither key nor certificate, and
// @azure/identity takes PEM only. Why no library does it all: docs/decisions/0013-a-pfx-is-read-here.md.

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
};

const digests: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * The private key and the certificates of a PFX.
 * @param passphrase '' where it has none
 * @throws Problem `invalid-certificate` when it is damaged, the passphrase is wrong, or its encryption is obsolete
 */
export function readPfx(
  bytes: Buffer,
  passphrase: string,
): { key: KeyObject; certificates: X509Certificate[] } {
  try {
    const [, authSafe, mac] = partsOf(decode(bytes));
    const content = dataOf(authSafe);
    if (mac) verify(content, mac, passphrase);
    const bags = partsOf(decode(content)).flatMap(info => bagsOf(info, passphrase));
    const key = bags.map(bag => keyOf(bag, passphrase)).find(k => k !== undefined);
    const certificates = bags.map(certificateOf).filter(c => c !== undefined);
    if (key && certificates.length > 0) return { key, certificates };
    throw unreadable('The PFX file does not hold both a certificate and its private key.');
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unreadable('The PFX file can not be read: it is damaged, or the passphrase is wrong.', error);
  }
}

/** The octets inside a ContentInfo of plain data. */
function dataOf(info: Ber | undefined): Buffer {
  const [type, wrapped] = partsOf(info);
  if (oidOf(type) !== oids.data) throw new Error('not plain data');
  return octetsOf(taggedBy(wrapped));
}

function bagsOf(info: Ber, passphrase: string): Ber[] {
  const [type, wrapped] = partsOf(info);
  if (oidOf(type) !== oids.encryptedData) return partsOf(decode(dataOf(info)));
  const [, encrypted] = partsOf(taggedBy(wrapped));
  const [, algorithm, body] = partsOf(encrypted);
  return partsOf(decode(decrypt(algorithm, octetsOf(body), passphrase)));
}

function keyOf(bag: Ber, passphrase: string): KeyObject | undefined {
  const [type, value] = partsOf(bag);
  const oid = oidOf(type);
  if (oid === oids.keyBag) return openKey(Buffer.from(taggedBy(value).toBER()));
  if (oid !== oids.shroudedKeyBag) return undefined;
  const [algorithm, body] = partsOf(taggedBy(value));
  return openKey(decrypt(algorithm, octetsOf(body), passphrase));
}

function openKey(key: Buffer): KeyObject {
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function certificateOf(bag: Ber): X509Certificate | undefined {
  const [type, value] = partsOf(bag);
  if (oidOf(type) !== oids.certificateBag) return undefined;
  const [, wrapped] = partsOf(taggedBy(value));
  return new X509Certificate(octetsOf(taggedBy(wrapped)));
}

/** Checks the file's own MAC: what a wrong passphrase fails at, before anything else. */
function verify(content: Buffer, mac: Ber, passphrase: string): void {
  const [info, salt, iterations] = partsOf(mac);
  const [algorithm, expected] = partsOf(info);
  const digest = digests[oidOf(partsOf(algorithm)[0])];
  if (!digest) return;
  const wanted = octetsOf(expected);
  const rounds = iterations ? numberOf(iterations) : 1;
  const key = deriveKey(digest, passphrase, octetsOf(salt), rounds, {
    purpose: 'mac',
    length: wanted.length,
  });
  const found = createHmac(digest, key).update(content).digest();
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) {
    throw unreadable('The passphrase of the PFX file is wrong.');
  }
}

function unreadable(message: string, cause?: unknown): Problem {
  return new Problem(
    'invalid',
    'invalid-certificate',
    message,
    'Check the passphrase; if the file is old, export it anew with AES256-SHA256 encryption, or as PEM.',
    cause === undefined ? undefined : { cause },
  );
}
