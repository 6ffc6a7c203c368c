import { type RawBuilder, sql } from 'kysely';

/** Whether a column of folded text contains a piece of folded text. */
export function contains(column: string, piece: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} like ${`%${escaped(piece)}%`} escape '\\'`;
}

/** Whether a column begins with a text. */
export function beginsWith(column: string, text: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} like ${`${escaped(text)}%`} escape '\\'`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
