import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { problemFrom } from '../../base/index.ts';
import {
  type ImportLine,
  linesOf,
  type RegistrySnapshot,
  type ResourceLines,
} from '../../inventory/index.ts';
import type { ResourceFileFormat } from '../file.ts';
import type { FromReader, ReaderStart, ToReader } from './messages.ts';

/**
 * Reads a file of resources as `readResourceFile` does, but in a thread of its own, which also prepares what the import
 * would otherwise have to work out before it can write: so an import uses two processors. The thread ends with the
 * reading, also where that is broken off.
 * @throws Problem as `readResourceFile`; the error of the file system where the file can not be read
 */
export function readResourceFileInThread(file: string, format: ResourceFileFormat): ResourceLines {
  let worker: Worker | undefined;
  let registry: RegistrySnapshot | undefined;
  const tell = (message: ToReader) => worker?.postMessage(message);
  return {
    tellClasses(snapshot) {
      registry = snapshot;
      tell({ type: 'registry', registry });
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<ImportLine> {
      const start: ReaderStart = { file, format };
      worker = new Worker(workerFile(), { workerData: start });
      if (registry) tell({ type: 'registry', registry });
      try {
        for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
          const said = message as FromReader;
          if (said.type === 'end') return;
          if (said.type === 'failed') throw said.problem ? problemFrom(said.problem) : said.error;
          yield* linesOf(said.block);
          tell({ type: 'more' });
        }
        throw new Error('The thread that reads the file has ended.');
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** Beside this file, in the source as in the package. */
function workerFile(): URL {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./worker.${ending}`, import.meta.url);
}
