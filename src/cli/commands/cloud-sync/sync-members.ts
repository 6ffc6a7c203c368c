import type { Command } from 'commander';
import type { MappingMember } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { leaf } from '../../help.ts';
import { limitOption, oneOf } from '../../options.ts';
import { instant, type Listing, type Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';
import { statusColour } from './mapping-view.ts';

type Status = MappingMember['status'];

interface MemberOptions {
  group?: string;
  status?: Status;
  limit?: number;
}

const statuses: readonly Status[] = ['Success', 'In Progress', 'Failed', 'Not in Entra'];

/** `rollcall cloud-sync members`: each member with its status and the reason for it. */
export function memberCommand(sync: Command, session: Session): void {
  leaf(sync, 'members <collection>', 'List the members of a mapping, each with its status and reason.', [
    'cloud-sync members Pilot',
    'cloud-sync members Pilot --status Failed -o csv',
  ])
    .option('--group <name|id>', 'where the collection feeds several')
    .addOption(oneOf('--status <status>', 'only these', statuses))
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: MemberOptions) => {
        const { group, status } = options;
        const limit = pageSize(print, options.limit);
        const rows = everyRow(after =>
          client.call('listMappingMembers', { query: { collection, group, status, after, limit } }),
        );
        await print.list(rows, listing(print), rowLimit(print, options.limit));
      }),
    );
}

function listing(print: Printer): Listing<MappingMember> {
  return {
    columns: [
      { title: 'Name', value: member => member.name },
      { title: 'Status', value: member => member.status, colour: statusColour(print), whole: true },
      { title: 'Code', value: member => member.code, optional: true },
      { title: 'Reason', value: member => member.reason, optional: true },
      { title: 'Object id', value: member => member.objectId, whole: true, optional: true },
      { title: 'Attempts', value: member => member.attempts || null, optional: true },
      { title: 'Next try', value: member => instant(member.nextTry), whole: true, optional: true },
    ],
    fields: [
      'name',
      'resourceId',
      'objectId',
      'status',
      'code',
      'reason',
      'attempts',
      'lastTried',
      'nextTry',
      'hint',
    ],
    empty: 'No such members.',
  };
}
