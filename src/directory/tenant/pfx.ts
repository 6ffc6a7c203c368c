import {
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto';
import { Problem } from '../../base/index.ts';
import { children, contentOf, type Der, numberOf, oidOf, readAll, tags } from './der.ts';
import { decrypt, isRc2 } from './pfx-cipher.ts';
import { deriveKey, keyPurpose } from './pfx-key.ts';

// Reads a PFX (PKCS #12, RFC 7292). Node reads one for TLS but hands out neither key nor certificate, and
// @azure/identity takes PEM only. Key bags are PKCS #8, which Node opens; the certificates' envelope is opened here.
// Why no library does it all: docs/decisions/0010-a-pfx-is-read-here.md.

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
};

const digests: Record<string, { name: string; block: number }> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
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
  if (oid === oids.shroudedKeyBag) {
    const [algorithm, body] = children(readAll(key)[0], tags.sequence);
    if (isRc2(algorithm)) {
      const open = decrypt(algorithm, contentOf(body, tags.octets), passphrase);
      return createPrivateKey({ key: open, format: 'der', type: 'pkcs8' });
    }
  }
  const locked = oid === oids.shroudedKeyBag ? { passphrase } : {};
  return createPrivateKey({ key, format: 'der', type: 'pkcs8', ...locked });
}

function certificateOf(bag: Der): X509Certificate | undefined {
  const [type, value] = children(bag, tags.sequence);
  if (oidOf(type) !== oids.certificateBag) return undefined;
  const [, wrapped] = children(readAll(contentOf(value, tags.explicit0))[0], tags.sequence);
  return new X509Certificate(contentOf(readAll(contentOf(wrapped, tags.explicit0))[0], tags.octets));
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
  const key = deriveKey(digest.name, digest.block, passphrase, saltBytes, rounds, keyPurpose.mac, length);
  const found = createHmac(digest.name, key).update(content).digest();
  const wanted = contentOf(expected, tags.octets);
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
