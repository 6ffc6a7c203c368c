import { PassThrough, Readable } from 'node:stream';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what is written to it. */
export interface FakeTerminal extends Terminal {
  /** What has been written to stdout and stderr so far. */
  written(): { stdout: string; stderr: string };
}

/** A terminal of no size (a pipe), or of `columns`. `keys`: somebody sits at it who types that. */
export function fakeTerminal(
  options: { env?: Record<string, string>; columns?: number; stdin?: Readable; keys?: string } = {},
): FakeTerminal {
  const chunks = { stdout: '', stderr: '' };
  const isTTY = options.columns !== undefined;
  const seated = options.keys !== undefined;
  const stderr = new PassThrough();
  stderr.on('data', (chunk: Buffer) => {
    chunks.stderr += chunk.toString();
  });
  return {
    env: options.env ?? {},
    stdin: seated
      ? Object.assign(Readable.from([Buffer.from(options.keys ?? '')]), { isTTY: true })
      : (options.stdin ?? Readable.from([])),
    stdout: {
      isTTY,
      ...(options.columns === undefined ? {} : { columns: options.columns }),
      write: text => {
        chunks.stdout += text;
      },
    },
    stderr: Object.assign(stderr, { isTTY: seated }),
    written: () => ({ ...chunks }),
  };
}
