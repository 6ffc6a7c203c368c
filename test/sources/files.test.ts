import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { ImportLine } from '../../src/inventory/index.ts';
import { type ResourceFileFormat, readResourceFile } from '../../src/sources/index.ts';

async function read(
  content: string | Buffer,
  format: ResourceFileFormat,
  chunkSize = 7,
): Promise<ImportLine[]> {
  const bytes = Buffer.from(content);
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize)
    chunks.push(bytes.subarray(start, start + chunkSize));
  const lines: ImportLine[] = [];
  for await (const { bytes: _, ...line } of readResourceFile(Readable.from(chunks), format)) lines.push(line);
  return lines;
}

const ann = { type: 'user', name: 'Änn' };

describe('NDJSON', () => {
  test.each([1, 3, 1000])(
    'is cut into lines in chunks of %i bytes, with numbers that count blank lines',
    async size => {
      const text = `\u{feff}${JSON.stringify(ann)}\r\n\n${JSON.stringify(ann)}\n{"type":"user"}\n${JSON.stringify(ann)}`;
      expect(await read(text, 'ndjson', size)).toEqual([
        { line: 1, record: ann },
        { line: 3, record: ann },
        { line: 4, error: 'No "name".' },
        { line: 5, record: ann },
      ]);
    },
  );

  test('tells what is not JSON or not UTF-8, and reads on', async () => {
    const content = Buffer.concat([
      Buffer.from('{"type":"user",\n'),
      Buffer.from('{"type":"user","name":"M\xfcller"}\n', 'latin1'),
      Buffer.from(JSON.stringify(ann)),
    ]);
    expect(await read(content, 'ndjson', 1000)).toEqual([
      { line: 1, error: expect.stringMatching(/^Not JSON: /) },
      { line: 2, error: 'The line is not UTF-8.' },
      { line: 3, record: ann },
    ]);
  });

  test('drops a line that is too long, and reads on', async () => {
    const long = `{"type":"user","name":"${'x'.repeat(17 * 1024 * 1024)}"}`;
    expect(await read(`${long}\n${JSON.stringify(ann)}\n`, 'ndjson', 1024 * 1024)).toEqual([
      { line: 1, error: 'The line is longer than 16 MiB.' },
      { line: 2, record: ann },
    ]);
  });

  test.each(['utf16le', 'utf-16be'])('in %s is refused as a whole, with what to do', async encoding => {
    const bytes = Buffer.from(`\u{feff}${JSON.stringify(ann)}`, 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    await expect(read(bytes, 'ndjson')).rejects.toMatchObject({ code: 'file-not-utf8' });
  });

  test('that is empty has no lines', async () => {
    expect(await read('', 'ndjson')).toEqual([]);
  });
});

describe('CSV', () => {
  test('has fields, properties and inventory for columns, and empty cells that name nothing', async () => {
    const text =
      '\u{feff}Type,NAME,externalId,properties.Client,Department,SystemOUName,Tags[],inventory.My_Class.Size,deleted\r\n' +
      'device,PC1,x1,1,"Sales, ""EMEA""\r\nand more",a|b,t1,007,\r\n' +
      'user,ann,,,,,,,true\r\n';
    expect(await read(text, 'csv')).toEqual([
      {
        line: 2,
        record: {
          type: 'device',
          name: 'PC1',
          externalId: 'x1',
          properties: {
            Client: 1,
            Department: 'Sales, "EMEA"\r\nand more',
            SystemOUName: ['a', 'b'],
            Tags: ['t1'],
          },
          inventory: { My_Class: [{ Size: '007' }] },
        },
      },
      { line: 4, record: { type: 'user', name: 'ann', deleted: true } },
    ]);
  });

  test.each([';', '\t'])('may be separated by "%s"', async separator => {
    const text = ['type;name;Model', 'device;PC1;A,B'].join('\n').replaceAll(';', separator);
    expect(await read(text, 'csv')).toEqual([
      { line: 2, record: { type: 'device', name: 'PC1', properties: { Model: 'A,B' } } },
    ]);
  });

  test('tells bad lines by number and reads on', async () => {
    expect(await read('type,name\nprinter,P\ndevice\ndevice,PC1\n', 'csv')).toEqual([
      { line: 2, error: '"type" must be "device" or "user", not "printer".' },
      { line: 3, error: 'The record has 1 cells, the header 2.' },
      { line: 4, record: { type: 'device', name: 'PC1' } },
    ]);
  });

  test('stops at a quote that is never closed', async () => {
    const lines = await read('type,name\ndevice,PC1\ndevice,"PC2\ndevice,PC3\n', 'csv');
    expect(lines).toEqual([
      { line: 2, record: { type: 'device', name: 'PC1' } },
      { line: 3, error: expect.stringContaining('The rest of the file was not read.') },
    ]);
  });

  test.each([
    ['type,Model', 'There is no column "name".'],
    ['type,name,', 'Column 3 has no name.'],
    ['type,name,Name', 'Two columns are named "Name".'],
    ['type,name,inventory.X', 'Column "inventory.X" should read inventory.CLASS.PROPERTY.'],
  ])('with the header %s is refused: %s', async (header, message) => {
    await expect(read(`${header}\n`, 'csv')).rejects.toMatchObject({
      code: 'csv-header',
      message: expect.stringContaining(message),
    });
  });
});
