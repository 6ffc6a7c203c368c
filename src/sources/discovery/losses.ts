import { sql, type Transaction } from 'kysely';
import { bringEntraResources, matchIdentities } from '../../inventory/index.ts';
import type { Database, Dialect } from '../../store/index.ts';
import { entraScope, type ResourceTenant } from './entra-resources.ts';
import { heldGone, reportedGone } from './generations.ts';
import type { DiscoveryState } from './state.ts';

/** Above which losses a round is not believed at once. */
export interface LossLimits {
  max: number;
  percent: number;
}

/** What became of the objects that are gone. */
export interface LossOutcome {
  removed: number;
  /** All that is held now, of this round and earlier ones. */
  held: number;
  identities: number;
  /** Objects that are left, held ones included. */
  objects: number;
}

const percentFrom = 10;

/**
 * Whether a round that has lost `fresh` of `existing` objects must be confirmed before it is believed: more than the
 * limits allow, or a full discovery that found nothing at all. A directory may answer with part of its data.
 */
function lossIsHeld(
  loss: { mode: 'full' | 'delta'; fresh: number; existing: number; seen: number },
  limits: LossLimits,
): boolean {
  if (loss.fresh === 0) return false;
  if (loss.mode === 'full' && loss.seen === 0) return true;
  if (loss.fresh > limits.max) return true;
  return loss.existing >= percentFrom && loss.fresh * 100 > loss.existing * limits.percent;
}

/**
 * Ends a round: drops what is gone, or holds it. What a full round has not seen is gone, and what Entra has called so.
 * A loss that is held is confirmed by the next full round: what it does not see either goes then; `approve` drops all
 * at once. Held objects that were seen again are held no longer.
 */
export async function settleLosses(
  tx: Transaction<Database>,
  dialect: Dialect,
  tenant: ResourceTenant,
  state: DiscoveryState,
  { mode, approve, limits, at }: { mode: 'full' | 'delta'; approve: boolean; limits: LossLimits; at: string },
): Promise<LossOutcome> {
  const { cloud_service_id: service, kind, generation } = state;
  const isFresh =
    mode === 'full'
      ? sql<boolean>`generation not in (${sql.lit(generation)}, ${sql.lit(heldGone)})`
      : sql<boolean>`generation = ${sql.lit(reportedGone)}`;
  const isHeld = sql<boolean>`generation = ${sql.lit(heldGone)}`;
  const count = async (condition: ReturnType<typeof sql<boolean>>) => {
    const { number } = await tx
      .selectFrom('entra_object')
      .select(eb => eb.fn.countAll<number>().as('number'))
      .where('cloud_service_id', '=', service)
      .where('kind', '=', kind)
      .where(condition)
      .executeTakeFirstOrThrow();
    return Number(number);
  };
  const existing = await count(sql<boolean>`1 = 1`);
  const fresh = await count(isFresh);
  const earlier = await count(isHeld);
  const seen = existing - fresh - earlier;
  const hold = !approve && lossIsHeld({ mode, fresh, existing, seen }, limits);

  const outcome = { removed: 0, identities: 0 };
  const drop = async (condition: ReturnType<typeof sql<boolean>>) => {
    const dropped = await dropObjects(tx, dialect, tenant, state, condition, at);
    outcome.removed += dropped.removed;
    outcome.identities += dropped.identities;
  };
  if (mode === 'full' || approve) await drop(isHeld);
  if (!hold) await drop(isFresh);
  else {
    await tx
      .updateTable('entra_object')
      .set({ generation: heldGone })
      .where('cloud_service_id', '=', service)
      .where('kind', '=', kind)
      .where(isFresh)
      .execute();
  }
  return { ...outcome, held: await count(isHeld), objects: existing - outcome.removed };
}

const droppedAtOnce = 5_000;

async function dropObjects(
  tx: Transaction<Database>,
  dialect: Dialect,
  tenant: ResourceTenant,
  state: DiscoveryState,
  condition: ReturnType<typeof sql<boolean>>,
  at: string,
): Promise<{ removed: number; identities: number }> {
  const { cloud_service_id: service, kind } = state;
  let [removed, identities] = [0, 0];
  for (;;) {
    const page = await tx
      .selectFrom('entra_object')
      .select(['object_id', 'device_id'])
      .where('cloud_service_id', '=', service)
      .where('kind', '=', kind)
      .where(condition)
      .limit(droppedAtOnce)
      .execute();
    if (page.length === 0) return { removed, identities };
    const objectIds = page.map(row => row.object_id);
    await tx
      .deleteFrom('entra_object')
      .where('cloud_service_id', '=', service)
      .where('object_id', 'in', objectIds)
      .execute();
    removed += objectIds.length;
    identities += await matchIdentities(tx, { cloudServiceId: service, objectIds }, at);
    const keys = kind === 'user' ? objectIds : page.flatMap(row => row.device_id ?? []);
    await bringEntraResources(tx, dialect, await entraScope(tx, tenant, kind, keys), keys, at);
  }
}
