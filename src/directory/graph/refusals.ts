import type { Verdict } from './verdict.ts';
import { giveUp, type MemberWrite, nextStep, type Step, takeApart } from './writes.ts';

type Refusal = Extract<Verdict, { kind: 'refused' }>;

/** After each that was taken apart in vain, so many times more must have been refused before the next is. */
const sparseness = 8;
/** How many are given up at once: some thousand members, as many as a step should tell of. */
const givenUpAtOnce = 50;

/**
 * Tells refusals that are about a member from those that are about the group: one that has become dynamic, or that the
 * app may not change any more, refuses every PATCH, and each would be halved into 39 requests. So where nothing is let
 * in beside them, refused PATCHes are held, and only some are taken apart: the first, ever fewer after it, and the last.
 * As soon as the group lets anybody in, all are. What is held when nothing else is left has failed as it was refused.
 */
export class Refusals {
  /** The PATCH that is being taken apart, for how many of its pieces. */
  #probe: { write: symbol; open: number } | null = null;
  /** How many were taken apart in a row, of which every member was refused. */
  #inVain = 0;
  #held: { write: MemberWrite; refusal: Refusal }[] = [];
  #isLastTried = false;

  /** What follows from the answers to a batch. Writes that are held are in none of its steps. */
  steps(answers: readonly { write: MemberWrite; verdict: Verdict }[]): Step[] {
    const letsIn = answers.some(({ verdict }) => verdict.kind === 'done' || verdict.kind === 'already');
    const freed = letsIn ? this.#free() : [];
    const steps = answers.map(({ write, verdict }) => {
      const probe = write.probe !== undefined && write.probe === this.#probe?.write ? this.#probe : null;
      if (verdict.kind === 'refused' && write.objectIds.length > 1 && !letsIn && !probe) {
        this.#held.push({ write, refusal: verdict });
        return nothing;
      }
      const step = nextStep(write, verdict);
      if (probe) probe.open += step.writes.length - 1;
      return step;
    });
    return [...freed, ...steps, this.#next()];
  }

  /** What is left to do when nothing else is to be sent; nothing at the end. */
  rest(): Step {
    if (!this.#isLastTried) {
      this.#isLastTried = true;
      return this.#takeApartLast();
    }
    const outcomes = this.#held
      .splice(0, givenUpAtOnce)
      .flatMap(({ write, refusal }) => giveUp(write, refusal).outcomes);
    return { outcomes, writes: [] };
  }

  /** The group lets somebody in: whoever was refused meanwhile was so for a member's sake. */
  #free(): Step[] {
    const held = this.#held;
    [this.#probe, this.#inVain, this.#held, this.#isLastTried] = [null, 0, [], false];
    return held.map(({ write }) => takeApart(write));
  }

  #next(): Step {
    if (this.#probe?.open === 0) {
      this.#probe = null;
      this.#inVain += 1;
    }
    const isDue = this.#held.length >= sparseness ** this.#inVain;
    return this.#probe === null && isDue ? this.#takeApartLast() : nothing;
  }

  #takeApartLast(): Step {
    const last = this.#held.pop();
    if (!last) return nothing;
    const write = Symbol();
    const step = takeApart({ ...last.write, probe: write });
    this.#probe = { write, open: step.writes.length };
    return step;
  }
}

const nothing: Step = { outcomes: [], writes: [] };
