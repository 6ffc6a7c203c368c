// The command line: one invocation, from its arguments to its exit code.

import { failureOf, Interrupted, writeFailure } from './failure.ts';
import { interruption } from './interrupt.ts';
import { asksForJson, buildProgram } from './program.ts';
import type { Connect } from './session.ts';
import { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 error, 2 wrong usage, 3 some members failed, 4 held, 130 after Ctrl-C
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const interrupt = interruption(() => new Interrupted());
  const session = new Session(terminal, interrupt.signal, connectLater);
  try {
    await buildProgram(session).parseAsync([...argv], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    const failure = failureOf(error);
    writeFailure(failure, asksForJson(argv), text => terminal.stderr.write(text));
    return failure.exitCode;
  } finally {
    interrupt.end();
  }
}

/** Loads what speaks to the API only when a command needs it. */
const connectLater: Connect = async (...given) => {
  const { connect } = await import('./client/connect.ts');
  return connect(...given);
};
