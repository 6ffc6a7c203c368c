import type { Command } from 'commander';
import type { Verification } from '../../../api/index.ts';
import { exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** What a table shows of each difference; JSON and CSV have all. */
const shownNames = 100;

/** `rollcall cloud-sync verify`: compares with Entra, changes nothing. Exit 1 when a group differs. */
export function verifyCommand(sync: Command, session: Session): void {
  leaf(sync, 'verify <collection>', 'Compare the groups of a collection with what they should hold.', [
    'cloud-sync verify Pilot',
  ]).action(
    session.action(async ({ client, print, signal }: Context, collection: string) => {
      const { groups } = await client.call('verify', { body: { collection } }, signal);
      if (print.format === 'csv')
        await print.list(groups.flatMap(differences), { columns: [], fields, empty: '' });
      else if (print.format === 'json') await print.list(groups, { columns: [], fields: [], empty: '' });
      else for (const group of groups) draw(print, group);
      return groups.every(group => group.inStep) ? exit.done : exit.error;
    }),
  );
}

function draw(print: Printer, group: Verification): void {
  const { green, yellow, dim } = print.colours;
  print.text(`${group.groupName} (${group.groupId}): ${group.inStep ? green('in step') : yellow('differs')}`);
  const found = differences(group);
  for (const { difference, name, objectId } of found.slice(0, shownNames)) {
    print.text(`  ${difference === 'missing' ? 'missing' : 'foreign'}  ${name}  ${dim(objectId)}`);
  }
  if (found.length > shownNames) print.text(dim(`  … and ${found.length - shownNames} more`));
  const hidden = group.hidden.missing + group.hidden.foreign;
  if (hidden > 0) print.text(dim(`  … and ${hidden} that you may not see`));
}

function differences({ groupId, groupName, missing, foreign }: Verification) {
  return [
    ...missing.map(each => ({ groupId, groupName, difference: 'missing' as const, ...each })),
    ...foreign.map(each => ({ groupId, groupName, difference: 'foreign' as const, ...each })),
  ];
}

const fields = ['groupId', 'groupName', 'difference', 'name', 'objectId'] as const;
