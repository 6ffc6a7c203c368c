import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/store/index.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// More rows than the command line asks for at once: each list must go on from page to page, and come to an end.
const many = 1_100;

describe('a list that is longer than a page', { timeout: 60_000 }, () => {
  let rollcall: Rollcall;

  beforeAll(async () => {
    rollcall = await rollcallOnNewFolder(inProcess);
    await rollcall.ok(['collection', 'create', 'Pilot', '--type', 'device']);
    const store = await openSqlite(join(rollcall.dataDir, 'rollcall.db'));
    const at = '2026-01-01T00:00:00.000Z';
    const insert = (table: string, columns: string[], row: (n: number) => (string | number)[], count = 1) =>
      store.dialect.insertMany(
        store.db,
        table,
        columns,
        Array.from({ length: count }, (_, n) => row(n)),
      );
    await store.transaction(async tx => {
      await tx
        .insertInto('cloud_service')
        .values({
          name: 'Contoso',
          name_key: 'contoso',
          tenant_id: 't',
          client_id: 'c',
          cloud: 'public',
          login_url: 'x',
          graph_url: 'x',
          credential_kind: 'managed-identity',
          created_at: at,
          updated_at: at,
        } as never)
        .execute();
      await insert('target_group', ['cloud_service_id', 'group_id', 'name'], () => [1, 'g', 'Group1']);
      await insert('mapping', ['collection_num', 'target_group_id', 'created_at'], () => [3, 1, at]);
      await insert(
        'sync_run',
        ['target_group_id', 'kind', 'requested_by', 'started_at', 'finished_at', 'status'],
        () => [1, 'full', 'ann', at, at, 'success'],
        many,
      );
      await insert(
        'membership_change',
        ['collection_num', 'resource_id', 'change', 'at'],
        n => [3, 16_777_217, n % 2 === 0 ? 1 : -1, at],
        many,
      );
    });
    await store.close();
  });

  afterAll(() => rollcall?.end());

  it.each([
    ['cloud-sync', 'history', 'Pilot'],
    ['collection', 'history', 'Pilot'],
  ])('%s %s is printed whole as JSON', async (...words) => {
    const rows = (await rollcall.json(words)) as unknown[];
    expect(rows).toHaveLength(many);
  });

  it('is cut in a table, and says so', async () => {
    const printed = await rollcall.ok(['collection', 'history', 'Pilot', '--limit', '5']);
    expect(printed).toContain('only the first 5 are shown');
    expect(printed.match(/joined|left/g)).toHaveLength(5);
  });
});

describe('the settings of the site', () => {
  it('are shown and changed, and refuse what makes no sense', async () => {
    const rollcall = await rollcallOnNewFolder(inProcess);
    try {
      expect(await rollcall.json(['settings', 'show'])).toEqual({ historyDays: 90, auditDays: 365 });
      await rollcall.ok(['settings', 'set', '--history-days', '30']);
      expect(await rollcall.json(['settings', 'show'])).toEqual({ historyDays: 30, auditDays: 365 });
      expect((await rollcall.run(['settings', 'set', '--history-days', '0'])).code).toBe(2);
    } finally {
      await rollcall.end();
    }
  });
});
