import { Problem } from '../../base/index.ts';
import { getGroup } from './groups.ts';
import { listedMembers } from './listed-members.ts';
import type { Transport } from './transport.ts';
import type { Verdict } from './verdict.ts';
import { isDoubtful, type MemberWrite } from './writes.ts';

// Answers to writes that leave something open, which a read can tell.

/**
 * "Resource … does not exist or one of its queried reference-property objects are not present" can name the group and
 * mean a member. Only a group that can not be read either is gone.
 */
export async function confirmGone(
  transport: Transport,
  action: 'add' | 'remove',
  groupId: string,
  verdicts: Verdict[],
  signal?: AbortSignal,
): Promise<Verdict[]> {
  if (!verdicts.some(({ kind }) => kind === 'no-group')) return verdicts;
  try {
    await getGroup(transport, groupId, signal);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return verdicts;
    throw error;
  }
  return verdicts.map(verdict => {
    if (verdict.kind !== 'no-group') return verdict;
    return action === 'remove'
      ? { kind: 'already' }
      : { kind: 'refused', why: 'gone', failure: verdict.failure };
  });
}

/** A write and what its answer means. */
export interface Answered {
  write: MemberWrite;
  verdict: Verdict;
}

/**
 * Looks into the list of members where an answer leaves open who is in the group: when some are there already and nobody
 * is named, after a try that was lost, and after a refusal in words that say nothing of it, for Graph may change its words at any time (learn.microsoft.com/graph/errors).
 */
export async function lookedFor(
  transport: Transport,
  action: 'add' | 'remove',
  groupId: string,
  writes: readonly MemberWrite[],
  verdicts: readonly Verdict[],
  signal?: AbortSignal,
): Promise<Answered[]> {
  const answers = writes.map(
    (write, i): Answered => ({
      write,
      verdict: verdicts[i] ?? { kind: 'again', reason: 'missing', failure: null },
    }),
  );
  const isOpen = ({ write, verdict }: Answered) =>
    action === 'add' &&
    !write.looked &&
    ((verdict.kind === 'already' && write.objectIds.length > 1) ||
      (verdict.kind === 'refused' && verdict.why === 'invalid'));
  const open = answers.filter(isOpen);
  const ids = open.flatMap(({ write }) => write.objectIds);
  const reads = open.reduce((sum, answer) => sum + worthReads(answer), 0);
  const listed = await listedMembers(transport, groupId, ids, reads, signal);
  return answers.map(answer => {
    if (!isOpen(answer)) return answer;
    const write = { ...answer.write, looked: true } as const;
    const there = write.objectIds.filter(id => listed.has(id));
    // After a lost try the others tell together whose work those are who are there.
    const known =
      isDoubtful(write) && answer.verdict.kind === 'already'
        ? there.length === write.objectIds.length
        : there.length > 0;
    return known ? { write, verdict: { kind: 'listed', objectIds: listed } } : { ...answer, write };
  });
}

/** How many pages an open answer is worth: halving finds the one who is there in few writes, others take one a member. */
function worthReads({ write, verdict }: Answered): number {
  return verdict.kind === 'already' && !isDoubtful(write) ? 1 : write.objectIds.length;
}
