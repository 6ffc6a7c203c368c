import type { Verdict } from './verdict.ts';
import { giveUp, type MemberWrite, nextStep, type Step, takeApart } from './writes.ts';

type Refusal = Extract<Verdict, { kind: 'refused' }>;

/**
 * Tells refusals that are about a member from those that are about the group: one that has become dynamic, or that the
 * app may not change any more, refuses every PATCH, and each would be halved into 39 requests. So where nothing is let
 * in beside it, one refused PATCH alone is taken apart. As soon as the group lets anybody in, the others are too; when
 * it has refused every single one, they have failed as they were refused.
 */
export class Refusals {
  /** The PATCH that is being taken apart, for how many of its pieces. */
  #probe: { write: symbol; open: number } | null = null;
  /** Every piece of it was refused. */
  #allRefused = false;
  #waiting: { write: MemberWrite; refusal: Refusal }[] = [];

  /** What follows from the answers to a batch. Writes that wait for a probe are in none of its steps. */
  steps(answers: readonly { write: MemberWrite; verdict: Verdict }[]): Step[] {
    const letsIn = answers.some(({ verdict }) => verdict.kind === 'done' || verdict.kind === 'already');
    const freed = letsIn ? this.#free() : [];
    const steps = answers.map(({ write, verdict }) => {
      const step =
        verdict.kind === 'refused' && write.objectIds.length > 1
          ? this.#refused(write, verdict, letsIn)
          : nextStep(write, verdict);
      if (this.#probe && write.probe === this.#probe.write) this.#probe.open += step.writes.length - 1;
      return step;
    });
    return [...freed, ...steps, ...this.#ended()];
  }

  #refused(write: MemberWrite, refusal: Refusal, letsIn: boolean): Step {
    if (letsIn || (this.#probe && write.probe === this.#probe.write)) return takeApart(write);
    if (this.#allRefused) return giveUp(write, refusal);
    if (this.#probe) {
      this.#waiting.push({ write, refusal });
      return { outcomes: [], writes: [] };
    }
    const probe = Symbol();
    const step = takeApart({ ...write, probe });
    this.#probe = { write: probe, open: step.writes.length };
    return step;
  }

  /** The group lets somebody in: whoever was refused meanwhile was so for a member's sake. */
  #free(): Step[] {
    const waiting = this.#waiting;
    [this.#probe, this.#allRefused, this.#waiting] = [null, false, []];
    return waiting.map(({ write }) => takeApart(write));
  }

  #ended(): Step[] {
    if (this.#probe?.open !== 0) return [];
    const waiting = this.#waiting;
    [this.#probe, this.#allRefused, this.#waiting] = [null, true, []];
    return waiting.map(({ write, refusal }) => giveUp(write, refusal));
  }
}
