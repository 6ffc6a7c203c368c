import { join, resolve } from 'node:path';
import { makeFolder } from '../../../schedule/index.ts';
import { finished } from '../../client/index.ts';
import { everyRow } from '../../client/pages.ts';
import type { Surroundings } from '../../session.ts';
import { mappingListing } from '../cloud-sync/mapping-view.ts';
import { stopped } from '../serve.ts';
import { setUp } from './set-up.ts';
import { type Site, startSite } from './site.ts';

/**
 * Starts all of it, shows the first result, and keeps the cycle going until Ctrl-C.
 * @param port of the console; absent: the usual one or the next that is free
 */
export async function demonstrate(surroundings: Surroundings, port: number | undefined): Promise<void> {
  const { terminal, options, signal, progress } = surroundings;
  const dataDir = resolve(options.data ?? join('.rollcall', 'demo'));
  makeFolder(dataDir);
  progress.show({ phase: 'Starting an emulated Entra tenant and the server', done: 0 });
  const site = await startSite(dataDir, terminal.env, port);
  try {
    await setUp(site, surroundings);
    await synchronize(site, surroundings);
    await tell(site, surroundings, dataDir);
    site.server.startCycle().catch(() => {});
    await stopped(signal);
    surroundings.print.text('\nStopping …');
  } finally {
    progress.end();
    await site.close();
  }
}

/** One run of all that is mapped, before the cycle begins: discovery where it is due, evaluation, synchronization. */
async function synchronize({ client }: Site, surroundings: Surroundings): Promise<void> {
  const job = await client.call('synchronize', { body: {} });
  await finished(client, 'synchronize', job, surroundings);
}

async function tell({ client, server }: Site, { print }: Surroundings, dataDir: string): Promise<void> {
  const { bold, dim } = print.colours;
  await print.list(
    everyRow(after => client.call('listMappings', { query: { after, limit: 1_000 } })),
    mappingListing(print),
  );
  print.text('');
  print.facts({
    Console: bold(server.url),
    Token: server.token,
    'Command line': `npm run rollcall -- --data ${relativeTo(dataDir)} cloud-sync status`,
  });
  print.text(
    dim(
      '\nEvery 5 minutes all of it is brought in step again. Ctrl-C ends it; the next start goes on from here.',
    ),
  );
}

function relativeTo(folder: string): string {
  const here = `${process.cwd()}/`;
  return folder.startsWith(here) ? folder.slice(here.length) : folder;
}
