import type { Transaction } from 'kysely';
import type { Database, Dialect, SqlValue } from '../store/index.ts';
import type { BookClass, BookProperty } from './book-class.ts';
import { classTable, propertyColumn } from './class-table.ts';
import type { Row } from './document.ts';
import type { PreparedBlock, PreparedRecord } from './import-line.ts';
import type { Scalar } from './record.ts';
import { encodeValue } from './values.ts';

/** The columns of `resource_value` in the order of a gathered value. */
const valueColumns = ['resource_id', 'property_id', 'value'] as const;

/** The columns of a class's table in the order of a gathered row. */
export function rowColumns(known: BookClass): string[] {
  return ['resource_id', 'row_no', ...known.columns().map(one => propertyColumn(one.id ?? 0))];
}

/** The rows whose resource is to be written, with its id in place of its number in the block. */
function* owned(
  rows: readonly SqlValue[][],
  owners: ReadonlyMap<number, number>,
): Generator<readonly SqlValue[]> {
  for (const row of rows) {
    const id = owners.get(row[0] as number);
    if (id === undefined) continue;
    const [, ...rest] = row;
    yield [id, ...rest];
  }
}

/** Gathers rows of class tables and array values, encoded, and writes them class by class. */
export class ClassWriter {
  readonly #rows = new Map<BookClass, SqlValue[][]>();
  readonly #values: SqlValue[][] = [];
  readonly #prepared = new Map<PreparedBlock, Map<number, number>>();

  /** Takes the rows of one resource in one class. All their properties must be stored already. */
  add(known: BookClass, resourceId: number, rows: readonly Row[]): void {
    let gathered = this.#rows.get(known);
    if (!gathered) {
      gathered = [];
      this.#rows.set(known, gathered);
    }
    const width = known.columns().length + 2;
    for (const [rowNo, row] of rows.entries()) {
      const encoded: SqlValue[] = new Array(width).fill(null);
      encoded[0] = resourceId;
      encoded[1] = rowNo;
      for (const name in row) {
        const value = row[name];
        const property = known.property(name);
        if (value === undefined) continue;
        if (property.isArray) this.#addValues(property, resourceId, value);
        else encoded[property.position + 2] = encodeScalar(property, value);
      }
      gathered.push(encoded);
    }
  }

  /** Takes the rows of a new resource that another thread has made. */
  addPrepared({ block, index }: PreparedRecord, resourceId: number): void {
    let owners = this.#prepared.get(block);
    if (!owners) {
      owners = new Map();
      this.#prepared.set(block, owners);
    }
    owners.set(index, resourceId);
  }

  /** Hands over what was gathered. */
  take(): { rows: ReadonlyMap<BookClass, SqlValue[][]>; values: SqlValue[][] } {
    return { rows: this.#rows, values: this.#values };
  }

  /** Writes what was gathered. Rows of the same resources and classes must be gone before. */
  async flush(tx: Transaction<Database>, dialect: Dialect): Promise<void> {
    for (const [known, rows] of this.#rows) {
      if (known.id === null) throw new Error(`class ${known.name} is not stored yet`);
      await dialect.insertMany(tx, classTable(known.id), rowColumns(known), rows);
    }
    if (this.#values.length > 0) {
      await dialect.insertMany(tx, 'resource_value', valueColumns, this.#values);
    }
    for (const [{ tables, values }, owners] of this.#prepared) {
      for (const { table, columns, rows } of tables) {
        await dialect.insertMany(tx, table, columns, owned(rows, owners));
      }
      await dialect.insertMany(tx, 'resource_value', valueColumns, owned(values, owners));
    }
    this.#prepared.clear();
    this.#rows.clear();
    this.#values.length = 0;
  }

  #addValues(property: BookProperty, resourceId: number, value: Scalar | Scalar[]): void {
    const distinct = new Set<SqlValue>();
    for (const one of Array.isArray(value) ? value : [value]) {
      const encoded = encodeValue(property.type, one);
      if (encoded !== null) distinct.add(encoded);
    }
    for (const one of distinct) this.#values.push([resourceId, property.id, one]);
  }
}

function encodeScalar(property: BookProperty, value: Scalar | Scalar[]): SqlValue {
  if (!Array.isArray(value)) return encodeValue(property.type, value);
  const [only, ...more] = value;
  return only === undefined || more.length > 0 ? null : encodeValue(property.type, only);
}
