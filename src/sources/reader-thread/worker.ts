// The thread that reads a file for an import: reads, parses, checks, prepares; see reader.ts.
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Problem, problemData } from '../../base/index.ts';
import { type ImportLine, LinePreparer, type RegistrySnapshot } from '../../inventory/index.ts';
import { readResourceFile } from '../file.ts';
import {
  blocksAhead,
  blocksAheadAtFirst,
  type FromReader,
  type ReaderStart,
  type ToReader,
} from './messages.ts';

const port = parentPort;
if (!port) throw new Error('src/sources/reader-thread/worker.ts runs as a worker thread only');
const say = (message: FromReader) => port.postMessage(message);

const blockLines = 1_000;
const blockBytes = 4 * 1024 * 1024;

const preparer = new LinePreparer();
let allowed = blocksAheadAtFirst;
let classesKnown = false;
let wake = () => {};
port.on('message', (message: ToReader) => {
  if (message.type === 'registry') tellClasses(message.registry);
  else allowed += 1;
  wake();
});

try {
  await read(workerData as ReaderStart);
  say({ type: 'end' });
} catch (error) {
  say({ type: 'failed', problem: error instanceof Problem ? problemData(error) : null, error });
}
port.close();

function tellClasses(registry: RegistrySnapshot): void {
  preparer.tellClasses(registry);
  if (classesKnown || registry.classes.length === 0) return;
  classesKnown = true;
  allowed += blocksAhead - blocksAheadAtFirst;
}

async function read({ file, format }: ReaderStart): Promise<void> {
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024 });
  let lines: ImportLine[] = [];
  let bytes = 0;
  for await (const line of readResourceFile(stream, format)) {
    lines.push(line);
    bytes += line.bytes ?? 0;
    if (lines.length < blockLines && bytes < blockBytes) continue;
    await send(lines);
    lines = [];
    bytes = 0;
  }
  if (lines.length > 0) await send(lines);
}

async function send(lines: ImportLine[]): Promise<void> {
  while (allowed === 0) {
    await new Promise<void>(resolve => {
      wake = resolve;
    });
  }
  allowed -= 1;
  say({ type: 'block', block: preparer.prepare(lines) });
}
