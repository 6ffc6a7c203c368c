import type { Command } from 'commander';
import type { HeldChange, HeldPlan } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import { everyRow } from '../../client/pages.ts';
import { leaf } from '../../help.ts';
import { limitOption } from '../../options.ts';
import { cellText, instant, type Listing, type Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';

interface HeldOptions {
  group?: string;
  reason?: string;
  limit?: number;
}

/** `rollcall cloud-sync held` and `refuse`: the plan that the guard holds, as it was held. */
export function heldCommands(sync: Command, session: Session): void {
  leaf(sync, 'held <collection>', 'Show the plan that the guard holds, as it waits for an approval.', [
    'cloud-sync held Pilot',
  ])
    .option('--group <name|id>', 'where the collection feeds several')
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: HeldOptions) => {
        const plan = await theHeldPlan({ client }, collection, options.group);
        const limit = pageSize(print, options.limit);
        drawPlan(print, plan);
        const rows = everyRow(after =>
          client.call('listHeldChanges', { params: { id: plan.id }, query: { after, limit } }),
        );
        if (print.format === 'json') {
          print.done({ ...plan, changes: await Array.fromAsync(rows) }, '');
          return;
        }
        await print.list(rows, changes(print), rowLimit(print, options.limit));
        print.text(whatNext(collection, plan));
      }),
    );
  leaf(sync, 'refuse <collection>', 'Refuse the plan that the guard holds: its removals are not made.', [
    'cloud-sync refuse Pilot --reason "The HR export was cut short"',
  ])
    .option('--group <name|id>', 'where the collection feeds several')
    .option('--reason <text>', 'why, for whoever looks at it later')
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: HeldOptions) => {
        const { id } = await theHeldPlan({ client }, collection, options.group);
        const body = { reason: options.reason };
        const refused = await client.call('refuseHeldPlan', { params: { id }, body });
        print.done(
          refused,
          `Refused: ${members(refused.removals)} stay in ${refused.groupName}. It is asked for again only when the plan changes.`,
        );
      }),
    );
}

/** The only held plan of a collection's groups. @throws Problem when there is none, or several */
async function theHeldPlan(
  { client }: Pick<Context, 'client'>,
  collection: string,
  group: string | undefined,
): Promise<HeldPlan> {
  const { plans } = await client.call('listHeldPlans', { query: { collection, group } });
  const [plan, ...others] = plans;
  if (!plan) {
    throw new Problem(
      'not-found',
      'nothing-held',
      `No plan of ${collection} is held.`,
      'See how it stands: rollcall cloud-sync status.',
    );
  }
  if (others.length === 0) return plan;
  throw new Problem(
    'conflict',
    'group-ambiguous',
    `Plans of several groups are held: ${plans.map(({ groupName }) => groupName).join(', ')}.`,
    'Say which with --group.',
  );
}

function drawPlan(print: Printer, plan: HeldPlan): void {
  const { yellow } = print.colours;
  print.heading(
    `${plan.groupName} (${plan.groupId}): ${plan.kind} run, held ${cellText(instant(plan.createdAt))}`,
  );
  print.text(plan.reason);
  if (!plan.refusal) return;
  const { by, at, reason } = plan.refusal;
  print.text(yellow(`Refused by ${by} ${cellText(instant(at))}${reason === null ? '' : `: ${reason}`}`));
}

function whatNext(collection: string, { refusal, additions, removals, foreign }: HeldPlan): string {
  const counts = `${additions} to add, ${removals} to remove${foreign > 0 ? ` (${foreign} not put there by Rollcall)` : ''}.`;
  const name = /^[\w.-]+$/.test(collection) ? collection : `"${collection}"`;
  const approve = `rollcall cloud-sync run ${name} --approve`;
  if (refusal) return `${counts}\nApprove it after all: ${approve}`;
  return `${counts}\nApprove: ${approve}. Refuse: rollcall cloud-sync refuse ${name}`;
}

function changes(print: Printer): Listing<HeldChange> {
  const { green, red } = print.colours;
  return {
    columns: [
      {
        title: 'Change',
        value: row => row.change,
        colour: text => (text.startsWith('add') ? green(text) : red(text)),
        whole: true,
      },
      { title: 'Member', value: row => row.name },
      { title: 'Foreign', value: row => (row.foreign ? 'yes' : undefined), optional: true },
      { title: 'Object id', value: row => row.objectId, whole: true, optional: true },
    ],
    fields: ['change', 'name', 'objectId', 'foreign'],
    empty: 'It holds no change.',
  };
}

function members(count: number): string {
  return count === 1 ? '1 member' : `${count} members`;
}
