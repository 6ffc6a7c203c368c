import type { Command } from 'commander';
import { branch, leaf } from '../help.ts';
import { wholeNumber } from '../options.ts';
import type { Context, Session } from '../session.ts';

/** `rollcall settings …`: what holds for the whole site. */
export function settingCommands(program: Command, session: Session): void {
  const settings = branch(program, 'settings', 'What holds for the whole site.');
  leaf(settings, 'show', 'Show what is set.', ['settings show']).action(
    session.action(async ({ client, print }: Context) => {
      const shown = await client.call('getSettings', {});
      print.one(shown, () => print.text(sentence(shown.historyDays)));
    }),
  );
  leaf(settings, 'set', 'Change what is set.', ['settings set --history-days 365'])
    .addOption(
      wholeNumber(
        '--history-days <n>',
        'days for which joins and leaves are kept',
        1,
        3_650,
      ).makeOptionMandatory(),
    )
    .action(
      session.action(async ({ client, print }: Context, options: { historyDays: number }) => {
        const changed = await client.call('updateSettings', { body: { historyDays: options.historyDays } });
        print.done(changed, sentence(changed.historyDays));
      }),
    );
}

function sentence(days: number): string {
  return `It is kept for ${days} days who joined and left collections.`;
}
