import type { Command } from 'commander';
import type { Group, GroupDetail } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { branch, leaf } from '../../help.ts';
import { limitOption } from '../../options.ts';
import type { Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';
import { asUser } from './user-sign-in.ts';

interface SearchOptions {
  startsWith?: string;
  tenant?: string;
  signIn?: boolean;
  limit?: number;
}

interface CreateOptions {
  tenant?: string;
  description?: string;
  signIn?: boolean;
}

const signInOption = 'sign in to Entra as a user, by device code, instead of as the app';

/** `rollcall group …`: groups in Entra, to be chosen as targets. */
export function groupCommands(program: Command, session: Session): void {
  const group = branch(program, 'group', 'Find and make groups in Entra.');
  leaf(group, 'search', 'List the groups of a tenant whose names start with a text; all without one.', [
    'group search --starts-with Pilot',
    'group search --starts-with Pilot --sign-in',
  ])
    .option('--starts-with <text>', 'how the name begins')
    .option('--tenant <name>', 'in this tenant (may be left out where only one is connected)')
    .option('--sign-in', signInOption)
    .addOption(limitOption())
    .action(
      session.action(async (context: Context, options: SearchOptions) => {
        const { client, print, signal } = context;
        const { startsWith, tenant } = options;
        const limit = pageSize(print, options.limit);
        await asUser(context, options, async signIn => {
          const rows = everyRow(after =>
            client.call('searchGroups', { query: { startsWith, tenant, signIn, after, limit } }, signal),
          );
          await print.list(rows, groups, rowLimit(print, options.limit));
        });
      }),
    );
  leaf(group, 'show <name|id>', 'Show a group of a tenant, and whether it can be a target.', [
    'group show "Pilot devices"',
  ])
    .option('--tenant <name>', 'in this tenant (may be left out where only one is connected)')
    .action(
      session.action(
        async ({ client, print, signal }: Context, ref: string, { tenant }: { tenant?: string }) => {
          const found = await client.call('getGroup', { params: { ref }, query: { tenant } }, signal);
          print.one(found, () => print.facts(factsOf(found)));
        },
      ),
    );
  leaf(group, 'create <name>', 'Create a security group in Entra, to map a collection to.', [
    'group create "Pilot devices"',
  ])
    .option('--tenant <name>', 'in this tenant (may be left out where only one is connected)')
    .option('--description <text>', 'what the group is for')
    .option('--sign-in', `${signInOption}; the app becomes an owner too`)
    .action(
      session.action(async (context: Context, displayName: string, options: CreateOptions) => {
        const { client, print, signal } = context;
        const { tenant, description } = options;
        await asUser(context, options, async signIn => {
          const body = { displayName, description, tenant, signIn };
          const made = await client.call('createGroup', { body }, signal);
          print.done(made, `Created the group ${made.displayName}: ${made.id}.`);
        });
      }),
    );
}

function factsOf(group: GroupDetail) {
  const owner = group.owned ? 'yes' : group.writable ? 'no, but it may change every group' : 'no';
  return {
    Name: group.displayName,
    Id: group.id,
    Description: group.description ?? '-',
    Kind: group.kind,
    Members: group.memberCount,
    'The app owns it': owner,
    'Can be mapped': group.usable ? 'yes' : `no: ${group.why ?? 'it is not allowed'}`,
  };
}

const groups: Listing<Group> = {
  columns: [
    { title: 'Name', value: group => group.displayName },
    { title: 'Id', value: group => group.id, whole: true },
    {
      title: 'Can be mapped',
      value: group => (group.usable ? 'yes' : `no: ${group.why ?? 'it is not allowed'}`),
    },
    { title: 'Kind', value: group => group.kind, optional: true },
  ],
  fields: [
    'id',
    'displayName',
    'kind',
    'dynamic',
    'onPremises',
    'roleAssignable',
    'usable',
    'why',
    'cloudServiceId',
  ],
  empty: 'No group has such a name. Make one with: rollcall group create NAME',
};
