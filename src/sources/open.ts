import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportLine, ResourceLines } from '../inventory/index.ts';
import { type ResourceFileFormat, readResourceFile } from './file.ts';
import { readResourceFileInThread } from './reader-thread/reader.ts';

/** From so many bytes on a thread of its own pays for its start. */
const worthAThread = 8 * 1024 * 1024;

/**
 * The lines of a file of resources on disk; a large one is read in a thread of its own. The file is closed when the
 * reading ends or is broken off.
 * @param threadFrom from which size on, in bytes
 * @throws the error of the file system where there is no such file; else as `readResourceFile`
 */
export async function openResourceFile(
  file: string,
  format: ResourceFileFormat,
  threadFrom = worthAThread,
): Promise<ResourceLines> {
  const { size } = await stat(file);
  return size < threadFrom ? readHere(file, format) : readResourceFileInThread(file, format);
}

async function* readHere(file: string, format: ResourceFileFormat): AsyncGenerator<ImportLine> {
  yield* readResourceFile(createReadStream(file), format);
}
