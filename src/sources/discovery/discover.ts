import { Problem, type ProblemData, problemData, type WorkContext } from '../../base/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { type DiscoveredTenant, type Round, runRound } from './round.ts';
import { loadState, saveState } from './state.ts';

/** How to discover. */
export interface DiscoveryOptions {
  /** Everything, not only what changed. */
  full: boolean;
  /** Believes losses that the guard would hold, and those that it holds already. */
  approve?: boolean;
}

/** What came of the discovery of one kind; with a problem, `round` is null and what is known stays as it was. */
export interface DiscoveryResult {
  cloudServiceId: number;
  kind: ResourceType;
  round: Round | null;
  problem: ProblemData | null;
}

/**
 * Discovers the devices, then the users of a tenant. What fails for one kind leaves the other alone and is kept in the
 * discovery's state.
 * @throws Problem when both kinds failed; the reason of an abort
 */
export async function discover(
  store: Store,
  directory: Pick<Directory, 'delta'>,
  tenant: DiscoveredTenant,
  { full, approve = false }: DiscoveryOptions,
  work: WorkContext,
): Promise<DiscoveryResult[]> {
  const results: DiscoveryResult[] = [];
  const failures: Problem[] = [];
  for (const kind of ['device', 'user'] as const) {
    try {
      const round = await runRound(store, directory, tenant, kind, { full, approve }, work);
      results.push({ cloudServiceId: tenant.id, kind, round, problem: null });
    } catch (error) {
      if (work.signal.aborted || !(error instanceof Problem)) throw error;
      failures.push(error);
      // A store that failed would fail here again.
      if (error.kind === 'storage') throw error;
      const state = await loadState(store.db, tenant.id, kind);
      await saveState(store.db, state, { error: `${error.message} ${error.hint}` });
      results.push({ cloudServiceId: tenant.id, kind, round: null, problem: problemData(error) });
    }
  }
  const [first] = failures;
  if (first && failures.length === results.length) throw first;
  return results;
}
