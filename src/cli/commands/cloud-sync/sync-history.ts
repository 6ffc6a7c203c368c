import type { Command } from 'commander';
import type { RunMember, SyncRun } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { leaf } from '../../help.ts';
import { limitOption, wholeNumber } from '../../options.ts';
import { cellText, instant, type Listing, type Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';
import { statusColour } from './mapping-view.ts';

interface HistoryOptions {
  group?: string;
  run?: number;
  limit?: number;
}

/** `rollcall cloud-sync history`: the runs of a collection's groups, newest first. */
export function historyCommand(sync: Command, session: Session): void {
  leaf(sync, 'history <collection>', 'List the runs of a collection, newest first.', [
    'cloud-sync history Pilot',
    'cloud-sync history Pilot --run 42',
  ])
    .option('--group <name|id>', 'where the collection feeds several and one is meant')
    .addOption(wholeNumber('--run <id>', 'list the members that this run has changed', 1, 2 ** 40))
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: HistoryOptions) => {
        const limit = pageSize(print, options.limit);
        const { run, group } = options;
        if (run !== undefined) {
          const members = everyRow(after =>
            client.call('listRunMembers', { params: { id: run }, query: { collection, after, limit } }),
          );
          await print.list(members, memberListing(print), rowLimit(print, options.limit));
          return;
        }
        const rows = everyRow(after =>
          client.call('listRuns', { query: { collection, group, after, limit } }),
        );
        await print.list(rows, listing(print), rowLimit(print, options.limit));
      }),
    );
}

function listing(print: Printer): Listing<SyncRun> {
  return {
    columns: [
      { title: 'Id', value: run => String(run.id), whole: true },
      { title: 'Started', value: run => instant(run.startedAt), whole: true },
      { title: 'Group', value: run => run.groupName },
      { title: 'Run', value: run => (run.undoesRunId === null ? run.kind : `undo of ${run.undoesRunId}`) },
      { title: 'Status', value: run => statusWord(run.status), colour: statusColour(print), whole: true },
      { title: 'Added', value: run => run.added },
      { title: 'Removed', value: run => run.removed },
      { title: 'Failed', value: run => run.failed },
      { title: 'Writes', value: run => run.writes, optional: true },
      { title: 'Asked by', value: run => run.requestedBy, optional: true },
      { title: 'Decided', value: decisionOf, optional: true },
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
      'undoesRunId',
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

/** Who approved or refused what the run held. */
function decisionOf({ decision }: SyncRun): string | undefined {
  if (!decision) return undefined;
  const { by, at, reason } = decision;
  return `${decision.decision} by ${by} ${cellText(instant(at))}${reason ? `: ${reason}` : ''}`;
}

function memberListing(print: Printer): Listing<RunMember> {
  const { green, red, yellow } = print.colours;
  return {
    columns: [
      { title: 'Member', value: member => member.name },
      { title: 'Change', value: member => member.change, whole: true },
      {
        title: 'Outcome',
        value: member => member.outcome ?? 'no answer',
        colour: text =>
          text.startsWith('failed') ? red(text) : text.startsWith('no') ? yellow(text) : green(text),
        whole: true,
      },
      { title: 'Foreign', value: member => (member.foreign ? 'yes' : undefined), optional: true },
      { title: 'Code', value: member => member.code, optional: true },
      { title: 'Reason', value: member => member.reason, optional: true },
      { title: 'Object id', value: member => member.objectId, whole: true, optional: true },
    ],
    fields: ['name', 'resourceId', 'objectId', 'change', 'foreign', 'outcome', 'code', 'reason'],
    empty: 'It changed no member.',
  };
}
