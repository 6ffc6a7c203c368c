import {
  type CheckedQuery,
  checkWql,
  compileWql,
  type QueryContext,
} from '../../../src/collections/wql/index.ts';
import type { Site } from './site.ts';

/** The present of all tests. */
export const now = new Date('2026-03-01T12:00:00Z');

/** Checks a query that must be right. */
export function mustCheck(site: Site, wql: string, context: Partial<QueryContext> = {}): CheckedQuery {
  const checked = checkWql(wql, site.catalogue, { collections: () => undefined, ...context });
  if (Array.isArray(checked)) throw new Error(`${wql}\n${checked.map(error => error.message).join('\n')}`);
  return checked;
}

/** The resources that a query finds, ascending; the same must come out where it is restricted to all of them. */
export async function members(
  site: Site,
  wql: string,
  context: Partial<QueryContext> = {},
): Promise<number[]> {
  const checked = mustCheck(site, wql, context);
  const found = await ids(site, compileWql(checked, { now }));
  await site.run('create temp table if not exists everybody (resource_id integer primary key)');
  await site.run('insert or ignore into everybody select id from resource');
  const restricted = await ids(site, compileWql(checked, { now, resourceIds: { table: 'everybody' } }));
  if (found.join() !== restricted.join()) {
    throw new Error(`${wql}\nfinds ${found.join()} but, restricted to everybody, ${restricted.join()}`);
  }
  return found;
}

/** The resources that a query finds among some. */
export async function membersAmong(site: Site, wql: string, among: readonly number[]): Promise<number[]> {
  await site.run('create temp table if not exists some (resource_id integer primary key)');
  await site.run('delete from some');
  for (const id of among) await site.run('insert into some values (?)', [id]);
  return ids(site, compileWql(mustCheck(site, wql), { now, resourceIds: { table: 'some' } }));
}

async function ids(
  site: Site,
  query: { sql: string; parameters: readonly (string | number | null)[] },
): Promise<number[]> {
  const rows = await site.run(query.sql, query.parameters);
  return rows.map(row => Number(row.resource_id)).sort((a, b) => a - b);
}
