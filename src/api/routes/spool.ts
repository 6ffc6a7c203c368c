import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../base/index.ts';
import { spoolFolder } from '../../schedule/index.ts';

/**
 * Writes a body to a file in the data folder, so that the import does not hang on a connection.
 * @returns the path of the file
 * @throws Problem `disk-full`, `upload-broken`; nothing is left behind then
 */
export async function spool(body: Readable, dataDir: string, signal: AbortSignal): Promise<string> {
  const folder = spoolFolder(dataDir);
  const file = join(folder, `${randomUUID()}.import`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await pipeline(body, createWriteStream(file, { mode: 0o600, flags: 'wx' }), { signal });
    return file;
  } catch (error) {
    await rm(file, { force: true });
    throw spoolProblem(error, folder);
  }
}

function spoolProblem(cause: unknown, folder: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem(
        'storage',
        'disk-full',
        'The disk that holds the data folder is full; nothing of the file was imported.',
        'Free some space, or move the data folder with --data, then import the file again.',
        { cause },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Problem(
        'storage',
        'store-read-only',
        `The folder ${folder} can not be written to.`,
        'Check who owns it and its permissions.',
        { cause },
      );
    case 'ABORT_ERR':
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new Problem(
        'invalid',
        'upload-broken',
        'The connection ended before the whole file had arrived; nothing of it was imported.',
        'Send the file again.',
        { cause },
      );
    default:
      return cause;
  }
}
