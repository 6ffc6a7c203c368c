import type { Queries } from '../../store/index.ts';

/** Names of the single values that evaluation keeps in the store. */
export const settingKeys = {
  /** The last entry of the change feed of resources that has been carried into the memberships. */
  watermark: 'collections.change_seq',
  /** Counts the evaluations that were begun; the one with the highest number may write. */
  epoch: 'collections.evaluation_epoch',
  /** 1: a large evaluation has dropped the index from resources to their collections and not built it anew yet. */
  indexDropped: 'collections.index_dropped',
} as const;

/** A setting as a whole number, 0 while it is not there. */
export async function readCounter(db: Queries, key: string): Promise<number> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row ? Number(row.value) : 0;
}

/** Stores a whole number as a setting. */
export async function writeCounter(db: Queries, key: string, value: number): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key, value: String(value) })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value: String(value) }))
    .execute();
}
