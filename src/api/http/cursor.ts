import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Problem } from '../../base/index.ts';
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
export function sealedCursors(list: RouteName): Cursors {
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

/** Of this run of the server: a cursor from before is one from nowhere. */
const [sealKey, nonceKey] = [randomBytes(32), randomBytes(32)];
const [nonceBytes, tagBytes] = [12, 16];

/** AES-256-GCM with the nonce made from the text: the same place has the same cursor, by which pages are known again. */
function seal(text: string): string {
  const nonce = createHmac('sha256', nonceKey).update(text).digest().subarray(0, nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text of a sealed one. @throws whatever is wrong with it */
function open(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = bytes.subarray(nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
