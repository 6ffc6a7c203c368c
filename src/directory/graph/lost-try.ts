import type { MemberOutcome } from './types.ts';

/**
 * An addition of several members whose answer was lost, and whose members were then sent one by one. Graph adds all of
 * a PATCH or nothing (learn.microsoft.com/graph/api/group-post-members), so they tell together what became of it: where
 * all are in the group already, it was carried out; where one was not in, or could not have been added, it was not, and
 * whoever is in was put there by somebody else.
 */
export class LostTry {
  #unanswered: number;
  #refuted = false;
  #there: string[] = [];

  /** @param members how many it would have added */
  constructor(members: number) {
    this.#unanswered = members;
  }

  /** Takes the outcome of one member, and gives those that are certain by it: of others too, or of none yet. */
  settle(outcome: MemberOutcome): MemberOutcome[] {
    this.#unanswered -= 1;
    const isThere = outcome.outcome === 'already';
    if (isThere) this.#there.push(outcome.objectId);
    this.#refuted ||= refutes(outcome);
    if (!this.#refuted && this.#unanswered > 0) return isThere ? [] : [outcome];
    const there = this.#there;
    this.#there = [];
    const who = this.#refuted ? 'already' : 'done';
    const settled = there.map((objectId): MemberOutcome => ({ objectId, outcome: who }));
    return isThere ? settled : [...settled, outcome];
  }
}

/** Whether an outcome shows that the addition can't have been carried out. */
function refutes(outcome: MemberOutcome): boolean {
  if (outcome.outcome === 'failed') return outcome.kind === 'gone' || outcome.kind === 'invalid';
  return outcome.outcome === 'done';
}
