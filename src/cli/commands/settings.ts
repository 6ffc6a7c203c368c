import type { Command } from 'commander';
import type { Settings } from '../../api/index.ts';
import { usage } from '../failure.ts';
import { branch, leaf } from '../help.ts';
import { wholeNumber } from '../options.ts';
import type { Printer } from '../output/index.ts';
import type { Context, Session } from '../session.ts';

/** `rollcall settings …`: what holds for the whole site. */
export function settingCommands(program: Command, session: Session): void {
  const settings = branch(program, 'settings', 'What holds for the whole site.');
  leaf(settings, 'show', 'Show what is set.', ['settings show']).action(
    session.action(async ({ client, print }: Context) => {
      const shown = await client.call('getSettings', {});
      print.one(shown, () => tell(print, shown));
    }),
  );
  leaf(settings, 'set', 'Change what is set.', [
    'settings set --history-days 365',
    'settings set --audit-days 730',
  ])
    .addOption(
      wholeNumber(
        '--history-days <n>',
        'days for which joins, leaves and the members of runs are kept (at first: 90)',
        1,
        3_650,
      ),
    )
    .addOption(
      wholeNumber('--audit-days <n>', 'days for which the audit log is kept (at first: 365)', 31, 3_650),
    )
    .action(
      session.action(async ({ client, print }: Context, { historyDays, auditDays }: Partial<Settings>) => {
        if (historyDays === undefined && auditDays === undefined) {
          throw usage('Nothing is to be changed.', 'Give --history-days or --audit-days.');
        }
        const changed = await client.call('updateSettings', {
          body: {
            ...(historyDays === undefined ? {} : { historyDays }),
            ...(auditDays === undefined ? {} : { auditDays }),
          },
        });
        print.one(changed, () => tell(print, changed));
      }),
    );
}

function tell(print: Printer, { historyDays, auditDays }: Settings): void {
  print.text(
    `It is kept for ${historyDays} days who joined and left collections, and what runs did to each member.`,
  );
  print.text(`It is kept for ${auditDays} days who changed what.`);
}
