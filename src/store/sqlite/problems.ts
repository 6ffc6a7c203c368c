import { Problem } from '../../base/index.ts';

// Primary result codes of SQLite that a person can do something about (sqlite.org/rescode.html).
const full = 13;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const notADatabase = 26;
const busy = 5;

/** Turns what SQLite throws into a problem with something to do; a defect in our SQL stays an error of its own. */
export function sqliteProblem(error: unknown, sql: string): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  const told = { cause: error };
  switch (code & 0xff) {
    case full:
      return new Problem(
        'storage',
        'disk-full',
        'The disk that holds the data folder is full; nothing of this change was kept.',
        'Free some space, or move the data folder with --data, then do it again.',
        told,
      );
    case readOnly:
      return new Problem(
        'storage',
        'store-read-only',
        'The data folder can not be written to.',
        'Check who owns the folder given by --data and its permissions.',
        told,
      );
    case ioError:
      return new Problem(
        'storage',
        'store-io-error',
        'The disk refused to read or write the store; nothing of this change was kept.',
        'Check the disk and its free space, then do it again.',
        told,
      );
    case corrupt:
    case notADatabase:
      return new Problem(
        'storage',
        'store-damaged',
        'The store is damaged or is not a Rollcall store.',
        'Restore the data folder from a backup, or point --data at another folder.',
        told,
      );
    case busy:
      return new Problem(
        'conflict',
        'store-busy',
        'Another process has been writing to the store for too long.',
        'Try again in a moment; if it goes on, look for a second Rollcall on the same data folder.',
        told,
      );
    default:
      return new Error(
        `${error instanceof Error ? error.message : String(error)} in: ${sql.slice(0, 500)}`,
        told,
      );
  }
}

function errorCode(error: unknown): number | undefined {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') return error.errcode;
  return undefined;
}
