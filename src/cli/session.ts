import type { Client, Job, JobKind, JobResult } from '../api/index.ts';
import { type Connection, finished } from './client/index.ts';
import { type ExitCode, exit } from './exit.ts';
import type { GlobalOptions } from './options.ts';
import { Printer } from './output/index.ts';
import { type ProgressLine, progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What a command is given to work with. */
export interface Context {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  readonly print: Printer;
  readonly progress: ProgressLine;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly client: Client;
  /** Waits for a job with a progress line, and gives what it left. */
  wait<K extends JobKind>(kind: K, job: Job): Promise<JobResult<K>>;
}

/** What a command does; the exit code is 0 unless it says otherwise. */
export type Handler<A extends unknown[]> = (
  context: Context,
  ...given: A
) => Promise<ExitCode> | Promise<void>;

/** One invocation of `rollcall`: made before the arguments are read, ended after the command. */
export class Session {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly #connect: (options: GlobalOptions, terminal: Terminal) => Promise<Connection>;
  exitCode: ExitCode = exit.done;

  constructor(
    terminal: Terminal,
    signal: AbortSignal,
    connect: (options: GlobalOptions, terminal: Terminal) => Promise<Connection>,
  ) {
    this.terminal = terminal;
    this.signal = signal;
    this.#connect = connect;
  }

  /** Makes commander's action of a handler: connects, runs it, disconnects. */
  action<A extends unknown[]>(
    handler: Handler<A>,
    connect = this.#connect,
  ): (this: { optsWithGlobals(): unknown }, ...given: A) => Promise<void> {
    const session = this;
    return async function (...given) {
      const options = this.optsWithGlobals() as GlobalOptions;
      const { terminal, signal } = session;
      const progress = progressLine(terminal);
      const { client, close } = await connect(options, terminal);
      try {
        const print = new Printer(terminal, options.output);
        const wait: Context['wait'] = (kind, job) => finished(client, kind, job, { progress, signal });
        const context = { terminal, options, print, progress, signal, client, wait };
        session.exitCode = (await handler(context, ...given)) ?? exit.done;
      } finally {
        progress.end();
        await close();
      }
    };
  }
}
