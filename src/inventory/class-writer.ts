import type { Transaction } from 'kysely';
import type { Database, Dialect, SqlValue } from '../store/index.ts';
import type { BookClass, BookProperty } from './book-class.ts';
import { classTable, propertyColumn } from './class-table.ts';
import type { Row } from './document.ts';
import type { Scalar } from './record.ts';
import { encodeValue } from './values.ts';

/** Gathers rows of class tables and array values, encoded, and writes them class by class. */
export class ClassWriter {
  readonly #rows = new Map<BookClass, SqlValue[][]>();
  readonly #values: SqlValue[][] = [];

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

  /** Writes what was gathered. Rows of the same resources and classes must be gone before. */
  async flush(tx: Transaction<Database>, dialect: Dialect): Promise<void> {
    for (const [known, rows] of this.#rows) {
      if (known.id === null) throw new Error(`class ${known.name} is not stored yet`);
      const columns = known.columns().map(one => propertyColumn(one.id ?? 0));
      await dialect.insertMany(tx, classTable(known.id), ['resource_id', 'row_no', ...columns], rows);
    }
    if (this.#values.length > 0) {
      await dialect.insertMany(tx, 'resource_value', ['property_id', 'resource_id', 'value'], this.#values);
    }
    this.#rows.clear();
    this.#values.length = 0;
  }

  #addValues(property: BookProperty, resourceId: number, value: Scalar | Scalar[]): void {
    const distinct = new Set<SqlValue>();
    for (const one of Array.isArray(value) ? value : [value]) {
      const encoded = encodeValue(property.type, one);
      if (encoded !== null) distinct.add(encoded);
    }
    for (const one of distinct) this.#values.push([property.id, resourceId, one]);
  }
}

function encodeScalar(property: BookProperty, value: Scalar | Scalar[]): SqlValue {
  if (!Array.isArray(value)) return encodeValue(property.type, value);
  const [only, ...more] = value;
  return only === undefined || more.length > 0 ? null : encodeValue(property.type, only);
}
