import { Problem, type WorkContext } from '../../base/index.ts';
import { DeltaExpired, type DeltaPage, type Directory, type Tenant } from '../../directory/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { settleEntraResources } from './entra-resources.ts';
import { type LossOutcome, settleLosses } from './losses.ts';
import { applyPage } from './page.ts';
import { type DiscoveryState, loadState, type RoundStart, roundStart, saveState } from './state.ts';

/** The tenant's facts that discovery needs. */
export type DiscoveredTenant = Pick<
  Tenant,
  'id' | 'name' | 'tenantId' | 'fullDiscoveryDays' | 'maxRemovals' | 'maxRemovalPercent' | 'entraResources'
>;

/** What one round of discovery did. */
export interface Round {
  mode: 'full' | 'delta';
  /** It went on in the middle of pages that an earlier run had begun. */
  resumed: boolean;
  /** Items read, repeated ones included. */
  read: number;
  changed: number;
  removed: number;
  /** Objects whose removal is held; see the hint in the state's error. */
  held: number;
  /** Resources whose Entra identity came, went or changed. */
  identities: number;
  /** Objects known now. */
  objects: number;
}

/**
 * Brings one kind of objects up to date by delta query: each page and the link to the next are stored together, so
 * that a run that is broken off goes on there. An expired link starts again with everything.
 * @throws Problem of Graph or the store; what was stored before stays
 */
export async function runRound(
  store: Store,
  directory: Pick<Directory, 'delta'>,
  tenant: DiscoveredTenant,
  kind: ResourceType,
  options: { full: boolean; approve: boolean },
  work: WorkContext,
): Promise<Round> {
  const state = await store.transaction(tx => loadState(tx, tenant.id, kind));
  let start = roundStart(state, options.full, tenant, work.clock.now());
  for (let attempt = 1; ; attempt += 1) {
    if (start.mode === 'full' && !start.resumed) await beginFull(store, tenant, state, work);
    try {
      const round = await readPages(store, directory, tenant, state, start, options.approve, work);
      await settleEntraResources(store, tenant, state, round.mode, work);
      return round;
    } catch (error) {
      if (!(error instanceof DeltaExpired) && !leadsElsewhere(error, start)) throw error;
      if (attempt === 3) throw neverEnds(tenant, kind);
      start = { mode: 'full', link: null, resumed: false };
    }
  }
}

/** The stored link is of another host than the tenant's present one: it can never be followed again. */
function leadsElsewhere(error: unknown, start: RoundStart): boolean {
  return error instanceof Problem && error.code === 'unexpected-link' && start.link !== null;
}

async function beginFull(
  store: Store,
  tenant: DiscoveredTenant,
  state: DiscoveryState,
  work: WorkContext,
): Promise<void> {
  await saveState(store.db, state, {
    full_started_at: work.clock.now().toISOString(),
    next_link: null,
    generation: state.generation + 1,
    settled_seq: tenant.entraResources ? 0 : null,
  });
}

async function readPages(
  store: Store,
  directory: Pick<Directory, 'delta'>,
  tenant: DiscoveredTenant,
  state: DiscoveryState,
  start: RoundStart,
  approve: boolean,
  work: WorkContext,
): Promise<Round> {
  const { mode, resumed } = start;
  const round: Round = { mode, resumed, read: 0, changed: 0, removed: 0, held: 0, identities: 0, objects: 0 };
  for await (const page of directory.delta(state.kind, start.link, work.signal)) {
    work.signal.throwIfAborted();
    const at = work.clock.now().toISOString();
    const losses = await store.transaction(async tx => {
      const outcome = await applyPage(tx, store.dialect, tenant, state, page, at);
      round.changed += outcome.changed;
      round.identities += outcome.identities;
      if (page.nextLink !== null) {
        await saveState(tx, state, { next_link: page.nextLink });
        return null;
      }
      const limits = { max: tenant.maxRemovals, percent: tenant.maxRemovalPercent };
      const ended = await settleLosses(tx, store.dialect, tenant, state, { mode, approve, limits, at });
      await saveState(tx, state, endOfRound(state, page, mode, ended, at));
      return ended;
    });
    round.read += page.objects.length + page.removed.length;
    const unit = `${state.kind}s`;
    work.report({ phase: `Reading ${unit} from Entra`, done: round.read, unit });
    if (losses) {
      const { removed, held, objects, identities } = losses;
      return { ...round, removed, held, objects, identities: round.identities + identities };
    }
  }
  throw brokenOff(tenant, state.kind);
}

function endOfRound(
  state: DiscoveryState,
  page: DeltaPage,
  mode: 'full' | 'delta',
  { held, objects }: LossOutcome,
  at: string,
): Partial<DiscoveryState> {
  if (page.deltaLink === null) throw brokenOff({ name: 'Entra' }, state.kind);
  return {
    delta_link: page.deltaLink,
    next_link: null,
    full_started_at: null,
    ...(mode === 'full' ? { last_full_at: at } : {}),
    last_delta_at: at,
    object_count: objects,
    held_removals: held,
    error: held === 0 ? null : heldSentence(state.kind, held, objects),
  };
}

function heldSentence(kind: ResourceType, held: number, objects: number): string {
  return (
    `${held} of ${objects} ${kind}s are suddenly missing in Entra; they are kept until the loss is approved ` +
    'or the next full discovery misses them too.'
  );
}

function brokenOff(tenant: { name: string }, kind: ResourceType): Problem {
  return new Problem(
    'upstream',
    'delta-incomplete',
    `Entra ended the list of ${kind}s of ${tenant.name} without a link to go on from.`,
    'Nothing was removed. It is tried again at the next discovery.',
  );
}

function neverEnds(tenant: DiscoveredTenant, kind: ResourceType): Problem {
  return new Problem(
    'upstream',
    'delta-expired',
    `Entra calls its own new links for the ${kind}s of ${tenant.name} expired.`,
    'It is tried again at the next discovery; if it goes on, ask Microsoft support.',
  );
}
