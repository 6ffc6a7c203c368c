import type { Command } from 'commander';
import type { Explanation } from '../../../api/index.ts';
import { leaf } from '../../help.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** `rollcall collection explain`: why a resource is a member, or why not. */
export function explainCommand(collection: Command, session: Session): void {
  leaf(collection, 'explain <collection> <resource>', 'Say why a resource is a member or not.', [
    'collection explain Pilot PC-1042',
  ]).action(
    session.action(async ({ client, print }: Context, ref: string, resource: string) => {
      const why = await client.call('explainMembership', { params: { ref }, query: { resource } });
      print.one(why, () => draw(print, why));
    }),
  );
}

function draw(print: Printer, why: Explanation): void {
  const { green, dim } = print.colours;
  print.text(why.summary);
  if (why.limiting) {
    const { name, id, member } = why.limiting;
    print.text(`Limiting collection ${name} (${id}): ${member ? 'a member' : 'not a member'}.`);
  }
  if (why.rules.length === 0) return;
  print.text('');
  print.table(
    [
      {
        title: 'Holds',
        value: rule => (rule.holds ? 'yes' : 'no'),
        colour: (text, rule) => (rule.holds ? green(text) : dim(text)),
      },
      { title: 'Kind', value: rule => rule.kind },
      { title: 'Rule', value: rule => rule.name },
      { title: 'Detail', value: rule => rule.detail },
    ],
    why.rules,
  );
}
