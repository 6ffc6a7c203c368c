import type { Command } from 'commander';
import type { TenantCheck } from '../../api/index.ts';
import { exit } from '../exit.ts';
import { leaf } from '../help.ts';
import type { Listing } from '../output/index.ts';
import type { Context, Session } from '../session.ts';
import { tenantNamed } from './tenant-choice.ts';

/** `rollcall tenant check`: every prerequisite looked at, nothing changed. Exit 1 when one fails. */
export function checkCommand(tenant: Command, session: Session): void {
  leaf(tenant, 'check [name]', 'Look at every prerequisite of synchronization; change nothing.', [
    'tenant check Contoso',
  ]).action(
    session.action(async (context: Context, name: string | undefined) => {
      const { client, print, signal } = context;
      const { id } = await tenantNamed(client, name);
      const { checks } = await client.call('checkTenant', { params: { ref: String(id) } }, signal);
      await print.list(checks, checkListing(context));
      return checks.some(check => check.outcome === 'fail') ? exit.error : exit.done;
    }),
  );
}

function checkListing({ print }: Context): Listing<TenantCheck> {
  const { green, yellow, red } = print.colours;
  const colours = { pass: green, warn: yellow, fail: red };
  return {
    columns: [
      {
        title: 'Outcome',
        value: check => check.outcome,
        colour: (text, check) => colours[check.outcome](text),
      },
      { title: 'Prerequisite', value: check => check.name },
      { title: 'Seen', value: check => check.seen },
      { title: 'What to do', value: check => check.hint },
    ],
    fields: ['name', 'outcome', 'seen', 'hint'],
    empty: 'There was nothing to check.',
  };
}
