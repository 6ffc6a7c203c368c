import type { Command } from 'commander';
import type { DiscoveryState } from '../../../api/index.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { leaf } from '../../help.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

interface DiscoverOptions {
  tenant?: string;
  full?: boolean;
  approve?: boolean;
}

/** `rollcall discover`: reads devices and users from Entra. Exit 4 when a sudden loss is held, 1 when one failed. */
export function discoverCommand(program: Command, session: Session): void {
  leaf(program, 'discover', 'Read devices and users from Entra: what changed, or all with --full.', [
    'discover',
    'discover --tenant Contoso --full',
    'discover --tenant Contoso --approve',
  ])
    .option('--tenant <name>', 'only this tenant')
    .option('--full', 'read everything anew')
    .option('--approve', 'believe a sudden loss that is held: what Entra no longer names goes')
    .action(
      session.action(async (context: Context, options: DiscoverOptions) => {
        const { client, print } = context;
        const job = await client.call('discover', {
          body: { tenant: options.tenant, full: options.full ?? false, approve: options.approve ?? false },
        });
        const states = await context.wait('discover', job);
        await print.list(states, discoveries);
        for (const line of states.flatMap(heldLoss)) context.terminal.stderr.write(`${line}\n`);
        return discoveryExit(states);
      }),
    );
}

/** What a sudden loss that is held means, and what to do about it. */
function heldLoss({ tenant, heldRemovals, error }: DiscoveryState): string[] {
  if (heldRemovals === 0) return [];
  return [
    `${tenant}: ${error}`,
    `If they are truly gone: rollcall discover --tenant ${JSON.stringify(tenant)} --approve`,
  ];
}

/** The exit code that discoveries deserve: the worst of them. */
function discoveryExit(states: readonly DiscoveryState[]): ExitCode {
  // A loss that is held is told as the error of its discovery; it is none.
  if (states.some(state => state.error !== null && state.heldRemovals === 0)) return exit.error;
  return states.some(state => state.heldRemovals > 0) ? exit.held : exit.done;
}

/** How discoveries are shown. */
const discoveries: Listing<DiscoveryState> = {
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
