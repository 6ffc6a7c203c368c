import type { Command } from 'commander';
import type { DiscoveryState } from '../../../api/index.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** `rollcall discover`: reads devices and users from Entra. Exit 4 when a sudden loss is held, 1 when one failed. */
export function discoverCommand(program: Command, session: Session): void {
  leaf(program, 'discover', 'Read devices and users from Entra: what changed, or all with --full.', [
    'discover',
    'discover --tenant Contoso --full',
  ])
    .option('--tenant <name>', 'only this tenant')
    .option('--full', 'read everything anew')
    .action(
      session.action(async (context: Context, options: { tenant?: string; full?: boolean }) => {
        const { client, print } = context;
        const job = await client.call('discover', {
          body: { tenant: options.tenant, full: options.full ?? false },
        });
        const states = await context.wait('discover', job);
        await print.list(states, discoveries);
        return discoveryExit(states);
      }),
    );
}

/** The exit code that discoveries deserve: the worst of them. */
export function discoveryExit(states: readonly DiscoveryState[]): ExitCode {
  if (states.some(state => state.error !== null)) return exit.error;
  return states.some(state => state.heldRemovals > 0) ? exit.held : exit.done;
}

/** How discoveries are shown. */
export const discoveries: Listing<DiscoveryState> = {
  columns: [
    { title: 'Tenant', value: state => state.tenant },
    { title: 'Kind', value: state => `${state.kind}s` },
    { title: 'In Entra', value: state => state.objectCount },
    { title: 'Removals held', value: state => state.heldRemovals },
    { title: 'Last full', value: state => instant(state.lastFullTime), whole: true, optional: true },
    { title: 'Error', value: state => state.error },
  ],
  fields: [
    'cloudServiceId',
    'tenant',
    'kind',
    'objectCount',
    'heldRemovals',
    'lastFullTime',
    'lastDeltaTime',
    'error',
  ],
  empty: 'No tenant is connected. Connect one with: rollcall tenant connect NAME --tenant-id … --client-id …',
};
