// The engine's thread: opens the same store as the server and runs its jobs.
import { parentPort, workerData } from 'node:worker_threads';
import { problemData, silent, systemClock } from '../base/index.ts';
import type { Log } from './engine/log.ts';
import { type FromWorker, toWorker, workerStart } from './engine/messages.ts';
import { startRunner } from './engine/runner.ts';
import { type EngineContext, engineCacheMiB, openEngineContext } from './engine-context.ts';
import { answer, type Question } from './questions.ts';
import { jobHandlers } from './work/handlers.ts';

const port = parentPort;
if (!port) throw new Error('src/schedule/thread.ts runs in a worker thread only');

const tell = (message: FromWorker) => port.postMessage(message);

const write = (level: 'info' | 'warn' | 'error') => (data: object, message: string) =>
  // As JSON and back: what can not be sent between threads must not fail the work.
  tell({ type: 'log', level, data: JSON.parse(JSON.stringify(data)), message });
const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };

const asked = new Map<number, AbortController>();

function reply(context: EngineContext, number: number, question: Question): void {
  const gone = new AbortController();
  asked.set(number, gone);
  answer(context, question, { clock: systemClock, report: silent, signal: gone.signal })
    .then(
      value => tell({ type: 'answer', number, value }),
      error => tell({ type: 'refusal', number, problem: problemData(error) }),
    )
    .finally(() => asked.delete(number))
    .catch(error => log.error({ problem: problemData(error) }, 'an answer could not be sent'));
}

try {
  const { dataDir, engine } = workerStart.parse(workerData);
  const context = await openEngineContext(dataDir, process.env, systemClock, engineCacheMiB);
  const runner = startRunner({
    store: context.store,
    engine,
    handlers: jobHandlers(context, log),
    clock: systemClock,
    log,
    notify: event => tell({ type: 'event', event }),
  });
  port.on('message', (raw: unknown) => {
    const message = toWorker.parse(raw);
    if (message.type === 'wake') runner.wake();
    else if (message.type === 'ask') reply(context, message.number, message.question);
    else if (message.type === 'forget') asked.get(message.number)?.abort(new Error('nobody waits for it'));
    else {
      runner
        .close()
        .then(() => context.close())
        .catch(error => log.error({ problem: problemData(error) }, 'the engine did not end cleanly'))
        .finally(() => port.close());
    }
  });
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'failed', problem: problemData(error) });
  port.close();
}
