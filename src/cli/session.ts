import type { Client, Job, JobKind, JobResult } from '../api/index.ts';
import type { Connection } from './client/index.ts';
import { type ExitCode, exit } from './exit.ts';
import type { GlobalOptions } from './options.ts';
import { Printer } from './output/index.ts';
import { type ProgressLine, progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given to work with. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  readonly print: Printer;
  readonly progress: ProgressLine;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command that uses the API is given. */
export interface Context extends Surroundings {
  readonly client: Client;
  /** Waits for a job with a progress line, and gives what it left. */
  wait<K extends JobKind>(kind: K, job: Job): Promise<JobResult<K>>;
}

/** What a command does; the exit code is 0 unless it says otherwise. */
export type Handler<C, A extends unknown[]> = (context: C, ...given: A) => Promise<ExitCode> | Promise<void>;

/** How a command comes by the API; 'any': an empty store will do where there is none. */
export type Connect = (
  options: GlobalOptions,
  terminal: Terminal,
  store: 'kept' | 'any',
) => Promise<Connection>;

/** A command as commander calls it. */
type Action<A extends unknown[]> = (this: { optsWithGlobals(): unknown }, ...given: A) => Promise<void>;

/** One invocation of `rollcall`: made before the arguments are read, asked for its exit code after the command. */
export class Session {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly #connect: Connect;
  exitCode: ExitCode = exit.done;

  constructor(terminal: Terminal, signal: AbortSignal, connect: Connect) {
    this.terminal = terminal;
    this.signal = signal;
    this.#connect = connect;
  }

  /** Makes commander's action of a handler: connects to the API, runs it, disconnects. */
  action<A extends unknown[]>(handler: Handler<Context, A>, store: 'kept' | 'any' = 'kept'): Action<A> {
    return this.#act(async (surroundings: Surroundings, ...given: A) => {
      // Help and wrong usage are told without loading what speaks to the API.
      const { finished } = await import('./client/index.ts');
      const { terminal, options } = surroundings;
      const { client, close } = await this.#connect(options, terminal, store);
      try {
        const wait: Context['wait'] = (kind, job) => finished(client, kind, job, surroundings);
        return (await handler({ ...surroundings, client, wait }, ...given)) ?? exit.done;
      } finally {
        surroundings.progress.end();
        await close();
      }
    });
  }

  /** As `action`, for a command that makes its own server. */
  ownServer<A extends unknown[]>(handler: Handler<Surroundings, A>): Action<A> {
    return this.#act(handler);
  }

  #act<A extends unknown[]>(handler: Handler<Surroundings, A>): Action<A> {
    const session = this;
    return async function (...given) {
      const options = this.optsWithGlobals() as GlobalOptions;
      const { terminal, signal } = session;
      const print = new Printer(terminal, options.output);
      const progress = progressLine(terminal);
      session.exitCode =
        (await handler({ terminal, options, print, progress, signal }, ...given)) ?? exit.done;
    };
  }
}
