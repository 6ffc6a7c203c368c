import type { LedgerEntry } from '../plan.ts';

/** What decides about an object, as the ledger has it. */
export interface LedgerRow {
  wanted: 'in' | 'out';
  state: 'pending' | 'done' | 'failed';
  maybe_in: number;
  attempts: number;
  recent: number;
}

const entries = new Map<string, LedgerEntry>();

/** Entries are alike by the hundred thousand: one object stands for all that are. */
export function entryOf({ wanted, state, maybe_in, recent, attempts }: LedgerRow): LedgerEntry {
  const key = `${wanted} ${state} ${maybe_in} ${recent} ${attempts}`;
  const known = entries.get(key);
  if (known) return known;
  const entry = { wanted, state, maybeIn: maybe_in === 1, recent: recent === 1, attempts };
  entries.set(key, entry);
  return entry;
}
