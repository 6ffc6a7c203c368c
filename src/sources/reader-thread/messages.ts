import type { ProblemData } from '../../base/index.ts';
import type { PreparedBlock, RegistrySnapshot } from '../../inventory/index.ts';
import type { ResourceFileFormat } from '../file.ts';

// What an import and the thread that reads its file say to each other. Both are this program: nothing is checked.

/** What the thread is started with. */
export interface ReaderStart {
  file: string;
  format: ResourceFileFormat;
}

/** To the thread: one more block may come; these are the classes by now. */
export type ToReader = { type: 'more' } | { type: 'registry'; registry: RegistrySnapshot };

/** From the thread: a block of lines; the end of the file; why it can not be read. */
export type FromReader =
  | { type: 'block'; block: PreparedBlock }
  | { type: 'end' }
  | { type: 'failed'; problem: ProblemData | null; error: unknown };

/** How many blocks may be on their way: more than a batch of the import, during which nobody takes any. */
export const blocksAhead = 12;

/** As long as there is no class, lines can not be prepared: few are read ahead of the first batch, which brings some. */
export const blocksAheadAtFirst = 2;
