import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import { children, contentOf, type Der, numberOf, oidOf, tags } from './der.ts';
import { deriveKey, keyPurpose } from './pfx-key.ts';

// The ciphers that PFX files of the field are encrypted with: PBES2 with AES (openssl 3, Windows 11), triple DES and
// RC2 by SHA-1 (older Windows and openssl, RFC 7292 appendix C).

const pbes2 = '1.2.840.113549.1.5.13';
const sha1TripleDes = '1.2.840.113549.1.12.1.3';
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

/** Whether Node can not open what is encrypted so: RC2 is left out of what it is built with. */
export function isRc2(algorithm: Der | undefined): boolean {
  return oidOf(children(algorithm, tags.sequence)[0]) in sha1Rc2;
}

/**
 * Decrypts what an AlgorithmIdentifier says how.
 * @throws Error where the method is unknown or the passphrase wrong
 */
export function decrypt(algorithm: Der | undefined, body: Buffer, passphrase: string): Buffer {
  const [type, parameters] = children(algorithm, tags.sequence);
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

function sha1Key(parameters: Der | undefined, passphrase: string, keyBytes: number) {
  const [salt, iterations] = children(parameters, tags.sequence);
  const derive = (purpose: number, length: number) =>
    deriveKey('sha1', 64, passphrase, contentOf(salt, tags.octets), numberOf(iterations), purpose, length);
  return { key: derive(keyPurpose.key, keyBytes), iv: derive(keyPurpose.iv, 8) };
}

function decryptPbes2(parameters: Der | undefined, body: Buffer, passphrase: string): Buffer {
  const [kdf, scheme] = children(parameters, tags.sequence);
  const [, kdfParameters] = children(kdf, tags.sequence);
  const [salt, iterations, ...rest] = children(kdfParameters, tags.sequence);
  const prf = rest.find(e => e.tag === tags.sequence);
  const hash = prf ? prfs[oidOf(children(prf, tags.sequence)[0])] : 'sha1';
  const [cipherOid, iv] = children(scheme, tags.sequence);
  const cipher = ciphers[oidOf(cipherOid)];
  if (!hash || !cipher) throw new Error('the cipher or hash of PBES2 is not known');
  const rounds = numberOf(iterations);
  const key = pbkdf2Sync(passphrase, contentOf(salt, tags.octets), rounds, cipher.keyBytes, hash);
  return finished(cipher.name, key, contentOf(iv, tags.octets), body);
}

function finished(name: string, key: Buffer, iv: Buffer, body: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** Loaded for the rare file that needs it: the library is large. */
function decryptRc2(key: Buffer, iv: Buffer, body: Buffer): Buffer {
  const forge = createRequire(import.meta.url)('node-forge') as typeof import('node-forge');
  const decipher = forge.rc2.createDecryptionCipher(key.toString('binary'), key.length * 8);
  decipher.start(iv.toString('binary'));
  decipher.update(forge.util.createBuffer(body.toString('binary')));
  if (!decipher.finish()) throw new Error('the padding is wrong');
  return Buffer.from(decipher.output.getBytes(), 'binary');
}
