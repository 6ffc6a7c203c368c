import type { MemberResult, MemberStep } from '../../../api/index.ts';
import { type ExitCode, exit } from '../../exit.ts';
import type { Printer } from '../../output/index.ts';
import type { Context } from '../../session.ts';

/** `rollcall cloud-sync run C --member NAME`: one resource through at once, each step told. */
export async function pushOne(
  { client, wait, print }: Context,
  body: { collection: string; group?: string | undefined; member: string },
): Promise<ExitCode> {
  const result = await wait('member', await client.call('pushMember', { body }));
  if (print.format === 'csv') await print.list(rowsOf(result), { columns: [], fields, empty: '' });
  else print.one(result, () => draw(print, result));
  return { done: exit.done, 'some-failed': exit.someMembersFailed, held: exit.held, failed: exit.error }[
    result.outcome
  ];
}

interface Row extends MemberStep {
  groupName: string;
}

const fields = ['groupName', 'step', 'outcome', 'text'] as const;

function rowsOf({ steps, groups }: MemberResult): Row[] {
  return [
    ...steps.map(step => ({ groupName: '', ...step })),
    ...groups.flatMap(({ groupName, steps: own }) => own.map(step => ({ groupName, ...step }))),
  ];
}

const group = { title: 'Group', value: (row: Row) => row.groupName || undefined, optional: true };

const titles: Record<MemberStep['step'], string> = {
  inventory: 'Inventory',
  collection: 'Collection',
  identity: 'Entra identity',
  group: 'Group check',
  action: 'Action',
  answer: 'Answer',
};

function draw(print: Printer, result: MemberResult): void {
  const { green, red, yellow } = print.colours;
  const paint = { ok: green, stopped: red, held: yellow, failed: red };
  print.heading(`${result.resource.name} in ${result.collection.name} (${result.collection.id})`);
  print.table(
    [
      ...(result.groups.length > 1 ? [group] : []),
      { title: 'Step', value: row => titles[row.step], whole: true },
      { title: '', value: row => row.outcome, colour: (text, row) => paint[row.outcome](text), whole: true },
      { title: 'What was found', value: row => row.text },
    ],
    rowsOf(result),
  );
}
