import type { Command } from 'commander';
import { leaf } from '../../help.ts';
import { wholeNumber } from '../../options.ts';
import type { Session, Surroundings } from '../../session.ts';
import { usualPort } from '../serve.ts';

/** `rollcall demo`: an emulated tenant, a sample site, server and console, until Ctrl-C. */
export function demoCommand(program: Command, session: Session): void {
  leaf(program, 'demo', 'Show all of it: an emulated Entra tenant, a sample site, server and console.', [
    'demo',
  ])
    .addOption(
      wholeNumber('--port <n>', `port of the console (default: ${usualPort}, or the next free)`, 0, 65_535),
    )
    .action(
      session.ownServer(async (surroundings: Surroundings, { port }: { port?: number }) => {
        // Emulator and server are loaded for this command alone.
        const { demonstrate } = await import('./demo.ts');
        await demonstrate(surroundings, port);
      }),
    );
}
