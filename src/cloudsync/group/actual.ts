import { Problem, type WorkContext } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { GroupDirectory } from '../ports.ts';
import type { Target } from '../targets.ts';
import {
  advanceReading,
  beginReading,
  dropKept,
  dropReading,
  emptyReading,
  fillReading,
  type KeptReading,
  keepReading,
  keptReading,
  latestContradiction,
  readingSize,
} from './group-reading.ts';

/** How long Entra's lists may lag behind a change, as seen in the field, in milliseconds. */
export const settleMs = 30_000;
const askAgainMs = 5_000;
/** A group whose list takes so many answers costs less to follow by what changed: that takes two requests. */
const followedFromPages = 4;
const day = 24 * 3_600_000;
/** Links are good for seven days (Graph, "Use delta query", on directory objects); one near its end is not begun with. */
const linkLifeMs = 6.5 * day;

/** What a group is read for: a run, which may keep and follow what it read; or a look, which always reads it whole. */
export type Purpose = 'run' | 'look';

/** The members of a group as Entra tells them, in the store. */
export interface Reading {
  id: number;
  size: number;
}

/**
 * Reads the members of a group and lets them be used. A run goes by what changed since a former one where that is
 * sound (docs/decisions/0011), everything else reads the whole list. What contradicts Entra's own confirmations of
 * moments ago is older than they are: then it waits and asks again, until both agree or there was time enough.
 * @throws Problem when the group can not be read
 */
export async function withReading<T>(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  purpose: Purpose,
  work: WorkContext,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  const reader = new Reader(store, directory, target, work);
  const kept = purpose === 'run' ? await keptReading(store.db, target.id) : undefined;
  const followed = kept ? await reader.follow(kept) : 'whole';
  if (typeof followed === 'object') return use(followed);
  const id = await beginReading(store, target.id, work.clock.now());
  try {
    return await use(await reader.readWhole(id, purpose, followed === 'whole' ? kept?.link : undefined));
  } finally {
    // One that was kept meanwhile stays. Where the process dies before this, a later reading drops it.
    await dropReading(store.db, id);
  }
}

class Reader {
  readonly #store: Store;
  readonly #directory: GroupDirectory;
  readonly #target: Target;
  readonly #work: WorkContext;
  /** When the group was first read: there is time enough for its list to settle from then on. */
  #firstReadAt: number | null = null;

  constructor(store: Store, directory: GroupDirectory, target: Target, work: WorkContext) {
    this.#store = store;
    this.#directory = directory;
    this.#target = target;
    this.#work = work;
  }

  /**
   * Brings a kept reading up to date. Where there is any doubt that it then is the group, the group is to be read
   * whole: 'anew' where the link is to be forgotten too.
   */
  async follow(kept: KeptReading): Promise<Reading | 'whole' | 'anew'> {
    const { clock, signal } = this.#work;
    const { id, beganAt } = kept;
    const { groupId, wholeReadDays } = this.#target;
    const age = clock.now().getTime() - beganAt.getTime();
    // Whatever Entra has told meanwhile, and at every run where the group is not to be followed.
    const isOld = age >= wholeReadDays * day;
    if (!kept.link?.paired || !this.#isGood(kept.link) || isOld) return 'whole';
    const before = await readingSize(this.#store.db, id);
    let { url } = kept.link;
    for (;;) {
      const at = clock.now();
      const told = await this.#directory.memberChanges(groupId, url, Math.max(1000, before / 4), signal);
      if (!told.usable) {
        await dropKept(this.#store.db, this.#target.id);
        return 'anew';
      }
      url = told.link;
      await advanceReading(this.#store, id, told.changes, { url, at });
      if (await this.#settled(id, at)) break;
    }
    const size = await readingSize(this.#store.db, id);
    return (await this.#counted()) === size ? { id, size } : 'whole';
  }

  /** How many members Entra counts; null where it refuses to count: then nothing confirms what was followed. */
  async #counted(): Promise<number | null> {
    const { signal } = this.#work;
    try {
      return await this.#directory.countMembers(this.#target.groupId, signal);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'upstream') throw error;
      return null;
    }
  }

  /** Reads the whole list. `former`: a link of before, to go on with. */
  async readWhole(id: number, purpose: Purpose, former: KeptReading['link'] | undefined): Promise<Reading> {
    const { clock, signal, report } = this.#work;
    const { groupId } = this.#target;
    // A link is only good with a list that was begun so much later that it shows all that was before the link: what
    // lies between is told twice, and never not at all.
    const old = former && this.#isGood(former) ? former : null;
    for (;;) {
      const beganAt = clock.now();
      const list = this.#directory.listMembers(groupId, signal);
      const pages = await fillReading(this.#store, id, list, done =>
        report({ phase: 'Reading the group', done, unit: 'members' }),
      );
      if (!(await this.#settled(id, beganAt))) {
        await emptyReading(this.#store.db, id);
        continue;
      }
      if (purpose === 'run') {
        if (pages >= followedFromPages) {
          const early = old !== null && beganAt.getTime() - old.at.getTime() >= settleMs;
          const link = early ? { ...old, paired: true } : await this.#newLink();
          await keepReading(this.#store, this.#target.id, id, { beganAt, pages, link });
        } else {
          await dropKept(this.#store.db, this.#target.id);
        }
      }
      return { id, size: await readingSize(this.#store.db, id) };
    }
  }

  async #newLink(): Promise<KeptReading['link']> {
    const at = this.#work.clock.now();
    const url = await this.#directory.membersLink(this.#target.groupId, this.#work.signal);
    return url === null ? null : { url, at, paired: false };
  }

  #isGood(link: { at: Date }): boolean {
    return this.#work.clock.now().getTime() - link.at.getTime() < linkLifeMs;
  }

  /** Whether what was read at an instant can be relied upon; waits a moment where not. */
  async #settled(readingId: number, readAt: Date): Promise<boolean> {
    const { clock, signal, report } = this.#work;
    this.#firstReadAt ??= readAt.getTime();
    // Confirmations seem to be of the future where the clock was set back: they are waited for no longer than others.
    if (readAt.getTime() - this.#firstReadAt >= settleMs) return true;
    const since = new Date(readAt.getTime() - settleMs);
    const late = await latestContradiction(this.#store.db, this.#target.id, readingId, since);
    const wait = late ? late.getTime() + settleMs - readAt.getTime() : 0;
    if (wait <= 0) return true;
    report({ phase: "Waiting for Entra's list of members to settle", done: 0 });
    await clock.sleep(Math.min(askAgainMs, wait), signal);
    return false;
  }
}
