import type { ProblemData } from '../../base/index.ts';
import type { StatusWord } from '../status/status-words.ts';
import type { Target } from '../targets.ts';
import type { Kind } from './prepare.ts';
import type { Tally } from './run-record.ts';

/** How the run of one group ended. */
export interface SyncResult {
  groupId: string;
  groupName: string;
  cloudServiceId: number;
  /** The collections that feed the group. */
  collections: { id: string; name: string }[];
  kind: Kind;
  status: StatusWord;
  /** Members that Entra has taken in, taken out and refused in this run. */
  added: number;
  removed: number;
  failed: number;
  /** Of the tenant's directory while the run went on: runs side by side share them. */
  requests: number;
  writes: number;
  /** Why removals wait for approval. */
  held: string | null;
  /** Which removals are not made because somebody refused them. */
  refused: string | null;
  /** What stopped the run as a whole. */
  problem: ProblemData | null;
}

/** A tally of nothing done. */
export function noTally(): Tally {
  return {
    plannedAdditions: 0,
    plannedRemovals: 0,
    added: 0,
    removed: 0,
    failed: 0,
    requests: 0,
    writes: 0,
  };
}

/** The result of a run. */
export function resultOf(
  target: Target,
  kind: Kind,
  status: StatusWord,
  rest: { tally?: Tally; held?: string | null; refused?: string | null; problem?: ProblemData | null },
): SyncResult {
  const { added, removed, failed, requests, writes } = rest.tally ?? noTally();
  return {
    groupId: target.groupId,
    groupName: target.name,
    cloudServiceId: target.cloudServiceId,
    collections: target.feeders.map(({ id, name }) => ({ id, name })),
    kind,
    status,
    added,
    removed,
    failed,
    requests,
    writes,
    held: rest.held ?? null,
    refused: rest.refused ?? null,
    problem: rest.problem ?? null,
  };
}
