// A worker that dies of its first question and answers the next one, for the test of what replaces it.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const marker = join(workerData.dataDir, 'died');
parentPort?.on('message', message => {
  if (message.type === 'close') parentPort?.close();
  if (message.type !== 'ask') return;
  if (existsSync(marker)) {
    parentPort?.postMessage({ type: 'answer', number: message.number, value: 'alive' });
    return;
  }
  writeFileSync(marker, '');
  throw new Error('the worker dies');
});
parentPort?.postMessage({ type: 'ready' });
