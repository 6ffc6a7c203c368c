// The 5-minute cycle of a running server on an emulated tenant: the first round, then rounds in which nothing changed.
import { destination } from 'pino';
import type { Emulator } from '../emulator/index.ts';
import { createLog, type Server, startServer } from '../src/api/index.ts';
import { systemClock } from '../src/base/index.ts';
import { openEngineContext } from '../src/schedule/index.ts';
import { atMost, exactly, type Figure, type Measured, measure, tell, under } from './report.ts';
import { makeMappedSite } from './site/mapped-site.ts';
import { inFolder, sizeGiven } from './surroundings.ts';

const mappings = 200;
const devices = sizeGiven();
const collections = Math.max(mappings, Math.ceil(devices / 100));

await inFolder(async folder => {
  const emulator = await makeMappedSite(folder, { devices, collections, mappings }, { throttling: false });
  const log = createLog('warn', destination(2));
  const server = await startServer({
    dataDir: folder,
    env: {},
    host: '127.0.0.1',
    port: 0,
    cycle: false,
    log,
  });
  try {
    await round('first round, all to be discovered and added', server, emulator, () => []);
    await letDiscoveryBeDue(folder);
    await round('idle round, discovery due', server, emulator, idle);
    await round('idle round, discovery not due', server, emulator, idle);
  } finally {
    await server.close();
    await emulator.close();
  }
});

/** Lets the engine do one round, as the schedule does, and tells what it took and sent. */
async function round(
  what: string,
  { engine }: Server,
  { log, counters }: Emulator,
  figures: (measured: Measured<unknown>, counters: Emulator['counters']) => Figure[],
): Promise<void> {
  log.clear();
  const measured = await measure(what, async () => {
    const { id } = await engine.submit({ kind: 'cycle', arguments: {} }, 'schedule');
    const job = await engine.wait(id);
    if (job.state !== 'succeeded')
      throw new Error(`The round ended as ${job.state}: ${job.problem?.message}`);
  });
  const { requests, httpCalls: calls, refused, writes } = counters;
  tell(what, [mappings, 'mappings'], measured, {
    requests,
    calls,
    refused,
    note: `${writes} writes; ${collections} collections`,
    figures: figures(measured, counters),
  });
}

function idle({ seconds }: Measured<unknown>, { writes, requests }: Emulator['counters']): Figure[] {
  return [under(seconds, 1, 's'), exactly(writes, 0, 'writes'), atMost(requests - writes, 2, 'reads')];
}

/** As if five minutes had passed since the last discovery. */
async function letDiscoveryBeDue(dataDir: string): Promise<void> {
  const context = await openEngineContext(dataDir, {}, systemClock);
  const before = new Date(Date.now() - 6 * 60_000).toISOString();
  await context.store.db
    .updateTable('discovery_state')
    .set({ last_full_at: before, last_delta_at: before })
    .execute();
  await context.close();
}
