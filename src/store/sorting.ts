import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { Problem } from '../base/index.ts';

/** A field that a list can be sorted by: the column, which is never null, and its value in a row. */
export interface SortField<Row> {
  column: RawBuilder<unknown>;
  value(row: Row): string | number;
}

/** Where and how a page of a sorted list is read. */
export interface SortedPage<Row> {
  /** For `order by`. */
  orderBy: RawBuilder<unknown>;
  /** For `where`: the rows after the cursor; undefined on the first page. */
  after: RawBuilder<unknown> | undefined;
  /**
   * The same in stretches, one after another: the rows that are like the last one but for the key, then those beyond it.
   * An index finds where each begins, however many rows have one value; of a comparison of rows it may not.
   */
  stretches: readonly (RawBuilder<unknown> | undefined)[];
  /** Cuts rows, of which one more than the limit was asked for, to a page. */
  page(rows: readonly Row[], limit: number): { rows: readonly Row[]; next: string | null };
}

interface Term<Row> {
  field: SortField<Row>;
  descending: boolean;
}

const place = z.object({ s: z.string(), v: z.array(z.union([z.string(), z.number()])) });

/**
 * A list by pages, sorted as asked: `name,-memberCount`. The cursor holds the values of the last row, so that pages
 * neither repeat nor lose rows when others come and go meanwhile.
 * @param fields what it can be sorted by
 * @param key tells every two rows apart; it comes last
 * @param usual how it is sorted unless asked otherwise
 * @throws Problem `sort-unknown`, or `bad-page` for a cursor of another list or another order
 */
export function sortedPage<Row>(
  fields: Readonly<Record<string, SortField<Row>>>,
  key: SortField<Row>,
  usual: string,
  { sort, after }: { sort?: string | undefined; after?: string | undefined },
): SortedPage<Row> {
  const order = sort ?? usual;
  const asked = termsOf(fields, order);
  // The key goes the way of the others, so that one comparison will do and an index serves.
  const terms = [...asked, { field: key, descending: asked.every(({ descending }) => descending) }];
  const values = after === undefined ? undefined : valuesOf(after, order, terms.length);
  return {
    orderBy: sql.join(
      terms.map(({ field, descending }) => sql`${field.column} ${descending ? sql`desc` : sql`asc`}`),
    ),
    after: values && afterPlace(terms, values),
    stretches: values ? waysBeyond(terms, values).reverse() : [undefined],
    page(rows, limit) {
      const last = rows[limit - 1];
      if (rows.length <= limit || last === undefined) return { rows, next: null };
      return { rows: rows.slice(0, limit), next: cursorOf(order, terms, last) };
    },
  };
}

function termsOf<Row>(fields: Readonly<Record<string, SortField<Row>>>, order: string): Term<Row>[] {
  return order.split(',').map(word => {
    const name = word.replace(/^-/, '');
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field) return { field, descending: word.startsWith('-') };
    throw new Problem(
      'invalid',
      'sort-unknown',
      `The list can not be sorted by "${name}".`,
      `Sort it by: ${Object.keys(fields).join(', ')}; with a minus before for the other way round.`,
    );
  });
}

/** Rows after a place: beyond it in the first column that differs. One comparison where all go the same way. */
function afterPlace<Row>(
  terms: readonly Term<Row>[],
  values: readonly (string | number)[],
): RawBuilder<unknown> {
  const columns = terms.map(({ field }) => field.column);
  const down = terms.filter(({ descending }) => descending).length;
  if (down === 0) return sql`(${sql.join(columns)}) > (${sql.join(values)})`;
  if (down === terms.length) return sql`(${sql.join(columns)}) < (${sql.join(values)})`;
  return sql`(${sql.join(waysBeyond(terms, values), sql` or `)})`;
}

/** The ways to be beyond a place: in the first column, or like it there and beyond in the second, and so on. */
function waysBeyond<Row>(
  terms: readonly Term<Row>[],
  values: readonly (string | number)[],
): RawBuilder<unknown>[] {
  const columns = terms.map(({ field }) => field.column);
  return terms.map(({ descending }, n) => {
    const equal = columns.slice(0, n).map((column, m) => sql`${column} = ${values[m]}`);
    const beyond = descending ? sql`${columns[n]} < ${values[n]}` : sql`${columns[n]} > ${values[n]}`;
    return sql`(${sql.join([...equal, beyond], sql` and `)})`;
  });
}

function cursorOf<Row>(order: string, terms: readonly Term<Row>[], row: Row): string {
  const values = terms.map(({ field }) => field.value(row));
  return Buffer.from(JSON.stringify({ s: order, v: values })).toString('base64url');
}

function valuesOf(cursor: string, order: string, count: number): (string | number)[] {
  try {
    const { s, v } = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (s === order && v.length === count) return v;
  } catch {
    // Not one that a list has given.
  }
  throw new Problem(
    'invalid',
    'bad-page',
    'The page asked for does not exist, or is one of the list in another order.',
    'Start from the first page.',
  );
}
