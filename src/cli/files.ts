import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Problem } from '../base/index.ts';

/**
 * The text of a file, without a byte order mark.
 * @param what the option or argument that named it, for the error
 * @throws Problem `file-unreadable`
 */
export async function readText(path: string, what: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

/**
 * The bytes of a file.
 * @param what the option or argument that named it, for the error
 * @throws Problem `file-unreadable`
 */
export async function readBytes(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

/**
 * A file as a stream, opened already, so that one that can not be read is told before anything is sent.
 * @throws Problem `file-unreadable`
 */
export async function openFile(path: string, what: string): Promise<Readable> {
  try {
    const handle = await open(path);
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      await handle.close();
      throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    }
    return createReadStream('', { fd: handle });
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

function unreadable(path: string, what: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = words[code] ?? (error instanceof Error ? error.message : String(error));
  return new Problem(
    'invalid',
    'file-unreadable',
    `The file ${path} can not be read: ${why}.`,
    `Check the path given as ${what}.`,
    {
      cause: error,
    },
  );
}

const words: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'you are not allowed to',
  EPERM: 'you are not allowed to',
  EISDIR: 'it is a folder',
};
