import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  pbkdf2Sync,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto';
import { Problem } from '../../base/index.ts';
import { children, contentOf, type Der, numberOf, oidOf, readAll, tags } from './der.ts';

// Reads a PFX (PKCS #12, RFC 7292). Node reads one for TLS but hands out neither key nor certificate, and
// @azure/identity takes PEM only. Key bags are PKCS #8, which Node opens; the certificates' envelope is opened here.

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  pbes2: '1.2.840.113549.1.5.13',
  sha1TripleDes: '1.2.840.113549.1.12.1.3',
};

const prfs: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const digests: Record<string, { name: string; block: number }> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
};

const ciphers: Record<string, { name: string; keyBytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
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
    const [, authSafe, mac] = children(readAll(bytes)[0], tags.sequence);
    const content = dataOf(authSafe);
    if (mac) verify(content, mac, passphrase);
    const bags = children(readAll(content)[0], tags.sequence).flatMap(info => bagsOf(info, passphrase));
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
function dataOf(info: Der | undefined): Buffer {
  const [type, wrapped] = children(info, tags.sequence);
  if (oidOf(type) !== oids.data) throw new Error('not plain data');
  return contentOf(readAll(contentOf(wrapped, tags.explicit0))[0], tags.octets);
}

function bagsOf(info: Der, passphrase: string): Der[] {
  const [type, wrapped] = children(info, tags.sequence);
  if (oidOf(type) !== oids.encryptedData) return children(readAll(dataOf(info))[0], tags.sequence);
  const [, encrypted] = children(readAll(contentOf(wrapped, tags.explicit0))[0], tags.sequence);
  const [, algorithm, body] = children(encrypted, tags.sequence);
  if (!body) throw new Error('no encrypted content');
  // The content is [0] IMPLICIT OCTET STRING: in one piece, or in several.
  const octets = body.tag === 0x80 ? body.content : Buffer.concat(readAll(body.content).map(p => p.content));
  return children(readAll(decrypt(algorithm, octets, passphrase))[0], tags.sequence);
}

function keyOf(bag: Der, passphrase: string): KeyObject | undefined {
  const [type, value] = children(bag, tags.sequence);
  const oid = oidOf(type);
  if (oid !== oids.keyBag && oid !== oids.shroudedKeyBag) return undefined;
  const key = contentOf(value, tags.explicit0);
  const locked = oid === oids.shroudedKeyBag ? { passphrase } : {};
  return createPrivateKey({ key, format: 'der', type: 'pkcs8', ...locked });
}

function certificateOf(bag: Der): X509Certificate | undefined {
  const [type, value] = children(bag, tags.sequence);
  if (oidOf(type) !== oids.certificateBag) return undefined;
  const [, wrapped] = children(readAll(contentOf(value, tags.explicit0))[0], tags.sequence);
  return new X509Certificate(contentOf(readAll(contentOf(wrapped, tags.explicit0))[0], tags.octets));
}

function decrypt(algorithm: Der | undefined, body: Buffer, passphrase: string): Buffer {
  const [type, parameters] = children(algorithm, tags.sequence);
  const { name, key, iv } = cipherOf(oidOf(type), parameters, passphrase);
  const decipher = createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function cipherOf(oid: string, parameters: Der | undefined, passphrase: string) {
  if (oid === oids.sha1TripleDes) {
    const [salt, iterations] = children(parameters, tags.sequence);
    const derive = (purpose: number, length: number) =>
      deriveKey('sha1', 64, passphrase, contentOf(salt, tags.octets), numberOf(iterations), purpose, length);
    return { name: 'des-ede3-cbc', key: derive(1, 24), iv: derive(2, 8) };
  }
  if (oid !== oids.pbes2) {
    throw unreadable('The PFX file is encrypted with an obsolete method (RC2 or RC4).');
  }
  const [kdf, scheme] = children(parameters, tags.sequence);
  const [, kdfParameters] = children(kdf, tags.sequence);
  const [salt, iterations, ...rest] = children(kdfParameters, tags.sequence);
  const prf = rest.find(e => e.tag === tags.sequence);
  const hash = prf ? prfs[oidOf(children(prf, tags.sequence)[0])] : 'sha1';
  const [cipherOid, iv] = children(scheme, tags.sequence);
  const cipher = ciphers[oidOf(cipherOid)];
  if (!hash || !cipher)
    throw unreadable('The PFX file is encrypted with a method that Rollcall does not know.');
  const key = pbkdf2Sync(
    passphrase,
    contentOf(salt, tags.octets),
    numberOf(iterations),
    cipher.keyBytes,
    hash,
  );
  return { name: cipher.name, key, iv: contentOf(iv, tags.octets) };
}

/** Checks the file's own MAC: what a wrong passphrase fails at, before anything else. */
function verify(content: Buffer, mac: Der, passphrase: string): void {
  const [info, salt, iterations] = children(mac, tags.sequence);
  const [algorithm, expected] = children(info, tags.sequence);
  const digest = digests[oidOf(children(algorithm, tags.sequence)[0])];
  if (!digest) return;
  const length = createHash(digest.name).digest().length;
  const rounds = iterations ? numberOf(iterations) : 1;
  const saltBytes = contentOf(salt, tags.octets);
  const key = deriveKey(digest.name, digest.block, passphrase, saltBytes, rounds, 3, length);
  const found = createHmac(digest.name, key).update(content).digest();
  const wanted = contentOf(expected, tags.octets);
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) {
    throw unreadable('The passphrase of the PFX file is wrong.');
  }
}

/** RFC 7292 appendix B.2. `purpose` 1: a key, 2: an initial vector, 3: a MAC key. */
function deriveKey(
  hash: string,
  block: number,
  passphrase: string,
  salt: Buffer,
  iterations: number,
  purpose: number,
  length: number,
): Buffer {
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([stretch(salt, block), stretch(password, block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length; ) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let i = 1; i < iterations; i++) digest = createHash(hash).update(digest).digest();
    parts.push(digest);
    made += digest.length;
    const addend = stretch(digest, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addPlusOne(input.subarray(at, at + block), addend);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** Repeats bytes until they fill whole blocks. */
function stretch(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** target = target + addend + 1, as big-endian numbers of one length. */
function addPlusOne(target: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let i = target.length - 1; i >= 0; i--) {
    carry += (target[i] ?? 0) + (addend[i] ?? 0);
    target[i] = carry & 0xff;
    carry >>= 8;
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
