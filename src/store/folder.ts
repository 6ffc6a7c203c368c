import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../base/index.ts';

/**
 * Makes a folder that only its owner may enter, and those above it where they are missing. Step by step, since Node's
 * own recursive mkdir never returns where the system says that there is no such place (below /proc, for one).
 * @throws Problem `folder-unusable`
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') return;
    throw new Problem(
      'storage',
      'folder-unusable',
      `The folder ${path} can not be made: ${words[code] ?? (error instanceof Error ? error.message : String(error))}.`,
      'Check that the folder given by --data can be made there, is yours and has space.',
      { cause: error },
    );
  }
}

const words: Record<string, string> = {
  EACCES: 'you are not allowed to',
  EPERM: 'you are not allowed to',
  EROFS: 'the disk can not be written to',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'what it would be in is no folder',
  ENOENT: 'the system does not allow it there',
};
