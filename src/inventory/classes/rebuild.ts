import { sql, type Transaction } from 'kysely';
import type { Database, Dialect } from '../../store/index.ts';
import { classRows } from '../resources/document.ts';
import { headOf, parseDocument } from '../resources/resource-row.ts';
import { classTable } from './class-table.ts';
import { ClassWriter } from './class-writer.ts';
import type { RegisteredClass } from './registered-class.ts';

const pageSize = 1_000;

/**
 * Makes the rows of a class again from the documents of its resources, with the types that the registry has now: after a
 * property was widened, or to repair. Reads a page of documents at a time.
 */
export async function rebuildClass(
  tx: Transaction<Database>,
  dialect: Dialect,
  known: RegisteredClass,
): Promise<void> {
  if (known.id === null) return;
  await sql`delete from ${sql.table(classTable(known.id))}`.execute(tx);
  const arrays = [...known.properties()].flatMap(one => (one.isArray && one.id !== null ? [one.id] : []));
  if (arrays.length > 0) await tx.deleteFrom('resource_value').where('property_id', 'in', arrays).execute();
  const writer = new ClassWriter();
  let after = 0;
  for (;;) {
    const page = await tx
      .selectFrom('resource')
      .selectAll()
      .where('type', '=', known.resourceType)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
    for (const resource of page) {
      for (const [name, rows] of classRows(headOf(resource), parseDocument(resource.document))) {
        if (name === known.name) writer.add(known, resource.id, rows);
      }
    }
    await writer.flush(tx, dialect);
  }
}
