import type { Transaction } from 'kysely';
import type { Database, Dialect, SqlValue } from '../../store/index.ts';
import { type FlatRows, rowsOf, rowsWithIds } from '../import/flat-rows.ts';
import type { PreparedBlock, PreparedRecord } from '../import/import-line.ts';
import type { Scalar } from '../record.ts';
import type { Row } from '../resources/document.ts';
import { encodeValue } from '../values.ts';
import { classTable, propertyColumn } from './class-table.ts';
import type { RegisteredClass, RegisteredProperty } from './registered-class.ts';

/** Gathers rows of class tables and array values, encoded, and writes them class by class. */
export class ClassWriter {
  readonly #rows = new Map<RegisteredClass, FlatRows>();
  #arrays = noArrays();
  readonly #prepared = new Map<PreparedBlock, number[]>();

  /** Takes the rows of one resource in one class. All their properties must be stored already. */
  add(known: RegisteredClass, resourceId: number, rows: readonly Row[]): void {
    let gathered = this.#rows.get(known);
    if (!gathered) {
      gathered = noRows(known);
      this.#rows.set(known, gathered);
    }
    const { columns, values } = gathered;
    for (const [rowNo, row] of rows.entries()) {
      values.push(resourceId, rowNo);
      const start = values.length;
      for (let column = 2; column < columns.length; column += 1) values.push(null);
      for (const name in row) {
        const value = row[name];
        const property = known.property(name);
        if (value === undefined) continue;
        if (property.isArray) this.#addValues(property, resourceId, value);
        else values[start + property.position] = encodeScalar(property, value);
      }
    }
  }

  /** Takes the rows of a new resource that another thread has made. */
  addPrepared({ block, index }: PreparedRecord, resourceId: number): void {
    let ids = this.#prepared.get(block);
    if (!ids) {
      ids = [];
      this.#prepared.set(block, ids);
    }
    ids[index] = resourceId;
  }

  /** Hands over what was gathered. */
  take(): FlatRows[] {
    return [...this.#rows.values(), this.#arrays];
  }

  /** Writes what was gathered. Rows of the same resources and classes must be gone before. */
  async flush(tx: Transaction<Database>, dialect: Dialect): Promise<void> {
    for (const rows of this.take()) await dialect.insertMany(tx, rows.table, rows.columns, rowsOf(rows));
    for (const [{ tables }, ids] of this.#prepared) {
      for (const rows of tables) {
        await dialect.insertMany(tx, rows.table, rows.columns, rowsWithIds(rows, ids));
      }
    }
    this.#prepared.clear();
    this.#rows.clear();
    this.#arrays = noArrays();
  }

  #addValues(property: RegisteredProperty, resourceId: number, value: Scalar | Scalar[]): void {
    const distinct = new Set<SqlValue>();
    for (const one of Array.isArray(value) ? value : [value]) {
      const encoded = encodeValue(property.type, one);
      if (encoded !== null) distinct.add(encoded);
    }
    for (const one of distinct) this.#arrays.values.push(resourceId, property.id, one);
  }
}

function noRows(known: RegisteredClass): FlatRows {
  if (known.id === null) throw new Error(`class ${known.name} is not stored yet`);
  const columns = known.columns().map(one => propertyColumn(one.id ?? 0));
  return { table: classTable(known.id), columns: ['resource_id', 'row_no', ...columns], values: [] };
}

function noArrays(): FlatRows {
  return { table: 'resource_value', columns: ['resource_id', 'property_id', 'value'], values: [] };
}

function encodeScalar(property: RegisteredProperty, value: Scalar | Scalar[]): SqlValue {
  if (!Array.isArray(value)) return encodeValue(property.type, value);
  const [only, ...more] = value;
  return only === undefined || more.length > 0 ? null : encodeValue(property.type, only);
}
