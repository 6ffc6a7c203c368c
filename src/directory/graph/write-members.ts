import { type Clock, Problem } from '../../base/index.ts';
import { type Governor, type Lease, type LeaseResult, usedPart } from '../rate/governor.ts';
import type { TokenCache } from '../signin/token-cache.ts';
import { type BatchOutcome, type BatchPart, type BatchResult, batchSize, sendBatch } from './batch.ts';
import { type Answered, confirmGone, lookedFor } from './open-answers.ts';
import { Refusals } from './refusals.ts';
import type { Transport } from './transport.ts';
import type { MemberOutcome, OnOutcome } from './types.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { firstWrites, type MemberWrite, membersPerPatch } from './writes.ts';

/** What writing members stands on. */
export interface WriterParts {
  transport: Transport;
  governor: Governor;
  clock: Clock;
  token: TokenCache;
}

/**
 * Adds or removes members of one group: as few calls as Graph allows, several side by side as far as it bears them,
 * refused ones again, bad ones singled out. Every member ends in exactly one outcome.
 * @param objectIds each once; taken as they are needed
 * @param onOutcome gets outcomes batch by batch; the work waits for it, so that no more is lost in a crash than is
 *   on the wire
 * @throws Problem when the group is gone or Graph can not be reached; members without an outcome then are uncertain
 */
export async function writeMembers(
  parts: WriterParts,
  action: 'add' | 'remove',
  groupId: string,
  objectIds: Iterable<string> | AsyncIterable<string>,
  onOutcome: OnOutcome,
  signal?: AbortSignal,
): Promise<void> {
  const first = firstWrites(objectIds, action === 'add' ? membersPerPatch : 1);
  const queue: MemberWrite[] = [];
  const running = new Set<Promise<void>>();
  const halt = new AbortController();
  const waiting = signal ? AbortSignal.any([signal, halt.signal]) : halt.signal;
  const refusals = new Refusals();
  let stop: { error: unknown } | null = null;
  let reporting = Promise.resolve();

  const stopWith = (error: unknown) => {
    stop ??= { error };
    halt.abort(error);
  };

  const report = (outcomes: MemberOutcome[]) => {
    if (outcomes.length === 0) return reporting;
    reporting = reporting.then(() => onOutcome(outcomes));
    return reporting;
  };

  const runBatch = async (lease: Lease, writes: MemberWrite[]) => {
    const answers = await send(parts, action, groupId, writes, lease, signal);
    const first = writes.map((write, i) =>
      verdictOf(action, answers.outcomes[i] ?? { kind: 'missing' }, groupId, write.objectIds),
    );
    const verdicts = await confirmGone(parts.transport, action, groupId, first, signal);
    const known = answers.repeated ? writes.map(write => ({ ...write, uncertain: true })) : writes;
    const looked = await lookedFor(parts.transport, action, groupId, known, verdicts, signal);
    if (verdicts.some(v => v.kind === 'token')) parts.token.refuseCurrent();
    const progress = looked.some(({ verdict }) => verdict.kind === 'done' || verdict.kind === 'already');
    // As long as Graph lets some through, the others are no nearer to being given up.
    const waits = ({ verdict }: Answered) =>
      progress && verdict.kind === 'again' && verdict.reason === 'throttled';
    const waiting = looked.filter(waits).map(({ write }) => write);
    const steps = [
      { outcomes: [], writes: waiting },
      ...refusals.steps(looked.filter(answer => !waits(answer))),
    ];
    // What failed before goes first: its group waits for it.
    queue.unshift(...steps.flatMap(step => step.writes));
    await report(steps.flatMap(step => step.outcomes));
    const gone = verdicts.find(v => v.kind === 'no-group');
    if (gone) throw groupGone(groupId, gone);
  };

  let more = true;
  /** Puts into the queue what makes a batch full, as far as there is more. */
  const fill = async () => {
    while (more && queue.length < batchSize) {
      const { done, value: step } = await first.next();
      more = !done;
      if (done) return;
      queue.push(...step.writes);
      await report(step.outcomes);
    }
  };

  const start = (lease: Lease, writes: MemberWrite[]) => {
    const task = runBatch(lease, writes)
      .catch(stopWith)
      .finally(() => running.delete(task));
    running.add(task);
  };

  try {
    while (stop === null) {
      await fill();
      if (queue.length + running.size === 0) {
        const { writes, outcomes } = refusals.rest();
        if (writes.length + outcomes.length === 0) break;
        queue.push(...writes);
        await report(outcomes);
        continue;
      }
      // Less than a batch is left: what is under way may bring back more to send with it.
      if (queue.length < batchSize && running.size > 0) {
        await Promise.race(running);
        continue;
      }
      const wanted = Math.min(batchSize, queue.length);
      const lease = await parts.governor.acquire({ group: groupId, priority: action, wanted }, waiting);
      if (stop === null) start(lease, queue.splice(0, lease.batch));
      else lease.done(unused);
    }
  } catch (error) {
    stopWith(error);
  }
  await first.return(undefined);
  await Promise.allSettled(running);
  parts.governor.forget(groupId);
  throwIf(stop);
}

function throwIf(stop: { error: unknown } | null): void {
  if (stop !== null) throw stop.error;
}

const unused: LeaseResult = { throttled: 0, overloaded: 0, retryAfterMs: null, used: null };

/** Sends one batch and gives the lease back with what it showed about the rate. */
async function send(
  parts: WriterParts,
  action: 'add' | 'remove',
  groupId: string,
  writes: readonly MemberWrite[],
  lease: Lease,
  signal?: AbortSignal,
): Promise<BatchResult> {
  let result: LeaseResult = { ...unused, overloaded: lease.batch };
  try {
    const requests = writes.map(write => requestOf(parts.transport, action, groupId, write));
    const got = await sendBatch(parts.transport, requests, parts.clock, signal);
    result = seen(got.outcomes);
    return got;
  } finally {
    lease.done(result);
  }
}

function requestOf(
  transport: Transport,
  action: 'add' | 'remove',
  groupId: string,
  write: MemberWrite,
): BatchPart {
  if (action === 'add') {
    const references = write.objectIds.map(id => transport.objectUrl(id));
    return { method: 'PATCH', url: `/groups/${groupId}`, body: { 'members@odata.bind': references } };
  }
  const [objectId] = write.objectIds;
  if (objectId === undefined) throw new Error('a removal names one member');
  return { method: 'DELETE', url: `/groups/${groupId}/members/${objectId}/$ref` };
}

/** What a batch showed about the rate. */
function seen(outcomes: readonly BatchOutcome[]) {
  const answers = outcomes.filter(outcome => outcome.kind === 'answer');
  const waits = answers.map(a => a.retryAfterMs).filter(ms => ms !== null);
  const used = answers.map(a => usedPart(a.headers)).filter(part => part !== null);
  return {
    throttled: answers.filter(a => a.status === 429).length,
    overloaded: answers.filter(a => a.status >= 500).length,
    retryAfterMs: waits.length > 0 ? Math.max(...waits) : null,
    used: used.length > 0 ? Math.max(...used) : null,
  };
}

function groupGone(groupId: string, verdict: Extract<Verdict, { kind: 'no-group' }>): Problem {
  return new Problem(
    'not-found',
    'group-not-found',
    `The group ${groupId} does not exist in Entra any more: ${verdict.failure.message}`,
    'Remove the mapping, or restore the group in Entra within 30 days of its deletion.',
  );
}
