import type { Selectable } from 'kysely';
import type { DiscoveryStateTable, Queries, ResourceType } from '../../store/index.ts';

/** Where the discovery of one kind of objects stands in one cloud service. */
export type DiscoveryState = Selectable<DiscoveryStateTable>;

/** Reads the state; before the first discovery it is made. */
export async function loadState(
  queries: Queries,
  cloudServiceId: number,
  kind: ResourceType,
): Promise<DiscoveryState> {
  await queries
    .insertInto('discovery_state')
    .values({ cloud_service_id: cloudServiceId, kind, generation: 0, object_count: 0, held_removals: 0 })
    .onConflict(conflict => conflict.columns(['cloud_service_id', 'kind']).doNothing())
    .execute();
  return queries
    .selectFrom('discovery_state')
    .selectAll()
    .where('cloud_service_id', '=', cloudServiceId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
}

/** Stores part of the state; the object given follows. */
export async function saveState(
  queries: Queries,
  state: DiscoveryState,
  change: Partial<DiscoveryState>,
): Promise<void> {
  await queries
    .updateTable('discovery_state')
    .set(change)
    .where('cloud_service_id', '=', state.cloud_service_id)
    .where('kind', '=', state.kind)
    .execute();
  Object.assign(state, change);
}

/** How a round begins: from where, and whether it reads everything or what changed. */
export interface RoundStart {
  mode: 'full' | 'delta';
  link: string | null;
  /** Goes on in the middle of pages that an earlier run had begun. */
  resumed: boolean;
}

/**
 * How the next round begins. A round that was broken off goes on where its last stored page ended, unless a full one
 * is asked for and the broken one was not. A full one is due at first, when asked for, after so many days, and when the
 * tenant has begun to bring resources.
 */
export function roundStart(
  state: DiscoveryState,
  full: boolean,
  { fullDiscoveryDays, entraResources }: { fullDiscoveryDays: number; entraResources: boolean },
  now: Date,
): RoundStart {
  // Objects read before the switch was set lack what a resource would bear.
  const unsettled = entraResources && state.settled_seq === null;
  const underWay = state.full_started_at === null ? 'delta' : 'full';
  const due =
    full ||
    unsettled ||
    state.delta_link === null ||
    state.last_full_at === null ||
    olderThan(state.last_full_at, fullDiscoveryDays, now);
  if (underWay === 'full' && !unsettled)
    return { mode: 'full', link: state.next_link, resumed: state.next_link !== null };
  if (due) return { mode: 'full', link: null, resumed: false };
  return { mode: 'delta', link: state.next_link ?? state.delta_link, resumed: state.next_link !== null };
}

function olderThan(instant: string, days: number, now: Date): boolean {
  return now.getTime() - Date.parse(instant) >= days * 24 * 60 * 60 * 1000;
}
