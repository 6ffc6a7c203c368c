import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import type { GroupMember } from '../ports.ts';

// Readings of groups in the store. One is either complete and kept, with the place from which Entra tells what changed
// since, or it is under way or for one look, and worth nothing once its process has ended.

/** A kept reading of a group. */
export interface KeptReading {
  id: number;
  beganAt: Date;
  /** Where Entra goes on telling, and since when; null: nowhere. */
  link: { url: string; at: Date; paired: boolean } | null;
}

/** Rows in one transaction: long enough to be quick, short enough not to keep other writers waiting. */
const rowsAtOnce = 10_000;
/** A reading that is neither kept nor dropped after so long was left by a process that died. */
const abandonedMs = 24 * 3_600_000;

/** The kept reading of a group, if there is one. */
export async function keptReading(db: Queries, targetId: number): Promise<KeptReading | undefined> {
  const row = await db
    .selectFrom('group_reading')
    .select(['id', 'began_at', 'link', 'link_at', 'paired'])
    .where('target_group_id', '=', targetId)
    .where('kept', '=', 1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { link, link_at } = row;
  const known = link !== null && link_at !== null;
  return {
    id: row.id,
    beganAt: new Date(row.began_at),
    link: known ? { url: link, at: new Date(link_at), paired: row.paired === 1 } : null,
  };
}

/** Begins a reading, and drops what processes that died have left of this group. */
export async function beginReading(store: Store, targetId: number, now: Date): Promise<number> {
  const abandoned = await store.db
    .selectFrom('group_reading')
    .select('id')
    .where('target_group_id', '=', targetId)
    .where('kept', '=', 0)
    .where('began_at', '<', new Date(now.getTime() - abandonedMs).toISOString())
    .execute();
  for (const { id } of abandoned) await dropReading(store.db, id);
  const { id } = await store.db
    .insertInto('group_reading')
    .values({
      ...{ target_group_id: targetId, began_at: now.toISOString(), pages: 0 },
      ...{ kept: 0, link: null, link_at: null, paired: 0 },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Puts the pages of a list into a reading.
 * @param told gets how many members have been read so far
 * @returns the number of pages
 */
export async function fillReading(
  store: Store,
  readingId: number,
  list: AsyncIterable<readonly GroupMember[]>,
  told: (members: number) => void,
): Promise<number> {
  let rows: [number, string, string | null][] = [];
  let [pages, members] = [0, 0];
  const put = async () => {
    const some = rows;
    rows = [];
    await store.transaction(tx => insertMembers(store, tx, some));
  };
  for await (const page of list) {
    pages += 1;
    members += page.length;
    for (const { id, displayName } of page) rows.push([readingId, id, displayName]);
    if (rows.length >= rowsAtOnce) await put();
    told(members);
  }
  if (rows.length > 0) await put();
  return pages;
}

/** Makes a reading the group's kept one, in place of the one before. */
export async function keepReading(
  store: Store,
  targetId: number,
  readingId: number,
  found: { beganAt: Date; pages: number; link: KeptReading['link'] },
): Promise<void> {
  const { beganAt, pages, link } = found;
  const former = await keptReading(store.db, targetId);
  await store.transaction(async tx => {
    await forgetKept(tx, targetId);
    await tx
      .updateTable('group_reading')
      .set({ kept: 1, began_at: beganAt.toISOString(), pages })
      .set({ link: link?.url ?? null, link_at: link?.at.toISOString() ?? null, paired: link?.paired ? 1 : 0 })
      .where('id', '=', readingId)
      .execute();
  });
  if (former) await dropReading(store.db, former.id);
}

/**
 * Brings a kept reading up to date. Members and link change in one transaction: a crash leaves both as they were, and
 * then the same is told again.
 */
export async function advanceReading(
  store: Store,
  readingId: number,
  changes: ReadonlyMap<string, boolean>,
  link: { url: string; at: Date },
): Promise<void> {
  const [came, left]: [string[], string[]] = [[], []];
  for (const [objectId, there] of changes) (there ? came : left).push(objectId);
  await store.transaction(async tx => {
    await insertMembers(
      store,
      tx,
      came.map(objectId => [readingId, objectId, null]),
    );
    if (left.length > 0) {
      await sql`delete from group_reading_member
        where reading_id = ${readingId} and object_id in ${store.dialect.among(left)}`.execute(tx);
    }
    await tx
      .updateTable('group_reading')
      .set({ link: link.url, link_at: link.at.toISOString() })
      .where('id', '=', readingId)
      .execute();
  });
}

/** Empties a reading, in slices: others write between, and no one statement holds all that it deletes. */
export async function emptyReading(db: Queries, readingId: number): Promise<void> {
  for (;;) {
    const slice = sql`select object_id from group_reading_member where reading_id = ${readingId}
      order by object_id limit ${rowsAtOnce}`;
    const { numAffectedRows } = await sql`delete from group_reading_member
      where reading_id = ${readingId} and object_id in (${slice})`.execute(db);
    if (Number(numAffectedRows ?? 0) < rowsAtOnce) return;
  }
}

/** Drops a reading that is not kept. */
export async function dropReading(db: Queries, readingId: number): Promise<void> {
  const reading = await db
    .selectFrom('group_reading')
    .select('id')
    .where('id', '=', readingId)
    .where('kept', '=', 0)
    .executeTakeFirst();
  if (!reading) return;
  await emptyReading(db, readingId);
  await db.deleteFrom('group_reading').where('id', '=', readingId).execute();
}

/** Drops a group's kept reading. */
export async function dropKept(db: Queries, targetId: number): Promise<void> {
  const kept = await keptReading(db, targetId);
  if (!kept) return;
  await forgetKept(db, targetId);
  await dropReading(db, kept.id);
}

/** From now on the group's kept reading is worth nothing; its members are still to be dropped. */
async function forgetKept(db: Queries, targetId: number): Promise<void> {
  await db
    .updateTable('group_reading')
    .set({ kept: 0, link: null, link_at: null, paired: 0 })
    .where('target_group_id', '=', targetId)
    .where('kept', '=', 1)
    .execute();
}

/** How many members a reading holds. */
export async function readingSize(db: Queries, readingId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from group_reading_member where reading_id = ${readingId}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/**
 * Until when a reading may be older than what Entra has confirmed to us: the latest confirmation that it lacks. What
 * an undo changed is not in the ledger as confirmed, as the wish is another: its own record tells.
 */
export async function latestContradiction(
  db: Queries,
  targetId: number,
  readingId: number,
  since: Date,
): Promise<Date | null> {
  const after = since.toISOString();
  const { rows } = await sql<{ at: string | null }>`
    with confirmed(object_id, there, at) as (
      select object_id, wanted = 'in', confirmed_at from ledger
      where target_group_id = ${targetId} and state = 'done' and confirmed_at > ${after}
      union all
      select c.object_id, c.change = 'add', u.finished_at
      from sync_run u join run_change c on c.run_id = u.id
      where u.target_group_id = ${targetId} and u.kind = 'undo' and u.finished_at > ${after}
        and c.outcome in ('done', 'already')
        and not exists (
          select 1 from sync_run later join run_change lc on lc.run_id = later.id
          where later.target_group_id = ${targetId} and later.id > u.id and lc.object_id = c.object_id)
    )
    select max(c.at) as at from confirmed c
    left join group_reading_member r on r.reading_id = ${readingId} and r.object_id = c.object_id
    where (r.object_id is null) = c.there`.execute(db);
  const at = rows[0]?.at;
  return at ? new Date(at) : null;
}

async function insertMembers(
  store: Store,
  tx: Queries,
  rows: Iterable<[number, string, string | null]>,
): Promise<void> {
  const columns = ['reading_id', 'object_id', 'name'];
  await store.dialect.insertMany(tx, 'group_reading_member', columns, rows, 'ignore');
}
