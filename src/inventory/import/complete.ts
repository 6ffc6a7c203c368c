import type { WorkContext } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { deleteResources } from '../resources/delete.ts';
import { holdRemovals, type RemovalLimits } from './import-guard.ts';
import type { SeenResources } from './seen-resources.ts';

/** What a complete import has read. */
export interface CompleteFacts {
  source: string;
  /** The types of resources that the file holds; only these are compared. */
  types: ReadonlySet<ResourceType>;
  seen: SeenResources;
  /** Sound lines, rejected ones, and those of the rejected whose resource is not known. */
  sound: number;
  rejected: number;
  unreadable: number;
}

/** What became of the removals. */
export interface CompleteOutcome {
  deleted: number;
  held: number;
  reason: string | null;
}

/**
 * Removes what a source brought before and its complete file lacks, unless the guard holds it. A file without any
 * sound line means nothing by itself: all that the source brought is held, and an approval empties the source only
 * where the file was truly empty, never where its lines could not be read.
 */
export async function completeImport(
  store: Store,
  facts: CompleteFacts,
  rules: { limits: RemovalLimits; approve: boolean },
  work: WorkContext,
): Promise<CompleteOutcome> {
  const types: readonly ResourceType[] = facts.sound === 0 ? ['device', 'user'] : [...facts.types];
  const { existing, missing } = await lacking(store, facts, types);
  const { sound, unreadable } = facts;
  const reason = holdRemovals({ existing, missing: missing.length, sound, unreadable }, rules.limits);
  const readNothing = sound === 0 && facts.rejected > 0;
  if (reason !== null && (!rules.approve || readNothing)) return { deleted: 0, held: missing.length, reason };
  const deleted = await deleteResources(store, missing, work);
  return { deleted, held: 0, reason: null };
}

const pageSize = 10_000;

async function lacking(
  store: Store,
  { source, seen }: CompleteFacts,
  types: readonly ResourceType[],
): Promise<{ existing: number; missing: number[] }> {
  let existing = 0;
  const missing: number[] = [];
  if (types.length === 0) return { existing, missing };
  let after = 0;
  for (;;) {
    const page = await store.db
      .selectFrom('resource')
      .select('id')
      .where('id', '>', after)
      .where('source', '=', source)
      .where('type', 'in', types)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    const last = page.at(-1);
    if (!last) return { existing, missing };
    after = last.id;
    existing += page.length;
    for (const { id } of page) if (!seen.has(id)) missing.push(id);
  }
}
