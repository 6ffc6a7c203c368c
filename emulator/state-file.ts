import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { Certificates } from './certificate.ts';
import type { TenantState } from './tenant/tenant.ts';

/** What a state file holds: the tenant, and the certificates that clients trust already. */
export interface SavedState {
  tenant: TenantState;
  certificates: Certificates;
}

const headLine = z.object({
  rollcallEmulator: z.literal(1),
  certificates: z.object({ caPem: z.string(), certPem: z.string(), keyPem: z.string() }),
});

/** How often it is looked whether there is something to write, in milliseconds. */
const rest = 3000;

/** Keeps a state in its file. */
export interface Keeper {
  /** From now on writes it every few seconds while it changes; does nothing where there is no file. */
  start(): void;
  /** Writes it now, to its file or another one; does nothing where there is neither. */
  save(file?: string): Promise<void>;
  /** Writes it for the last time. */
  close(): Promise<void>;
}

/**
 * Makes a keeper of a state; it writes nothing by itself before it is started.
 * @param edition grows with every change
 */
export function createKeeper(
  file: string | undefined,
  state: () => SavedState,
  edition: () => number,
): Keeper {
  let written = -1;
  let writing = Promise.resolve();
  const save = (to = file): Promise<void> => {
    if (to === undefined) return Promise.resolve();
    writing = writing
      .catch(() => {})
      .then(() => {
        if (to === file) written = edition();
        return writeStateFile(to, state());
      });
    return writing;
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      if (file === undefined) return;
      timer = setInterval(() => edition() !== written && save().catch(console.error), rest);
      timer.unref();
    },
    save,
    async close() {
      clearInterval(timer);
      await (edition() === written ? writing : save());
    },
  };
}

/** How much is gathered before it is written, in characters. */
const portion = 1_000_000;

/**
 * Writes a state to a file that only its owner may read (it holds secrets): first beside it, then in its place, so
 * that the file is whole at any time. JSON, one entry a line.
 */
async function writeStateFile(file: string, state: SavedState): Promise<void> {
  // All of it is made before anything is awaited: the tenant must not change between two lines.
  const parts = [...gather(state)];
  const beside = `${file}.new`;
  const handle = await open(beside, 'w', 0o600);
  try {
    for (const part of parts) await handle.write(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}

function* gather(state: SavedState): Generator<Buffer> {
  let text = `${JSON.stringify({ ...state.tenant.head, certificates: state.certificates })}\n`;
  for (const line of state.tenant.entries) {
    text += `${line}\n`;
    if (text.length < portion) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** Reads a state file; null where there is none. Throws where the file is something else. */
export async function readStateFile(file: string): Promise<SavedState | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const lines = linesOf(text);
  let head: unknown;
  try {
    head = JSON.parse(lines.next().value ?? '');
    const { certificates } = headLine.parse(head);
    return { tenant: { head: head as TenantState['head'], entries: lines }, certificates };
  } catch (error) {
    throw new Error(`${file} is not a state file of the emulator`, { cause: error });
  }
}

function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, stop);
    start = stop + 1;
  }
}
