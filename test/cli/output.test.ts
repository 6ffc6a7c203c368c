import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/base/index.ts';
import { type Column, type Listing, type OutputFormat, Printer } from '../../src/cli/output/index.ts';
import { table } from '../../src/cli/output/table.ts';
import { fakeTerminal } from './fake-terminal.ts';

interface Row {
  name: string;
  members: number | null;
  note: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'Name', value: row => row.name },
  { title: 'Members', value: row => row.members },
  { title: 'Note', value: row => row.note, optional: true },
];
const plain = (width: number) => ({ width, heading: (text: string) => text });

describe('a table', () => {
  it('puts texts to the left and numbers, with thousands parted, to the right', () => {
    const rows = [
      { name: 'All', members: 12_345, note: '' },
      { name: 'Pilot', members: 7, note: 'by hand' },
    ];
    expect(table(columns, rows, plain(Number.POSITIVE_INFINITY))).toBe(
      ['Name   Members  Note', 'All     12,345  -', 'Pilot        7  by hand', ''].join('\n'),
    );
  });

  it('cuts long texts with an ellipsis, never numbers', () => {
    const rows = [{ name: 'A collection with a very long name', members: 1_000_000, note: '' }];
    const [, line] = table(columns.slice(0, 2), rows, plain(30)).split('\n');
    expect(line).toMatch(/^A collection .*… {2}1,000,000$/);
  });

  it('leaves optional columns out before it cuts what matters', () => {
    const rows = [{ name: 'A collection', members: 1, note: 'a remark that is long' }];
    expect(table(columns, rows, plain(32))).not.toContain('Note');
    expect(table(columns, rows, plain(80))).toContain('a remark that is long');
  });

  it('keeps a row on a line whatever its texts hold', () => {
    const rows = [{ name: 'evil\u001b[2J\nname', members: 1, note: '' }];
    const text = table(columns, rows, plain(80));
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain('\u001b');
  });

  it('never is wider than the terminal, as long as that holds its numbers and eight columns a text', () => {
    const rows = fc.array(fc.record({ name: fc.string(), members: fc.nat(), note: fc.string() }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 200 }), (given, width) => {
        for (const line of table(columns, given, plain(width)).split('\n')) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

describe('CSV', () => {
  it('is read back as it was written by a reader of RFC 4180', () => {
    const records = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(records, given => {
        const text = given.map(csvLine).join('');
        expect(parse(text, { relaxColumnCount: true, recordDelimiter: '\r\n' })).toEqual(given);
      }),
    );
  });
});

describe('a list', () => {
  const listing: Listing<Row> = { columns, fields: ['name', 'members'], empty: 'None.' };
  const rows: Row[] = [
    { name: 'A, the first', members: 1, note: 'x' },
    { name: 'B', members: null, note: 'y' },
    { name: 'C', members: 3, note: 'z' },
  ];
  const printed = async (format: OutputFormat, given: Row[], limit?: number) => {
    const terminal = fakeTerminal();
    await new Printer(terminal, format).list(given, listing, limit);
    return terminal.written().stdout;
  };

  it('is one JSON array with all that the API tells', async () => {
    expect(JSON.parse(await printed('json', rows))).toEqual(rows);
    expect(await printed('json', [])).toBe('[]\n');
  });

  it('is CSV with a heading even where there are no rows', async () => {
    expect(await printed('csv', rows)).toBe('name,members\r\n"A, the first",1\r\nB,\r\nC,3\r\n');
    expect(await printed('csv', [])).toBe('name,members\r\n');
  });

  it('says so when a table shows less than there is', async () => {
    expect(await printed('table', rows, 2)).toContain('only the first 2 are shown');
    expect(await printed('table', rows, 3)).not.toContain('only the first');
  });

  it('says what to do where it is empty', async () => {
    expect(await printed('table', [])).toBe('None.\n');
  });

  it('has colours on a terminal alone, and none where NO_COLOR is set', async () => {
    const bold = '\u001b[1m';
    const onTerminal = fakeTerminal({ columns: 80 });
    await new Printer(onTerminal, 'table').list(rows, listing);
    expect(onTerminal.written().stdout).toContain(bold);
    const quiet = fakeTerminal({ columns: 80, env: { NO_COLOR: '1' } });
    await new Printer(quiet, 'table').list(rows, listing);
    expect(quiet.written().stdout).not.toContain(bold);
  });
});
