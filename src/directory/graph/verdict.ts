import type { BatchOutcome } from './batch.ts';
import { type GraphFailure, readFailure } from './failure.ts';
import type { FailureKind } from './types.ts';

/** What an answer to one write of members means. */
export type Verdict =
  | { kind: 'done' }
  /** At least one of the members is in the group already (add), or the one is not in it (remove). */
  | { kind: 'already' }
  /** Some of the members are in the group already, as its list shows (add). */
  | { kind: 'listed'; objectIds: ReadonlySet<string> }
  /** Graph names the object that does not exist, or that it refuses. */
  | { kind: 'culprit'; objectId: string; why: 'gone' | 'invalid'; failure: GraphFailure }
  /** The group itself is gone. */
  | { kind: 'no-group'; failure: GraphFailure }
  /** The token was refused inside the batch. */
  | { kind: 'token' }
  /** Refused for too many requests, or not answered: send again. */
  | { kind: 'again'; reason: 'throttled' | 'overloaded' | 'missing'; failure: GraphFailure | null }
  /** Refused for good. */
  | { kind: 'refused'; why: FailureKind; failure: GraphFailure };

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const alreadyThere = /already exist/i;
const notThere = /removed object references do(es)? not exist/i;

/**
 * Reads the answer to one PATCH of members or one DELETE of a member
 * (learn.microsoft.com/graph/api/group-post-members and group-delete-members; the words of refusals as seen).
 */
export function verdictOf(
  action: 'add' | 'remove',
  outcome: BatchOutcome,
  groupId: string,
  objectIds: readonly string[],
): Verdict {
  if (outcome.kind === 'missing') return { kind: 'again', reason: 'missing', failure: null };
  const { status } = outcome;
  if (status >= 200 && status < 300) return { kind: 'done' };
  const failure = readFailure(status, outcome.body, outcome.headers);
  if (status === 429) return { kind: 'again', reason: 'throttled', failure };
  // 423: locked by whatever else is under way.
  if (status >= 500 || status === 423) return { kind: 'again', reason: 'overloaded', failure };
  if (status === 401) return { kind: 'token' };
  if (status === 404) return missing(action, failure, groupId, objectIds);
  if (status === 400 && action === 'add' && alreadyThere.test(failure.message)) return { kind: 'already' };
  if (status === 400 && action === 'remove' && notThere.test(failure.message)) return { kind: 'already' };
  if (status === 403) return { kind: 'refused', why: 'forbidden', failure };
  if (status === 400) {
    const objectId = namedOf(failure, objectIds);
    if (objectId !== undefined) return { kind: 'culprit', objectId, why: 'invalid', failure };
    return { kind: 'refused', why: 'invalid', failure };
  }
  return { kind: 'refused', why: 'unknown', failure };
}

/** 404 names what is missing: a member, or the group. */
function missing(
  action: 'add' | 'remove',
  failure: GraphFailure,
  groupId: string,
  objectIds: readonly string[],
): Verdict {
  const culprit = namedOf(failure, objectIds);
  if (culprit === undefined && namedOf(failure, [groupId]) !== undefined)
    return { kind: 'no-group', failure };
  if (action === 'remove') return { kind: 'already' };
  if (culprit !== undefined) return { kind: 'culprit', objectId: culprit, why: 'gone', failure };
  return { kind: 'refused', why: 'gone', failure };
}

/** The first of some objects that Graph's words name. */
function namedOf({ message }: GraphFailure, objectIds: readonly string[]): string | undefined {
  const named = (message.match(guid) ?? []).map(id => id.toLowerCase());
  return objectIds.find(id => named.includes(id.toLowerCase()));
}
