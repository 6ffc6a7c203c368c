import type { Command } from 'commander';
import type { EvaluationResult } from '../../../api/index.ts';
import { exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import type { Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** `rollcall collection evaluate`: Update Membership. Exit 1 when a collection could not be evaluated. */
export function evaluateCommand(collection: Command, session: Session): void {
  leaf(
    collection,
    'evaluate [collections...]',
    'Work out who is a member: what changed, or all with --full.',
    ['collection evaluate', 'collection evaluate Pilot --full'],
  )
    .option('--full', 'evaluate everything anew')
    .action(
      session.action(async (context: Context, names: string[], options: { full?: boolean }) => {
        const { client, print, terminal } = context;
        const collections = names.length > 0 ? names : undefined;
        const job = await client.call('evaluate', { body: { collections, full: options.full ?? false } });
        const result = await context.wait('evaluate', job);
        if (print.format === 'json') print.done(result, '');
        else await print.list(result.evaluated, evaluated);
        for (const error of print.format === 'json' ? [] : result.errors) {
          terminal.stderr.write(`${error.name} (${error.id}): ${error.message}\n`);
        }
        return result.errors.length > 0 ? exit.error : exit.done;
      }),
    );
}

const evaluated: Listing<EvaluationResult['evaluated'][number]> = {
  columns: [
    { title: 'Id', value: row => row.id, whole: true },
    { title: 'Collection', value: row => row.name },
    { title: 'Members', value: row => row.members },
    { title: 'Joined', value: row => row.joined },
    { title: 'Left', value: row => row.left },
    { title: 'ms', value: row => Math.round(row.ms), optional: true },
  ],
  fields: ['id', 'name', 'members', 'joined', 'left', 'ms'],
  empty: 'No membership has changed.',
};
