import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { settleIdle } from '../../src/cloudsync/run/idle.ts';
import type { Store } from '../../src/store/index.ts';
import { Site } from './site.ts';

// Two at one group, or somebody who changes a switch between two statements of a run.

const group = '11111111-1111-4111-8111-111111111111';
let site: Site;

beforeEach(async () => {
  site = await Site.open();
  onTestFinished(site.close);
  site.entra.put(group, [], { displayName: 'Pilot' });
  await site.collection('X', ['A', 'B']);
  await site.map('X', group);
  await site.runOne();
  site.clock.pass(5 * 60_000);
});

const pause = (paused: 0 | 1) => site.store.db.updateTable('mapping').set({ paused }).execute();

/** The store as a session sees it between whose uses, before the one of that number, somebody does something. */
function disturbed(at: number, disturb: () => Promise<unknown>): Store {
  const { store } = site;
  let uses = 0;
  let disturbing: Promise<unknown> = Promise.resolve();
  const db = new Proxy(store.db, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (property !== 'getExecutor' || typeof value !== 'function') {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      uses += 1;
      if (uses === at) disturbing = disturb();
      const before = disturbing;
      const executor = value.call(target);
      return () =>
        new Proxy(executor, {
          get(inner, name) {
            const found: unknown = Reflect.get(inner, name, inner);
            if (typeof found !== 'function') return found;
            if (name !== 'executeQuery') return found.bind(inner);
            return async (...given: unknown[]) => {
              await before;
              return found.apply(inner, given);
            };
          },
        });
    },
  });
  return { ...store, db, transaction: store.transaction.bind(store), close: store.close.bind(store) };
}

describe('a round of the schedule', () => {
  it.each([1, 2, 3, 4, 5])(
    'carries over what changed while a group was paused, though the pause ends before its query %i',
    async at => {
      await pause(1);
      await site.leave('X', 'A');
      await settleIdle(
        disturbed(at, () => pause(0)),
        site.clock.now(),
      );
      await pause(0);
      await site.run({ requestedBy: 'schedule' });
      expect(site.entra.members(group)).toEqual(['B']);
    },
  );
});

describe('a run whose lease was taken by another', () => {
  it('does not settle what the other has decided since', async () => {
    await site.join('X', 'C');
    let other: Promise<unknown> | undefined;
    let sent = 0;
    site.entra.interrupt = async call => {
      if (call !== 'addMembers' || ++sent !== 2) return;
      // Entra has taken C in; the process stood still before it heard of that, longer than a lease lasts.
      site.clock.pass(61_000);
      await site.leave('X', 'C');
      site.entra.failing.set('C', { code: 'http-503', message: 'Busy.', kind: 'unavailable' });
      other = site.runOne();
      await other;
      site.entra.failing.clear();
    };
    await site.runOne().catch(() => {});
    expect(await other).toMatchObject({ failed: 1 });
    site.entra.interrupt = () => {};
    site.clock.pass(60 * 60_000);
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });
});
