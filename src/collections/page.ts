import { z } from 'zod';
import { Problem } from '../base/index.ts';

/** Where the next page of a list begins: after this name and number. */
export interface Position {
  name: string;
  num: number;
}

const position = z.tuple([z.string(), z.number()]);

/** A position as an opaque cursor. */
export function cursorOf({ name, num }: Position): string {
  return Buffer.from(JSON.stringify([name, num])).toString('base64url');
}

/**
 * The position that a cursor stands for; undefined for the first page.
 * @throws Problem cursor-invalid
 */
export function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [name, num] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { name, num };
  } catch (error) {
    throw new Problem(
      'invalid',
      'cursor-invalid',
      'The cursor is not one that a list has given.',
      'Begin again without a cursor.',
      { cause: error },
    );
  }
}

/** Cuts rows, of which one more than `limit` was asked for, to a page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  place: (row: T) => Position,
): { rows: readonly T[]; next: string | null } {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { rows, next: null };
  return { rows: rows.slice(0, limit), next: cursorOf(place(last)) };
}
