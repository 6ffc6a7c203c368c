import type { Command } from 'commander';
import type { MembershipEvent } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { leaf } from '../../help.ts';
import { limitOption } from '../../options.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';

/** `rollcall collection history`: who joined and left, the latest first. */
export function collectionHistoryCommand(collection: Command, session: Session): void {
  leaf(collection, 'history <collection>', 'List who joined and left a collection, the latest first.', [
    'collection history Pilot --limit 20',
  ])
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, ref: string, options: { limit?: number }) => {
        const limit = pageSize(print, options.limit);
        const rows = everyRow(after =>
          client.call('listMembershipHistory', { params: { ref }, query: { after, limit } }),
        );
        await print.list(rows, events, rowLimit(print, options.limit));
      }),
    );
}

const events: Listing<MembershipEvent> = {
  columns: [
    { title: 'When', value: event => instant(event.at), whole: true },
    { title: 'What', value: event => event.change, whole: true },
    { title: 'Name', value: event => event.name ?? '(deleted)' },
    { title: 'Resource', value: event => String(event.resourceId) },
  ],
  fields: ['at', 'change', 'name', 'resourceId'],
  empty: 'Nobody has joined or left it as far as the history goes back.',
};
