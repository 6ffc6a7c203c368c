import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusals } from '../../src/directory/graph/refusals.ts';
import { type Verdict, verdictOf } from '../../src/directory/graph/verdict.ts';
import { firstWrites, type MemberWrite, nextStep, type Step } from '../../src/directory/graph/writes.ts';

const group = '99999999-0000-4000-8000-000000000000';
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, n) => id(n));
const answer = (status: number, code?: string, message?: string) => ({
  kind: 'answer' as const,
  status,
  headers: {},
  body: code === undefined ? undefined : { error: { code, message, innerError: { 'request-id': 'r-1' } } },
  retryAfterMs: null,
});
const write = (count: number, rest: Partial<MemberWrite> = {}): MemberWrite => ({
  objectIds: ids(count),
  tries: 0,
  uncertain: false,
  ...rest,
});
const notThere = (which: string) =>
  `Resource '${which}' does not exist or one of its queried reference-property objects are not present.`;
const exist =
  "One or more added object references already exist for the following modified properties: 'members'.";

const removedNotThere =
  "One or more removed object references do not exist for the following modified properties: 'members'.";

describe('what an answer to a write means', () => {
  test.each([
    ['add', answer(204), { kind: 'done' }],
    ['add', answer(400, 'Request_BadRequest', exist), { kind: 'already' }],
    ['add', answer(404, 'Request_ResourceNotFound', notThere(id(2))), { kind: 'culprit', objectId: id(2) }],
    ['add', answer(404, 'Request_ResourceNotFound', notThere(group)), { kind: 'no-group' }],
    ['add', answer(404, 'Request_ResourceNotFound', 'Not found.'), { kind: 'refused', why: 'gone' }],
    ['add', answer(400, 'Request_BadRequest', 'Invalid link.'), { kind: 'refused', why: 'invalid' }],
    ['add', answer(400, 'Request_BadRequest', `Not '${id(1)}'.`), { kind: 'culprit', why: 'invalid' }],
    ['add', answer(403, 'Authorization_RequestDenied', 'No.'), { kind: 'refused', why: 'forbidden' }],
    ['add', answer(409, 'Conflict', 'No.'), { kind: 'refused', why: 'unknown' }],
    ['add', answer(401, 'InvalidAuthenticationToken', 'No.'), { kind: 'token' }],
    ['add', answer(429, 'TooManyRequests', 'No.'), { kind: 'again', reason: 'throttled' }],
    ['add', answer(503), { kind: 'again', reason: 'overloaded' }],
    ['add', answer(423), { kind: 'again', reason: 'overloaded' }],
    ['add', { kind: 'missing' }, { kind: 'again', reason: 'missing' }],
    ['remove', answer(204), { kind: 'done' }],
    ['remove', answer(404, 'Request_ResourceNotFound', notThere(id(0))), { kind: 'already' }],
    ['remove', answer(404, 'Request_ResourceNotFound', notThere(group)), { kind: 'no-group' }],
    ['remove', answer(404), { kind: 'already' }],
    ['remove', answer(400, 'Request_BadRequest', removedNotThere), { kind: 'already' }],
    ['remove', answer(400, 'Request_BadRequest', 'No.'), { kind: 'refused', why: 'invalid' }],
  ] as const)('%s, %o: %o', (action, outcome, expected) => {
    expect(verdictOf(action, outcome, group, ids(3))).toMatchObject(expected);
  });
});

describe('the next step after an answer', () => {
  const failure = { status: 400, code: 'Request_BadRequest', message: 'Bad.', requestId: 'r-1' };

  test('takes out a culprit that Graph names, and sends the others again together', () => {
    const step = nextStep(write(20), { kind: 'culprit', objectId: id(7), why: 'gone', failure });
    expect(step.outcomes).toEqual([
      {
        objectId: id(7),
        outcome: 'failed',
        code: 'Request_BadRequest',
        message: 'Bad. (request r-1)',
        kind: 'gone',
      },
    ]);
    expect(step.writes).toEqual([write(0, { objectIds: ids(20).filter(x => x !== id(7)) })]);
  });

  test('halves where none is named', () => {
    const step = nextStep(write(5), { kind: 'refused', why: 'invalid', failure });
    expect(step.writes.map(w => w.objectIds.length)).toEqual([3, 2]);
  });

  test('asks one by one when an uncertain try may have been carried out, and halves otherwise', () => {
    expect(nextStep(write(20, { uncertain: true }), { kind: 'already' }).writes).toHaveLength(20);
    expect(nextStep(write(20), { kind: 'already' }).writes).toHaveLength(2);
    expect(nextStep(write(1), { kind: 'already' }).outcomes).toEqual([
      { objectId: id(0), outcome: 'already' },
    ]);
  });

  test('takes whom the list shows as there, and sends the others again', () => {
    const shown = (count: number): Verdict => ({ kind: 'listed', objectIds: new Set(ids(count)) });
    const some = nextStep(write(3, { uncertain: true }), shown(2));
    expect(some.outcomes.map(o => o.outcome)).toEqual(['already', 'already']);
    expect(some.writes).toEqual([write(1, { objectIds: [id(2)] })]);
    // All of them can be the work of the try whose answer was lost.
    expect(nextStep(write(2, { uncertain: true }), shown(2)).outcomes.map(o => o.outcome)).toEqual([
      'done',
      'done',
    ]);
    expect(nextStep(write(2), shown(2)).outcomes.map(o => o.outcome)).toEqual(['already', 'already']);
  });

  test('takes a single one that is there after an uncertain try for the work of that try', () => {
    expect(nextStep(write(1, { uncertain: true }), { kind: 'already' }).outcomes).toEqual([
      { objectId: id(0), outcome: 'done' },
    ]);
  });

  describe('of members sent one by one after an answer was lost', () => {
    /** Answers the singles of a lost addition in an order, and gives the outcomes of all and when each was known. */
    const ask = (verdicts: Verdict[]) => {
      const { writes } = nextStep(write(verdicts.length, { uncertain: true }), { kind: 'already' });
      return writes.map((single, n) =>
        nextStep(single, verdicts[n] ?? { kind: 'done' }).outcomes.map(({ objectId, outcome }) => [
          objectId,
          outcome,
        ]),
      );
    };
    const already: Verdict = { kind: 'already' };

    test('all are its work when all are there, which is known with the last', () => {
      expect(ask([already, already, already])).toEqual([[], [], [0, 1, 2].map(n => [id(n), 'done'])]);
    });

    test('whoever is there was there before when another one was not, for it adds all or nobody', () => {
      expect(ask([already, { kind: 'done' }, already])).toEqual([
        [],
        [
          [id(0), 'already'],
          [id(1), 'done'],
        ],
        [[id(2), 'already']],
      ]);
    });

    test('a member that does not exist shows as well that nobody was added', () => {
      const gone: Verdict = { kind: 'culprit', objectId: id(1), why: 'gone', failure };
      expect(ask([already, gone]).flat()).toEqual([
        [id(0), 'already'],
        [id(1), 'failed'],
      ]);
    });

    test('a member that the service could not take on shows nothing', () => {
      const no: Verdict = { kind: 'refused', why: 'forbidden', failure };
      expect(ask([already, no, already]).flat()).toEqual([
        [id(1), 'failed'],
        [id(0), 'done'],
        [id(2), 'done'],
      ]);
    });
  });

  test.each([
    ['throttled', 12, 'throttled'],
    ['overloaded', 8, 'unavailable'],
    ['missing', 5, 'unavailable'],
  ] as const)('%s is tried %i times, then it has failed as %s', (reason, tries, kind) => {
    const verdict: Verdict = { kind: 'again', reason, failure: null };
    expect(nextStep(write(2, { tries: tries - 2 }), verdict).writes).toHaveLength(1);
    const end = nextStep(write(2, { tries: tries - 1 }), verdict);
    expect(end.outcomes.map(o => o.outcome === 'failed' && o.kind)).toEqual([kind, kind]);
  });

  test('the first writes hold twenty objects each, in lower case, and leave out what is no id', async () => {
    const steps = await Array.fromAsync(firstWrites([...ids(44), id(46).toUpperCase(), 'x'], 20));
    const [writes, outcomes] = [steps.flatMap(step => step.writes), steps.flatMap(step => step.outcomes)];
    expect(writes.map(w => w.objectIds.length)).toEqual([20, 20, 5]);
    expect(writes.at(-1)?.objectIds).toContain(id(46));
    expect(outcomes).toMatchObject([{ objectId: 'x', outcome: 'failed', kind: 'invalid' }]);
  });

  describe('of refusals that may be about the group', () => {
    const refusal: Verdict = { kind: 'refused', why: 'invalid', failure };
    const patch = (n: number) =>
      write(20, { objectIds: Array.from({ length: 20 }, (_, i) => id(n * 20 + i)) });
    /** Sends all writes by batches of 20 to a group that lets in some, and tells outcomes and requests. */
    const send = (count: number, letsIn: (objectIds: readonly string[], sent: number) => boolean) => {
      const refusals = new Refusals();
      let queue = Array.from({ length: count }, (_, n) => patch(n));
      let sent = 0;
      const outcomes = new Map<string, string>();
      const take = (steps: Step[]) => {
        queue = [...steps.flatMap(step => step.writes), ...queue];
        for (const o of steps.flatMap(step => step.outcomes)) {
          expect(outcomes.has(o.objectId)).toBe(false);
          outcomes.set(o.objectId, o.outcome);
        }
      };
      for (;;) {
        if (queue.length === 0) {
          const rest = refusals.rest();
          if (rest.writes.length + rest.outcomes.length === 0) break;
          take([rest]);
          continue;
        }
        const batch = queue.splice(0, 20);
        const before = sent;
        sent += batch.length;
        const answers = batch.map((one, n) => ({
          write: one,
          verdict: letsIn(one.objectIds, before + n + 1) ? ({ kind: 'done' } as const) : refusal,
        }));
        take(refusals.steps(answers));
      }
      expect(outcomes.size).toBe(count * 20);
      return { sent, failed: [...outcomes.values()].filter(outcome => outcome === 'failed').length };
    };

    test('takes few PATCHes apart when nothing is let in, ever fewer the more there are', () => {
      expect(send(1, () => false)).toEqual({ sent: 1 + 38, failed: 20 });
      expect(send(60, () => false)).toEqual({ sent: 60 + 3 * 38, failed: 1200 });
      expect(send(6_000, () => false)).toEqual({ sent: 6_000 + 6 * 38, failed: 120_000 });
    });

    test('sees it too when the group closes in mid-run', () => {
      expect(send(60, (_, sent) => sent <= 20)).toEqual({ sent: 60 + 3 * 38, failed: 800 });
    });

    test('lets the good in who come last, beside bad ones, after many others that were all bad', () => {
      const good = new Set(Array.from({ length: 7 }, (_, n) => id(60 * 20 - 1 - n)));
      const { failed } = send(60, objectIds => objectIds.every(x => good.has(x)));
      expect(failed).toBe(1200 - 7);
    });

    test('finds the culprits of all when it does let the others in', () => {
      const culprits = new Set(Array.from({ length: 40 }, (_, n) => id(n * 20 + 7)));
      expect(send(40, objectIds => !objectIds.some(x => culprits.has(x)))).toMatchObject({ failed: 40 });
    });

    test('takes others apart again once the group is open again', () => {
      const culprit = id(59 * 20);
      const { failed } = send(60, (objectIds, sent) => sent > 80 && !objectIds.includes(culprit));
      // Those too whom it refused one by one before: of one PATCH, or two.
      expect(failed).toBeLessThanOrEqual(41);
      expect(failed).toBeGreaterThan(0);
    });
  });

  // The law of partial failure: whatever is bad or there already, everybody else gets in, and nobody is lost.
  test('every member ends in exactly one outcome, whichever are gone, invalid or there already', async () => {
    const state = fc.constantFrom('fine', 'fine', 'fine', 'gone', 'invalid', 'already');
    await fc.assert(
      fc.asyncProperty(fc.array(state, { maxLength: 50 }), fc.boolean(), async (states, names) => {
        const all = ids(states.length);
        const stateOf = (objectId: string) => states[all.indexOf(objectId)] ?? 'fine';
        const server = (objectIds: readonly string[]) => {
          const gone = objectIds.find(x => stateOf(x) === 'gone');
          if (gone) return answer(404, 'Request_ResourceNotFound', names ? notThere(gone) : 'Not found.');
          if (objectIds.some(x => stateOf(x) === 'invalid'))
            return answer(400, 'Request_BadRequest', 'Invalid.');
          if (objectIds.some(x => stateOf(x) === 'already')) return answer(400, 'Request_BadRequest', exist);
          return answer(204);
        };
        const outcomes = new Map<string, string>();
        const queue = (await Array.fromAsync(firstWrites(all, 20))).flatMap(step => step.writes);
        for (let next = queue.shift(); next; next = queue.shift()) {
          const verdict = verdictOf('add', server(next.objectIds), group, next.objectIds);
          const step = nextStep(next, verdict);
          queue.push(...step.writes);
          for (const o of step.outcomes) {
            expect(outcomes.has(o.objectId)).toBe(false);
            outcomes.set(o.objectId, o.outcome === 'failed' ? o.kind : o.outcome);
          }
        }
        const wanted = { fine: 'done', gone: 'gone', invalid: 'invalid', already: 'already' };
        expect(all.map(x => outcomes.get(x))).toEqual(states.map(s => wanted[s]));
      }),
    );
  });
});
