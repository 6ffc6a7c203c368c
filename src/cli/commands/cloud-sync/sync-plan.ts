import type { Command } from 'commander';
import type { Plan } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import { exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** What a table shows of each plan; JSON and CSV have all. */
const shownChanges = 100;

/** One addition or removal of a plan. */
interface Change {
  groupId: string;
  groupName: string;
  change: 'add' | 'remove';
  name: string;
  objectId: string;
  foreign: boolean;
  why: string;
  reason: string;
}

/** `rollcall cloud-sync plan`: nothing that writes is sent. Exit 1 when something would stop the run. */
export function planCommand(sync: Command, session: Session): void {
  leaf(sync, 'plan <collection>', 'Evaluate, and show what a run would do. Nothing is changed in Entra.', [
    'cloud-sync plan Pilot',
    'cloud-sync plan Pilot --full -o json',
  ])
    .option('--full', 'as a full run (Synchronize Membership) would')
    .action(
      session.action(async (context: Context, collection: string, { full = false }: { full?: boolean }) => {
        const { client, print, signal } = context;
        await prepare(context, collection);
        const { plans } = await client.call('plan', { body: { collection, full } }, signal);
        if (print.format === 'csv')
          await print.list(plans.flatMap(changesOf), { columns: [], fields, empty: '' });
        else if (print.format === 'json') await print.list(plans, { columns: [], fields: [], empty: '' });
        else for (const plan of plans) draw(print, plan);
        return plans.some(plan => plan.problem) ? exit.error : exit.done;
      }),
    );
}

/** Discovers what is due and evaluates, as the run would. Whoever may only look gets a plan from the last evaluation. */
async function prepare({ client, wait }: Context, collection: string): Promise<void> {
  try {
    const body = { collections: [collection], discover: true };
    await wait('evaluate', await client.call('evaluate', { body }));
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'forbidden')) throw error;
  }
}

function draw(print: Printer, plan: Plan): void {
  const { red, yellow, dim } = print.colours;
  print.heading(`${plan.groupName} (${plan.groupId}): ${plan.kind} run`);
  if (plan.problem) {
    print.text(`${red('would stop:')} ${plan.problem.message}\n${plan.problem.hint}`);
    return;
  }
  if (plan.held !== null) print.text(`${yellow('would be held for approval:')} ${plan.held}`);
  const changes = changesOf(plan);
  const hidden = plan.hidden.add + plan.hidden.remove;
  if (changes.length + hidden === 0) {
    print.text('Nothing to do: the group is in step.');
    return;
  }
  if (changes.length > 0) table(print, changes);
  if (changes.length > shownChanges) print.text(dim(`… and ${changes.length - shownChanges} more`));
  if (hidden > 0) print.text(dim(`… and ${hidden} of members that you may not see`));
  const [add, remove] = [plan.add.length + plan.hidden.add, plan.remove.length + plan.hidden.remove];
  print.text(`${add} to add, ${remove} to remove.`);
}

function table(print: Printer, changes: readonly Change[]): void {
  const { green, red } = print.colours;
  print.table(
    [
      {
        title: 'Change',
        value: change => change.change,
        colour: text => (text.startsWith('add') ? green(text) : red(text)),
        whole: true,
      },
      { title: 'Member', value: change => change.name },
      { title: 'Why', value: change => change.reason },
      { title: 'Object id', value: change => change.objectId, whole: true, optional: true },
    ],
    changes.slice(0, shownChanges),
  );
}

function changesOf({ groupId, groupName, add, remove }: Plan): Change[] {
  return [
    ...remove.map(each => ({ groupId, groupName, change: 'remove' as const, ...each })),
    ...add.map(each => ({ groupId, groupName, change: 'add' as const, ...each, foreign: false })),
  ];
}

const fields = ['groupId', 'groupName', 'change', 'name', 'objectId', 'foreign', 'why', 'reason'] as const;
