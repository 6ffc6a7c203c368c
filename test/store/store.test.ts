import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite, type Store } from '../../src/store/index.ts';

let folder: string;
const opened: Store[] = [];

async function open(name = 'store.db'): Promise<Store> {
  const store = await openSqlite(join(folder, name));
  opened.push(store);
  return store;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const setting = (key: string) => ({ key, value: 'x' });

describe('the embedded store', () => {
  it('makes its tables and the built-in collections in an empty folder', async () => {
    const store = await open('deep/inside/store.db');
    const built = await store.db.selectFrom('collection').select(['id', 'name', 'type']).execute();
    expect(built).toEqual([
      { id: 'SMS00001', name: 'All Systems', type: 'device' },
      { id: 'SMS00002', name: 'All Users', type: 'user' },
    ]);
  });

  it('has all of its tables or none: what breaks off while they are made leaves nothing behind', async () => {
    const file = join(folder, 'store.db');
    const tables = () => {
      const database = new DatabaseSync(file);
      const rows = database
        .prepare("select name from sqlite_master where type = 'table' and name not like 'kysely%'")
        .all();
      database.close();
      return rows.map(({ name }) => name);
    };
    const before = new DatabaseSync(file);
    before.exec('create table held_plan (x)');
    before.close();
    await expect(open()).rejects.toThrow('held_plan');
    expect(tables()).toEqual(['held_plan']);
  });

  it('is made once when several open it at the same time', async () => {
    const door = resolve(import.meta.dirname, '../../src/store/index.ts');
    const script = `const { openSqlite } = await import(${JSON.stringify(door)});
      const store = await openSqlite(${JSON.stringify(join(folder, 'store.db'))});
      await store.close();`;
    const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    const started = [1, 2, 3].map(() => promisify(execFile)(process.execPath, words));
    expect(await Promise.all(started)).toMatchObject(started.map(() => ({ stderr: '' })));
  });

  it('is opened while another is writing', async () => {
    const writer = await open();
    await writer.transaction(async () => {
      const reader = await open();
      expect(await reader.db.selectFrom('setting').selectAll().execute()).toEqual([]);
    });
  });

  it('keeps what was written when it is opened again', async () => {
    const first = await open();
    await first.db.insertInto('setting').values(setting('kept')).execute();
    const second = await open();
    expect(await second.db.selectFrom('setting').select('key').execute()).toEqual([{ key: 'kept' }]);
  });

  it('keeps nothing of a transaction that fails', async () => {
    const store = await open();
    const failing = store.transaction(async tx => {
      await tx.insertInto('setting').values(setting('lost')).execute();
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect(await store.db.selectFrom('setting').selectAll().execute()).toEqual([]);
  });

  it('lets one handle read while another has a transaction open', async () => {
    const writer = await open();
    const reader = await open();
    await writer.transaction(async tx => {
      await tx.insertInto('setting').values(setting('unseen')).execute();
      expect(await reader.db.selectFrom('setting').selectAll().execute()).toEqual([]);
    });
    expect(await reader.db.selectFrom('setting').selectAll().execute()).toHaveLength(1);
  });

  it('serves queries that are asked for side by side in turn', async () => {
    const store = await open();
    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
    await Promise.all(
      keys.map(key =>
        store.transaction(async tx => {
          await tx.insertInto('setting').values(setting(key)).execute();
        }),
      ),
    );
    expect(await store.db.selectFrom('setting').selectAll().execute()).toHaveLength(50);
  });

  it('enforces foreign keys', async () => {
    const store = await open();
    const orphan = store.db
      .insertInto('mapping')
      .values({ collection_num: 999, target_group_id: 1, created_at: '2026-01-01T00:00:00.000Z' })
      .execute();
    await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
  });

  it('gives the rows of a query one by one, and says what is wrong with one that can not be run', async () => {
    const store = await open();
    const seen: number[] = [];
    const query = sql<{
      n: number;
    }>`with recursive up(n) as (select 1 union all select n + 1 from up where n < ${3})
      select n from up`;
    await store.dialect.forEach(store.db, query, ({ n }) => seen.push(n));
    expect(seen).toEqual([1, 2, 3]);
    await expect(store.dialect.forEach(store.db, sql`select absent from setting`, () => {})).rejects.toThrow(
      'no such column',
    );
  });

  it('inserts many rows, overwriting or keeping those with the same key as told', async () => {
    const store = await open();
    const value = (key: string) =>
      store.db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
    await store.dialect.insertMany(
      store.db,
      'setting',
      ['key', 'value'],
      [
        ['a', '1'],
        ['b', '1'],
      ],
    );
    await store.dialect.insertMany(store.db, 'setting', ['key', 'value'], [['a', '2']], 'ignore');
    expect(await value('a')).toEqual({ value: '1' });
    await store.dialect.insertMany(store.db, 'setting', ['key', 'value'], [['a', '3']], 'replace');
    expect(await value('a')).toEqual({ value: '3' });
  });

  it.each([0, 1, 499, 500, 501, 1_234])(
    'inserts %i rows as they are, and none where one can not be',
    async count => {
      const store = await open();
      function* rows(last: string[]): Generator<string[]> {
        // Whoever inserts may fill one list again and again.
        const row = ['', ''];
        for (let index = 0; index < count; index += 1) {
          row[0] = `key ${index}`;
          row[1] = `value ${index}`;
          yield row;
        }
        yield* last.map(key => [key, 'again']);
      }
      const insert = (last: string[]) =>
        store.transaction(tx => store.dialect.insertMany(tx, 'setting', ['key', 'value'], rows(last)));
      await expect(insert(['twice', 'twice'])).rejects.toThrow(/UNIQUE constraint/);
      expect(await store.db.selectFrom('setting').select('key').execute()).toEqual([]);
      await insert([]);
      const stored = await store.db.selectFrom('setting').selectAll().execute();
      const expected = Array.from({ length: count }, (_, index) => ({
        key: `key ${index}`,
        value: `value ${index}`,
      }));
      expect(new Set(stored.map(row => JSON.stringify(row)))).toEqual(
        new Set(expected.map(row => JSON.stringify(row))),
      );
    },
  );

  it('streams rows without holding up other queries', async () => {
    const store = await open();
    await store.dialect.insertMany(
      store.db,
      'setting',
      ['key', 'value'],
      Array.from({ length: 100 }, (_, index) => [`k${index}`, 'x']),
    );
    let seen = 0;
    for await (const _row of store.db.selectFrom('setting').selectAll().stream()) seen += 1;
    expect(seen).toBe(100);
    expect(await store.db.selectFrom('setting').selectAll().execute()).toHaveLength(100);
  });
});

describe('what goes wrong with the store', () => {
  it('says that the disk is full, keeps what was there, and goes on when there is space again', async () => {
    const store = await open();
    await store.db.insertInto('setting').values(setting('before')).execute();
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    await sql.raw(`pragma max_page_count = ${pages.rows[0]?.page_count}`).execute(store.db);
    const big = { key: 'big', value: 'x'.repeat(100_000) };
    const write = () =>
      store.transaction(async tx => {
        await tx.insertInto('setting').values(big).execute();
      });
    await expect(write()).rejects.toMatchObject({ code: 'disk-full', kind: 'storage' });
    expect(await store.db.selectFrom('setting').select('key').execute()).toEqual([{ key: 'before' }]);
    await sql`pragma max_page_count = 1000000`.execute(store.db);
    await write();
    expect(await store.db.selectFrom('setting').selectAll().execute()).toHaveLength(2);
  });

  it('refuses a file that is not a store, and leaves it as it was', async () => {
    writeFileSync(join(folder, 'store.db'), 'a letter to my aunt, and no database at all. '.repeat(50));
    await expect(openSqlite(join(folder, 'store.db'))).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('refuses a store that a newer version has migrated', async () => {
    const store = await open();
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'x')`.execute(
      store.db,
    );
    await expect(open()).rejects.toMatchObject({ code: 'store-too-new' });
  });

  it('names the folder when it can not be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openSqlite(join(folder, 'file', 'store.db'))).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});

describe('the cache', () => {
  it('is larger while some work asks for it, and as before when the last of it has ended, also by an error', async () => {
    const store = await openSqlite(':memory:', { cacheMiB: 16 });
    onTestFinished(() => store.close());
    const size = async () => {
      const { rows } = await sql<{ cache_size: number }>`pragma cache_size`.execute(store.db);
      return (rows[0]?.cache_size ?? 0) / -1024;
    };
    const { withCache } = store.dialect;
    const inner = async () => {
      expect(await size()).toBe(256);
      throw new Error('fails');
    };
    await withCache(64, async () => {
      expect(await size()).toBe(64);
      await expect(withCache(256, inner)).rejects.toThrow('fails');
      expect(await withCache(8, size)).toBe(64);
    });
    expect(await size()).toBe(16);
  });
});
