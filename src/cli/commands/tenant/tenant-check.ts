import type { Command } from 'commander';
import type { TenantCheck } from '../../../api/index.ts';
import { exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { tenantNamed } from './tenant-choice.ts';

/** `rollcall tenant check`: every prerequisite looked at, nothing changed. Exit 1 when one fails. */
export function checkCommand(tenant: Command, session: Session): void {
  leaf(tenant, 'check [name]', 'Look at every prerequisite of synchronization; change nothing.', [
    'tenant check Contoso',
  ]).action(
    session.action(async ({ client, print, signal }: Context, name: string | undefined) => {
      const { id } = await tenantNamed(client, name);
      const { checks } = await client.call('checkTenant', { params: { ref: String(id) } }, signal);
      if (print.format === 'table') draw(print, checks);
      else await print.list(checks, { columns: [], fields, empty: '' });
      return checks.some(check => check.outcome === 'fail') ? exit.error : exit.done;
    }),
  );
}

/** Each check on a line, and under what is not right what to do about it; sentences are not cut. */
function draw(print: Printer, checks: readonly TenantCheck[]): void {
  const { green, yellow, red, dim } = print.colours;
  const colours = { pass: green, warn: yellow, fail: red };
  const width = Math.max(...checks.map(check => check.name.length));
  for (const { outcome, name, seen, hint } of checks) {
    print.text(`${colours[outcome](outcome)}  ${name.padEnd(width)}  ${seen}`);
    if (outcome !== 'pass' && hint !== null) print.text(`      ${' '.repeat(width)}  ${dim(hint)}`);
  }
}

const fields = ['name', 'outcome', 'seen', 'hint'] as const;
