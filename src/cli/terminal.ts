import type { Readable } from 'node:stream';

/** Where text goes: a terminal, a pipe or a file. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command has of the machine beside the API: its environment and its three streams. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TextSink;
  readonly stderr: NodeJS.WritableStream & TextSink;
}

/**
 * The width that tables are to fit, in columns. Only a terminal has one: what goes into a pipe or a file is never
 * cut, unless COLUMNS asks for it.
 */
export function tableWidth(terminal: Terminal): number {
  const asked = Number(terminal.env.COLUMNS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return terminal.stdout.isTTY ? (terminal.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Whether a stream gets colours: a terminal does, unless NO_COLOR is set (https://no-color.org). */
export function wantsColour(sink: TextSink, env: Terminal['env']): boolean {
  return sink.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
