import { Problem } from '../../base/index.ts';
import type { Secrets } from '../../directory/index.ts';
import type { RouteName } from '../contract/index.ts';

/** How the cursors of a list are told. */
interface Cursors {
  /** The query of a request, with the cursor as the list knows it. @throws Problem `bad-page` */
  opened(query: unknown): unknown;
  /** The answer of a list, with the cursor as it is told. */
  sealed(answer: unknown): unknown;
}

/** As the lists have them. */
export const openCursors: Cursors = { opened: query => query, sealed: answer => answer };

/**
 * Sealed, for who is limited: a cursor holds the place of its last row, names and numbers that the row itself may not
 * show, and one that somebody makes up would ask whether a hidden name comes before it.
 */
export function sealedCursors({ seal, open }: Secrets, list: RouteName): Cursors {
  return {
    opened(query) {
      if (!isObject(query) || typeof query.after !== 'string') return query;
      return { ...query, after: cursorIn(query.after) };
    },
    sealed(answer) {
      if (!isObject(answer) || typeof answer.next !== 'string') return answer;
      return { ...answer, next: seal(`${list} ${answer.next}`) };
    },
  };

  function cursorIn(sealed: string): string {
    try {
      const [of, cursor] = open(sealed).split(' ');
      if (of === list && cursor !== undefined) return cursor;
    } catch {
      // Not one that was given out.
    }
    throw new Problem(
      'invalid',
      'bad-page',
      'The page asked for does not exist, or is one of another list.',
      'Start from the first page.',
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
