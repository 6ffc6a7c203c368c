import type { Queries, Store } from '../store/index.ts';

const key = 'audit.days';
const initially = 365;
const dayMs = 24 * 60 * 60_000;

/** The fewest days: the database itself refuses to delete younger entries. */
const leastAuditDays = 31;

/** For how many days the audit log is kept. */
export async function getAuditDays(db: Queries): Promise<number> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row ? Number(row.value) : initially;
}

/** Sets for how many days the audit log is kept. */
export async function setAuditDays(db: Queries, days: number): Promise<void> {
  const value = String(days);
  await db
    .insertInto('setting')
    .values({ key, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Forgets the entries that are older than they are to be kept. */
export async function pruneAudit(store: Store, now: Date): Promise<void> {
  const days = Math.max(leastAuditDays, await getAuditDays(store.db));
  const before = new Date(now.getTime() - days * dayMs).toISOString();
  await store.db.deleteFrom('audit').where('at', '<', before).execute();
}
