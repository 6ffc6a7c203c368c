import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../base/index.ts';

/** Locks and unlocks what must not lie readable in the store. */
export interface Secrets {
  /** Encrypts and authenticates a text; each call gives another result. */
  seal(text: string): string;
  /** The text of a sealed one. @throws Problem `secret-unreadable` when it was sealed with another key. */
  open(sealed: string): string;
}

const keyFile = 'secret.key';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const format = 'v1:';

/**
 * Opens the key that secrets are sealed with: ROLLCALL_KEY (base64 of 32 bytes) where it is set, otherwise the file
 * `secret.key` in the data folder, made on first use and readable by its owner alone.
 * @throws Problem `invalid-key` when the key is not 32 bytes, `key-readable-by-others` when the file is open to others
 */
export async function openSecrets(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Secrets> {
  const fromEnvironment = env.ROLLCALL_KEY;
  if (fromEnvironment) return secretsOf(decodeKey(fromEnvironment, 'ROLLCALL_KEY'));
  const file = join(dataDir, keyFile);
  const text = (await makeKeyFile(dataDir, file)) ?? (await readKeyFile(file));
  return secretsOf(decodeKey(text, file));
}

/** AES-256-GCM with a fresh nonce each time: nonce, tag and ciphertext in one base64 text. */
function secretsOf(key: Buffer): Secrets {
  return {
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return format + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      try {
        if (!sealed.startsWith(format)) throw new Error('not sealed by Rollcall');
        const bytes = Buffer.from(sealed.slice(format.length), 'base64');
        const iv = bytes.subarray(0, ivBytes);
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const body = bytes.subarray(ivBytes + tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Problem(
          'storage',
          'secret-unreadable',
          'A stored credential can not be decrypted: the key is not the one it was sealed with.',
          'Restore the key (ROLLCALL_KEY, or secret.key in the data folder), or give the credential anew with "tenant set".',
          { cause },
        );
      }
    },
  };
}

/** Makes the file with a new key; undefined when it was there before, so that two first starts agree on one key. */
async function makeKeyFile(dataDir: string, file: string): Promise<string | undefined> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      const text = `${randomBytes(keyBytes).toString('base64')}\n`;
      await handle.writeFile(text);
      await handle.sync();
      return text;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw new Problem(
      'storage',
      'key-not-writable',
      `The key file ${file} can not be made: ${error instanceof Error ? error.message : String(error)}.`,
      'Check the folder given by --data and its permissions, or set ROLLCALL_KEY.',
      { cause: error },
    );
  }
}

async function readKeyFile(file: string): Promise<string> {
  const { mode } = await stat(file);
  // Windows has no such bits; there the folder's access list protects the file.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    await chmod(file, 0o600).catch(cause => {
      throw new Problem(
        'storage',
        'key-readable-by-others',
        `The key file ${file} can be read by other users of this machine.`,
        `Run: chmod 600 ${file}`,
        { cause },
      );
    });
  }
  return await readFile(file, 'utf8');
}

function decodeKey(text: string, from: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) {
    throw new Problem(
      'invalid',
      'invalid-key',
      `${from} is not a key: it has ${key.length} bytes instead of ${keyBytes}.`,
      'Make one with: openssl rand -base64 32',
    );
  }
  return key;
}
