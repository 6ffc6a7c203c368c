import type { Command } from 'commander';
import type { UndoPlan, UndoResult } from '../../../api/index.ts';
import { ask, canAsk } from '../../ask.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import { wholeNumber } from '../../options.ts';
import { cellText, instant, type Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** What a table shows of the changes; JSON has all. */
const shownChanges = 100;

interface UndoOptions {
  group?: string;
  run?: number;
  approve?: string;
}

/** `rollcall cloud-sync undo`: shows what it takes to put a group back, and does it once that is approved. */
export function undoCommand(sync: Command, session: Session): void {
  leaf(
    sync,
    'undo <collection>',
    'Put a group back as it was before a run: shown first, done when approved.',
    ['cloud-sync undo Pilot', 'cloud-sync undo Pilot --run 42 --approve 3f0c1a2b9d4e5f60'],
  )
    .option('--group <name|id>', 'where the collection feeds several')
    .addOption(
      wholeNumber('--run <id>', 'before this run (default: the last that changed something)', 1, 2 ** 40),
    )
    .option('--approve <digest>', 'do it, if it still is what was shown under this digest')
    .action(
      session.action(async (context: Context, collection: string, options: UndoOptions) => {
        const { client, print, signal, terminal } = context;
        const { group, run, approve } = options;
        if (approve !== undefined)
          return await carryOut(context, { collection, group, run, digest: approve });
        const plan = await client.call('planUndo', { body: { collection, group, run } }, signal);
        print.one(plan, () => draw(print, plan));
        if (plan.add.length + plan.remove.length + plan.givenUp === 0) return exit.done;
        const request = { collection, group, run: plan.run.id, digest: plan.digest };
        // A removal that the guard would hold takes more than a key: the digest has to be given.
        if (print.format === 'table' && plan.guard === null && canAsk(terminal)) {
          if (await ask(terminal, 'Put the group back?', signal)) return await carryOut(context, request);
          terminal.stderr.write('Nothing was changed.\n');
          return exit.held;
        }
        terminal.stderr.write(`Nothing was changed. To do it: rollcall cloud-sync undo ${words(request)}\n`);
        return exit.held;
      }),
    );
}

async function carryOut(
  context: Context,
  request: { collection: string; group?: string | undefined; run?: number | undefined; digest: string },
): Promise<ExitCode> {
  const { client, print, wait, terminal } = context;
  const result = await wait('undo', await client.call('undo', { body: request }));
  print.done(result, sentence(result));
  if (result.problem) {
    const { message, hint } = result.problem;
    terminal.stderr.write(`${message}\n${hint} The next run of the group finishes the undo.\n`);
    return exit.error;
  }
  if (result.failed === 0) return exit.done;
  const name = quoted(request.collection);
  terminal.stderr.write(`See why: rollcall cloud-sync history ${name} --run ${result.runId}\n`);
  return exit.someMembersFailed;
}

function sentence({ groupName, undoesRunId, added, removed, failed, runId }: UndoResult): string {
  const counts = `${added} added, ${removed} removed${failed > 0 ? `, ${failed} failed` : ''}`;
  return `${groupName} is put back to before run ${undoesRunId}: ${counts} (run ${runId}).`;
}

function draw(print: Printer, plan: UndoPlan): void {
  const { green, red, yellow, dim } = print.colours;
  const { run, runs, add, remove } = plan;
  print.heading(`${plan.groupName} (${plan.groupId}): back to before run ${run.id}`);
  const later = runs === 2 ? ' and 1 later run' : ` and ${runs - 1} later runs`;
  print.text(
    `Takes back run ${run.id} (${run.kind}, ${cellText(instant(run.startedAt))}, asked for by ${run.requestedBy})${runs > 1 ? later : ''}.`,
  );
  const changes = [
    ...remove.map(each => ({ change: 'remove', ...each })),
    ...add.map(each => ({ change: 'add', ...each })),
  ];
  if (changes.length > 0) {
    print.table(
      [
        {
          title: 'Change',
          value: row => row.change,
          colour: text => (text.startsWith('add') ? green(text) : red(text)),
          whole: true,
        },
        { title: 'Member', value: row => row.name },
        { title: 'Object id', value: row => row.objectId, whole: true, optional: true },
      ],
      changes.slice(0, shownChanges),
    );
  }
  if (changes.length > shownChanges) print.text(dim(`… and ${changes.length - shownChanges} more`));
  print.text(
    changes.length === 0
      ? 'No member has to change: the group is as it was.'
      : `${add.length} to add, ${remove.length} to remove.`,
  );
  if (plan.givenUp > 0) {
    print.text(`${plan.givenUp} failed ${plan.givenUp === 1 ? 'change is' : 'changes are'} not tried again.`);
  }
  if (plan.guard !== null) print.text(yellow(plan.guard));
  print.text(
    plan.nextRun === 'full'
      ? yellow(
          'The next run of this group is a full one: it will make these changes again. Pause the mapping first, or change the rule.',
        )
      : 'Incremental runs leave it so; a full run (Synchronize Membership) makes the group equal to its collections again.',
  );
}

function words({
  collection,
  group,
  run,
  digest,
}: {
  collection: string;
  group?: string | undefined;
  run: number;
  digest: string;
}): string {
  const one = group === undefined ? '' : ` --group ${quoted(group)}`;
  return `${quoted(collection)}${one} --run ${run} --approve ${digest}`;
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name}"`;
}
