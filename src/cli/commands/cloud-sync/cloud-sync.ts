import type { Command } from 'commander';
import type { Mapping, Tenant } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { exit } from '../../exit.ts';
import { branch, leaf } from '../../help.ts';
import type { Context, Session } from '../../session.ts';
import { warnOfTenants } from '../tenant/tenant-warnings.ts';
import { mappingListing } from './mapping-view.ts';
import { oneMapping } from './mappings-of.ts';
import { type GroupState, remarksOn } from './remarks.ts';
import { heldCommands } from './sync-held.ts';
import { historyCommand } from './sync-history.ts';
import { memberCommand } from './sync-members.ts';
import { planCommand } from './sync-plan.ts';
import { runCommand } from './sync-run.ts';
import { setCommand } from './sync-set.ts';
import { undoCommand } from './sync-undo.ts';
import { verifyCommand } from './sync-verify.ts';

/** `rollcall cloud-sync …`: collections mapped to groups, and their synchronization. */
export function cloudSyncCommands(program: Command, session: Session): void {
  const sync = branch(program, 'cloud-sync', 'Map collections to groups and keep them in step.');
  addCommand(sync, session);
  removeCommand(sync, session);
  planCommand(sync, session);
  runCommand(sync, session);
  leaf(sync, 'status [collections...]', 'Show every mapping with its status and counts.', [
    'cloud-sync status',
    'cloud-sync status Pilot -o json',
  ]).action(
    session.action(async (context: Context, names: string[]) => {
      const { client, print, terminal } = context;
      const collection = names.length > 0 ? names : undefined;
      const rows = await Array.fromAsync(
        everyRow(after => client.call('listMappings', { query: { collection, after, limit: 1_000 } })),
      );
      await print.list(rows, mappingListing(print));
      if (print.format !== 'table') return;
      for (const line of remarksOn(rows.map(stateOf))) terminal.stderr.write(`${line}\n`);
      const services = new Set(rows.map(row => row.cloudServiceId));
      const { items } = await client.call('listTenants', {});
      // What befell the groups has been told; what will befall them has not.
      const soon = ({ code }: Tenant['warnings'][number]) => code.startsWith('credential-');
      warnOfTenants(
        context,
        items.filter(tenant => services.has(tenant.id)),
        soon,
      );
    }),
  );
  memberCommand(sync, session);
  heldCommands(sync, session);
  setCommand(sync, session);
  verifyCommand(sync, session);
  historyCommand(sync, session);
  undoCommand(sync, session);
}

function stateOf({ groupName, collectionName, heldPlan, syncFailed, problem }: Mapping): GroupState {
  const held = heldPlan && !heldPlan.refusal ? heldPlan.reason : null;
  const refused = heldPlan?.refusal ? refusalWords(heldPlan.removals, heldPlan.refusal) : null;
  return { groupName, collections: [collectionName], held, refused, failed: syncFailed, problem };
}

function refusalWords(
  removals: number,
  { by, at, reason }: { by: string; at: string; reason: string | null },
) {
  const members = removals === 1 ? 'of 1 member' : `of ${removals} members`;
  return `${by} refused the removal ${members} on ${at.slice(0, 10)}${reason ? `: ${reason}` : ''}`.replace(
    /[.\s]*$/,
    '.',
  );
}

function addCommand(sync: Command, session: Session): void {
  leaf(sync, 'add <collection>', 'Map a collection to a group. The first run makes the group equal to it.', [
    'cloud-sync add Pilot --group "Pilot devices"',
  ])
    .requiredOption('--group <name|id>', 'the group, by its name or object id')
    .option('--tenant <name>', 'in this tenant (may be left out where only one is connected)')
    .action(
      session.action(
        async (
          { client, print, terminal, signal }: Context,
          collection: string,
          options: { group: string; tenant?: string },
        ) => {
          const body = { collection, group: options.group, tenant: options.tenant };
          const { mapping, warnings } = await client.call('addMapping', { body }, signal);
          print.done(
            mapping,
            `Mapped ${mapping.collectionName} to ${mapping.groupName} (${mapping.groupId}).`,
          );
          for (const warning of warnings) terminal.stderr.write(`${warning}\n`);
        },
      ),
    );
}

function removeCommand(sync: Command, session: Session): void {
  leaf(sync, 'remove <collection>', 'Remove a mapping. The group keeps its members unless told otherwise.', [
    'cloud-sync remove Pilot --group "Pilot devices"',
    'cloud-sync remove Pilot --group "Pilot devices" --remove-members',
  ])
    .requiredOption('--group <name|id>', 'the group, by its name or object id')
    .option('--remove-members', 'also take out of the group what Rollcall put there')
    .action(
      session.action(
        async (
          { client, print, terminal, signal }: Context,
          collection: string,
          options: { group: string; removeMembers?: boolean },
        ) => {
          const { id, collectionName, groupName } = await oneMapping(client, collection, options.group);
          const request = { params: { id }, query: { removeMembers: options.removeMembers ?? false } };
          const removed = await client.call('removeMapping', request, signal);
          const gone = options.removeMembers ? ` ${removed.removedMembers} members were taken out.` : '';
          print.done(removed, `Removed the mapping of ${collectionName} to ${groupName}.${gone}`);
          if (removed.remainingMembers === 0) return exit.done;
          terminal.stderr.write(
            `${removed.remainingMembers} could not be taken out yet. The schedule tries again, ever more rarely.\n`,
          );
          return exit.someMembersFailed;
        },
      ),
    );
}
