import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silent, systemClock } from '../../src/base/index.ts';
import { type ImportResult, importResources } from '../../src/inventory/index.ts';
import { openResourceFile, type ResourceFileFormat } from '../../src/sources/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';

const options = { source: 'file', complete: false, approve: false };
const work = { clock: systemClock, report: silent, signal: new AbortController().signal };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['here', Number.POSITIVE_INFINITY],
  ['in a thread of its own', 0],
])('a file read %s', (_, threadFrom) => {
  const open = async (content: string | Buffer, format: ResourceFileFormat = 'ndjson') => {
    const file = join(folder, 'resources');
    await writeFile(file, content);
    return openResourceFile(file, format, threadFrom);
  };

  test('tells each line with its number, bad ones in their place', async () => {
    const content = '{"type":"user","name":"ann"}\n\nnonsense\n{"type":"user","name":"bob"}\n';
    const lines = [];
    for await (const line of await open(content)) lines.push(line);
    expect(lines).toMatchObject([
      { line: 1, record: { name: 'ann' } },
      { line: 3, error: expect.stringMatching(/^Not JSON/) },
      { line: 4, record: { name: 'bob' } },
    ]);
  });

  test('in UTF-16 is refused with what to do', async () => {
    const lines = await open(Buffer.from('\u{feff}{"type":"user","name":"ann"}', 'utf16le'));
    await expect(Array.fromAsync(lines)).rejects.toMatchObject({ code: 'file-not-utf8' });
  });

  test('that is not there is an error', async () => {
    await expect(openResourceFile(join(folder, 'none'), 'ndjson', threadFrom)).rejects.toThrow('ENOENT');
  });

  test('may be left in the middle', async () => {
    const seen: number[] = [];
    for await (const { line } of await open('{"type":"user","name":"ann"}\n'.repeat(20_000))) {
      seen.push(line);
      if (line === 10) break;
    }
    expect(seen).toHaveLength(10);
  });
});

test('a file read in a thread of its own fills the store as one read here', async () => {
  const file = join(folder, 'resources.ndjson');
  await writeFile(file, Array.from({ length: 12_000 }, (_, index) => `${line(index)}\n`).join(''));
  const here = await imported(file, Number.POSITIVE_INFINITY);
  const aside = await imported(file, 0);
  expect(aside.results).toEqual(here.results);
  expect(aside.rows).toEqual(here.rows);
  expect(here.results).toMatchObject([
    { created: 11_992, rejected: 4, duplicates: 4 },
    { created: 0, changed: 0, unchanged: 11_992, rejected: 4, duplicates: 4 },
  ]);
});

/** Devices with something odd here and there, among it what only a later batch brings. */
function line(index: number): string {
  if (index % 3_000 === 2_999) return 'nonsense';
  const number = index % 3_000 === 1_500 ? index - 1 : index;
  const odd = index > 7_000 && index % 1_000 === 3;
  return JSON.stringify({
    type: 'device',
    name: `Gerät ${number}`,
    externalId: `id-${number}`,
    entraDeviceId: `D-${number}`,
    properties: {
      Client: 1,
      Build: `10.${index}`,
      Own: odd ? 'text' : 7,
      SystemOUName: ['A', `B${index % 9}`],
      ...(index % 50 === 0 ? { Old: null } : {}),
    },
    inventory: { My_Class: [{ Model: `M${index % 5}`, Size: odd ? 1.5 : 1 }, { Model: null }] },
  });
}

async function imported(file: string, threadFrom: number) {
  const store = await openSqlite(':memory:');
  try {
    const results: ImportResult[] = [];
    for (let round = 0; round < 2; round += 1) {
      results.push(
        await importResources(store, await openResourceFile(file, 'ndjson', threadFrom), options, work),
      );
    }
    return { results, rows: await rowsOf(store) };
  } finally {
    await store.close();
  }
}

/** All rows of the inventory without their times. */
async function rowsOf(store: Store): Promise<unknown[]> {
  const tables = await store.db.introspection.getTables();
  const names = tables.map(one => one.name).filter(name => /^(class_|inventory_|resource)/.test(name));
  const rows: unknown[] = [];
  for (const name of names.sort()) {
    const found = await store.db
      .selectFrom(name as 'resource')
      .selectAll()
      .execute();
    rows.push(name, ...found.map(({ created_at, updated_at, ...row }) => ({ ...row, at: undefined })));
  }
  return rows;
}
