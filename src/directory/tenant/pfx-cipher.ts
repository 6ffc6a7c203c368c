import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import { Sequence } from 'asn1js';
import { type Ber, numberOf, octetsOf, oidOf, partsOf } from './ber.ts';

// The ciphers that PFX files of the field are encrypted with: PBES2 with AES (openssl 3, Windows 11), triple DES and
// RC2 by SHA-1 (older Windows and openssl, RFC 7292 appendix C).

const pbes2 = '1.2.840.113549.1.5.13';
const sha1TripleDes = '1.2.840.113549.1.12.1.3';
type Purpose = 'key' | 'iv' | 'mac';

/** Bytes of the key by the method. */
const sha1Rc2: Record<string, number> = { '1.2.840.113549.1.12.1.5': 16, '1.2.840.113549.1.12.1.6': 5 };

const prfs: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const ciphers: Record<string, { name: string; keyBytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
};

/**
 * Decrypts what an AlgorithmIdentifier says how.
 * @throws Error where the method is unknown or the passphrase wrong
 */
export function decrypt(algorithm: Ber | undefined, body: Buffer, passphrase: string): Buffer {
  const [type, parameters] = partsOf(algorithm);
  const oid = oidOf(type);
  const rc2Bytes = sha1Rc2[oid];
  if (rc2Bytes !== undefined) {
    const { key, iv } = sha1Key(parameters, passphrase, rc2Bytes);
    return decryptRc2(key, iv, body);
  }
  if (oid === sha1TripleDes) {
    const { key, iv } = sha1Key(parameters, passphrase, 24);
    return finished('des-ede3-cbc', key, iv, body);
  }
  if (oid === pbes2) return decryptPbes2(parameters, body, passphrase);
  throw new Error(`encryption ${oid} is not known`);
}

function sha1Key(parameters: Ber | undefined, passphrase: string, keyBytes: number) {
  const [salt, iterations] = partsOf(parameters);
  const derive = (purpose: Purpose, length: number) =>
    deriveKey('sha1', passphrase, octetsOf(salt), numberOf(iterations), { purpose, length });
  return { key: derive('key', keyBytes), iv: derive('iv', 8) };
}

/**
 * A key of a passphrase as PKCS #12 makes it (RFC 7292 appendix B.2).
 * @param wanted what it is for, and how many bytes
 */
export function deriveKey(
  hash: 'sha1' | 'sha256' | 'sha384' | 'sha512',
  passphrase: string,
  salt: Buffer,
  iterations: number,
  wanted: { purpose: Purpose; length: number },
): Buffer {
  const { pkcs12, util, md } = forge();
  const bytes = util.createBuffer(salt.toString('binary'));
  const purpose = { key: 1, iv: 2, mac: 3 }[wanted.purpose];
  const key = pkcs12.generateKey(passphrase, bytes, purpose, iterations, wanted.length, md[hash].create());
  return Buffer.from(key.getBytes(), 'binary');
}

function decryptPbes2(parameters: Ber | undefined, body: Buffer, passphrase: string): Buffer {
  const [kdf, scheme] = partsOf(parameters);
  const [, kdfParameters] = partsOf(kdf);
  const [salt, iterations, ...rest] = partsOf(kdfParameters);
  const prf = rest.find(part => part instanceof Sequence);
  const hash = prf ? prfs[oidOf(partsOf(prf)[0])] : 'sha1';
  const [cipherOid, iv] = partsOf(scheme);
  const cipher = ciphers[oidOf(cipherOid)];
  if (!hash || !cipher) throw new Error('the cipher or hash of PBES2 is not known');
  const rounds = numberOf(iterations);
  const key = pbkdf2Sync(passphrase, octetsOf(salt), rounds, cipher.keyBytes, hash);
  return finished(cipher.name, key, octetsOf(iv), body);
}

function finished(name: string, key: Buffer, iv: Buffer, body: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function decryptRc2(key: Buffer, iv: Buffer, body: Buffer): Buffer {
  const { rc2, util } = forge();
  const decipher = rc2.createDecryptionCipher(key.toString('binary'), key.length * 8);
  decipher.start(iv.toString('binary'));
  decipher.update(util.createBuffer(body.toString('binary')));
  if (!decipher.finish()) throw new Error('the padding is wrong');
  return Buffer.from(decipher.output.getBytes(), 'binary');
}

/** Loaded when a PFX is given: the library is large, and few need it. */
function forge(): typeof import('node-forge') {
  return createRequire(import.meta.url)('node-forge');
}
