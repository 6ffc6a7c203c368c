import type { Command } from 'commander';
import type { GroupRun, SynchronizationResult } from '../../../api/index.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { usage } from '../../failure.ts';
import { leaf } from '../../help.ts';
import type { Listing, Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { statusColour } from './mapping-view.ts';
import { type GroupState, remarksOn } from './remarks.ts';
import { pushOne } from './sync-push.ts';

interface RunOptions {
  full?: boolean;
  approve?: boolean;
  group?: string;
  member?: string;
}

/** `rollcall cloud-sync run`: the exit code is that of the worst group. */
export function runCommand(sync: Command, session: Session): void {
  leaf(sync, 'run [collections...]', 'Evaluate and synchronize now, and wait; all mappings without a name.', [
    'cloud-sync run',
    'cloud-sync run Pilot --full',
    'cloud-sync run Pilot --approve',
    'cloud-sync run Pilot --member PC-1042',
  ])
    .option('--full', 'make the groups equal to the collections (Synchronize Membership)')
    .option('--approve', 'go on with what the guard holds')
    .option('--group <name|id>', 'where a collection feeds several and one is meant')
    .option('--member <name>', 'only this device or user, at once, telling each step')
    .action(
      session.action(async (context: Context, names: string[], options: RunOptions) => {
        const { full = false, approve = false, group, member } = options;
        const [collection, ...others] = names;
        if (group !== undefined && (collection === undefined || others.length > 0)) {
          throw usage('--group goes with one collection.', 'Name the collection that feeds the group.');
        }
        if (member !== undefined) {
          if (collection === undefined || others.length > 0 || full || approve) {
            throw usage(
              '--member goes with one collection, and without --full and --approve.',
              'For example: rollcall cloud-sync run Pilot --member PC-1042',
            );
          }
          return await pushOne(context, { collection, group, member });
        }
        const collections = names.length > 0 ? names : undefined;
        const job = await context.client.call('synchronize', { body: { collections, group, full, approve } });
        const result = await context.wait('synchronize', job);
        await showRun(context, result);
        return runExit(result);
      }),
    );
}

/** Prints what a run did: a row a group, and on stderr what is to be done about those that did not succeed. */
async function showRun({ print, terminal }: Context, result: SynchronizationResult): Promise<void> {
  if (print.format === 'json') {
    print.done(result, '');
    return;
  }
  await print.list(result.groups, runListing(print));
  const tell = (line: string) => terminal.stderr.write(`${line}\n`);
  for (const { tenant, kind, error } of result.discoveries) {
    if (error !== null) tell(`${tenant}: the ${kind}s could not be read: ${error}`);
  }
  for (const { name, id, message } of result.evaluation.errors) tell(`${name} (${id}): ${message}`);
  for (const line of remarksOn(result.groups.map(stateOf))) tell(line);
}

/** The exit code of a run. */
function runExit({ outcome }: SynchronizationResult): ExitCode {
  return { done: exit.done, 'some-failed': exit.someMembersFailed, held: exit.held, failed: exit.error }[
    outcome
  ];
}

function stateOf({ groupName, collections, held, refused, failed, problem }: GroupRun): GroupState {
  return {
    groupName,
    collections: collections.map(({ name }) => name),
    held,
    refused,
    failed,
    problem,
  };
}

function runListing(print: Printer): Listing<GroupRun> {
  return {
    columns: [
      { title: 'Group', value: run => run.groupName },
      { title: 'Collections', value: run => run.collections.map(collection => collection.name).join(', ') },
      { title: 'Run', value: run => run.kind },
      { title: 'Status', value: run => run.status, colour: statusColour(print), whole: true },
      { title: 'Added', value: run => run.added },
      { title: 'Removed', value: run => run.removed },
      { title: 'Failed', value: run => run.failed },
      { title: 'Requests', value: run => run.requests, optional: true },
      { title: 'Writes', value: run => run.writes, optional: true },
    ],
    fields: [
      'groupId',
      'groupName',
      'cloudServiceId',
      'kind',
      'status',
      'added',
      'removed',
      'failed',
      'requests',
      'writes',
      'held',
      'refused',
    ],
    empty: 'Nothing was to be synchronized: no collection is mapped.',
  };
}
