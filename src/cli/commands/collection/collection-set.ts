import type { Command } from 'commander';
import { leaf } from '../../help.ts';
import { onOff } from '../../options.ts';
import type { Context, Session } from '../../session.ts';
import { drawCollection } from './collection-view.ts';

interface SetOptions {
  name?: string;
  limitTo?: string;
  incremental?: boolean;
  schedule?: string;
  comment?: string;
}

/** `rollcall collection set`: changes what `create` has set. An empty schedule or comment takes it away. */
export function setCommand(collection: Command, session: Session): void {
  leaf(collection, 'set <collection>', 'Change a collection: its name, limit, evaluation, comment.', [
    'collection set Pilot --incremental off --schedule "0 3 * * *"',
    'collection set Pilot --schedule ""',
  ])
    .option('--name <name>', 'give it another name')
    .option('--limit-to <collection>', 'only members of this one')
    .addOption(onOff('--incremental', 'evaluate what changed every 5 minutes'))
    .option('--schedule <cron>', 'when to evaluate it in full; empty: never by itself')
    .option('--comment <text>', 'what it is for')
    .action(
      session.action(async ({ client, print }: Context, ref: string, options: SetOptions) => {
        const { name, limitTo, incremental } = options;
        const body = {
          name,
          limitTo,
          incremental,
          schedule: orNone(options.schedule),
          comment: orNone(options.comment),
        };
        const changed = await client.call('updateCollection', { params: { ref }, body });
        print.one(changed, () => drawCollection(print, changed));
      }),
    );
}

function orNone(text: string | undefined): string | null | undefined {
  return text === '' ? null : text;
}
