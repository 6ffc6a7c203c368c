import type { Command } from 'commander';
import type { SyncRun } from '../../api/index.ts';
import { everyRow } from '../client/pages.ts';
import { leaf } from '../help.ts';
import { limitOption } from '../options.ts';
import { instant, type Listing, type Printer } from '../output/index.ts';
import type { Context, Session } from '../session.ts';
import { pageSize, rowLimit } from './listing.ts';
import { statusColour } from './mapping-view.ts';

/** `rollcall cloud-sync history`: the runs of a collection's groups, newest first. */
export function historyCommand(sync: Command, session: Session): void {
  leaf(sync, 'history <collection>', 'List the runs of a collection, newest first.', [
    'cloud-sync history Pilot',
  ])
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: { limit?: number }) => {
        const limit = pageSize(print, options.limit);
        const rows = everyRow(after => client.call('listRuns', { query: { collection, after, limit } }));
        await print.list(rows, listing(print), rowLimit(print, options.limit));
      }),
    );
}

function listing(print: Printer): Listing<SyncRun> {
  return {
    columns: [
      { title: 'Started', value: run => instant(run.startedAt), whole: true },
      { title: 'Group', value: run => run.groupName },
      { title: 'Run', value: run => run.kind },
      { title: 'Status', value: run => statusWord(run.status), colour: statusColour(print), whole: true },
      { title: 'Added', value: run => run.added },
      { title: 'Removed', value: run => run.removed },
      { title: 'Failed', value: run => run.failed },
      { title: 'Writes', value: run => run.writes, optional: true },
      { title: 'Asked by', value: run => run.requestedBy, optional: true },
      { title: 'Problem', value: run => run.problem?.message, optional: true },
    ],
    fields: [
      'id',
      'groupId',
      'groupName',
      'kind',
      'requestedBy',
      'startedAt',
      'finishedAt',
      'status',
      'plannedAdditions',
      'plannedRemovals',
      'added',
      'removed',
      'failed',
      'requests',
      'writes',
    ],
    empty: 'It has not run yet. Run it with: rollcall cloud-sync run COLLECTION',
  };
}

/** `partial-success` as people write it. */
function statusWord(status: string): string {
  return status.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`,
  );
}
