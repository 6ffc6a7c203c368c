import { describe, expect, it } from 'vitest';
import { decide, type Proposed, type Standing } from '../../src/cloudsync/run/decision.ts';

const reason = 'too many';
const refusal = { by: 'Ann', at: '2026-01-02T03:04:05.000Z', reason: null };

function proposed(removals: string[], more: Partial<Proposed> = {}): Proposed {
  const verdict = removals.length > 2 ? { held: true as const, reason } : { held: false as const };
  return { kind: 'incremental', digest: removals.join(), removals, verdict, ...more };
}

function standing(removals: string[], more: Partial<Standing['plan']> = {}, approved = false): Standing {
  const digest = removals.join();
  const plan = { id: 2, kind: 'incremental' as const, digest, reason, refusal: null, earlier: null, ...more };
  return { plan, refused: new Set(plan.refusal || plan.earlier ? removals : []), approved };
}

describe('the removals of a run', () => {
  it.each<[string, Proposed, Standing | undefined, string]>([
    ['pass when the guard lets them', proposed(['a']), undefined, 'go released'],
    ['are held when it does not', proposed(['a', 'b', 'c']), undefined, 'held'],
    ['are held still', proposed(['a', 'b', 'c']), standing(['a', 'b', 'c']), 'held again'],
    [
      'pass when this very plan is approved',
      proposed(['a', 'b', 'c']),
      standing(['a', 'b', 'c'], {}, true),
      'go approved',
    ],
    [
      'are held anew when the approved plan was another',
      proposed(['a', 'b', 'd']),
      standing(['a', 'b', 'c'], {}, true),
      'held',
    ],
    [
      'are held anew when the approved plan was of the other kind',
      proposed(['a', 'b', 'c'], { kind: 'full' }),
      standing(['a', 'b', 'c'], {}, true),
      'held',
    ],
    ['pass once they are few', proposed(['a']), standing(['a', 'b', 'c']), 'go released'],
    [
      'are not asked for again once refused',
      proposed(['a', 'b', 'c']),
      standing(['a', 'b', 'c'], { refusal }),
      'refused',
    ],
    [
      'are not asked for again by a run of the other kind',
      proposed(['a', 'b', 'c'], { kind: 'full' }),
      standing(['a', 'b', 'c'], { refusal }),
      'refused',
    ],
    [
      'are asked for again when others have come to them',
      proposed(['a', 'b', 'c', 'd']),
      standing(['a', 'b', 'c'], { refusal }),
      'held',
    ],
    [
      'do not slip through after a refusal because they are few by now',
      proposed(['a']),
      standing(['a', 'b', 'c'], { refusal }),
      'held',
    ],
    [
      'still wait though they are few when they were asked for again after a refusal',
      proposed(['a']),
      standing(['a'], { earlier: { id: 1, refusal } }),
      'held again',
    ],
    [
      'are judged by the guard alone when none of them was refused',
      proposed(['x']),
      standing(['a', 'b', 'c'], { refusal }),
      'go released',
    ],
    [
      'pass when the refused plan is approved after all',
      proposed(['a', 'b', 'c']),
      standing(['a', 'b', 'c'], { refusal }, true),
      'go approved',
    ],
    [
      'stay refused in the incremental runs after a full one',
      proposed(['a']),
      standing(['a', 'b', 'c'], { refusal, kind: 'full' }),
      'refused',
    ],
    [
      'keep the refusal of a full plan while an incremental run sees none',
      proposed([]),
      standing(['a', 'b', 'c'], { refusal, kind: 'full' }),
      'go kept',
    ],
    [
      'end the refusal when there are none any more',
      proposed([]),
      standing(['a', 'b', 'c'], { refusal }),
      'go released',
    ],
  ])('%s', (_, run, held, expected) => {
    const decision = decide(run, held);
    const detail =
      decision.removals === 'go'
        ? ` ${decision.standing}`
        : decision.removals === 'held' && decision.again
          ? ' again'
          : '';
    expect(decision.removals + detail).toBe(expected);
  });

  it('say who refused what when they are asked for again', () => {
    const decision = decide(proposed(['a', 'd']), standing(['a', 'b', 'c'], { refusal }));
    expect(decision).toMatchObject({
      reason: '2 members would be removed; Ann refused 1 of these removals, and the plan has changed since.',
    });
  });
});
