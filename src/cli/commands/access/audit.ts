import type { Command } from 'commander';
import type { AuditEntry } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { leaf } from '../../help.ts';
import { limitOption, oneOf } from '../../options.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';

interface AuditOptions {
  from?: string;
  to?: string;
  actor?: string;
  action?: string;
  object?: string;
  outcome?: AuditEntry['outcome'];
  limit?: number;
}

/** `rollcall audit`: who did what. */
export function auditCommand(program: Command, session: Session): void {
  leaf(program, 'audit', 'Who did what, the latest first.', [
    'audit --actor ann',
    'audit --object /collections/Pilot -o json',
    'audit --from 2030-01-01T00:00:00Z -o csv > audit.csv',
  ])
    .option('--from <instant>', 'from then on, in ISO 8601')
    .option('--to <instant>', 'before then')
    .option('--actor <name>', 'by this account or token')
    .option('--action <name>', 'of this kind, as the API names it')
    .option('--object <text>', 'whose address contains this')
    .addOption(oneOf('--outcome <word>', 'that ended so', ['begun', 'done', 'refused', 'failed']))
    .addOption(limitOption())
    .action(
      session.action(
        async ({ client, print, signal }: Context, { limit: asked, ...filter }: AuditOptions) => {
          const limit = pageSize(print, asked);
          const rows = everyRow(after =>
            client.call('listAudit', { query: { ...filter, after, limit } }, signal),
          );
          await print.list(rows, entries, rowLimit(print, asked));
        },
      ),
    );
}

const entries: Listing<AuditEntry> = {
  columns: [
    { title: 'When', value: entry => instant(entry.at), whole: true },
    { title: 'Who', value: entry => entry.actor },
    { title: 'What', value: entry => entry.action },
    { title: 'Of', value: entry => entry.object },
    {
      title: 'Outcome',
      value: entry => (entry.code === null ? entry.outcome : `${entry.outcome}: ${entry.code}`),
    },
    { title: 'From', value: entry => entry.address, optional: true },
  ],
  fields: ['id', 'at', 'actor', 'address', 'action', 'object', 'outcome', 'code', 'before', 'after'],
  empty: 'Nothing of that kind has been done.',
};
