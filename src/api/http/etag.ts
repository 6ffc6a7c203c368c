import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../base/index.ts';
import { settled } from '../audit/changes.ts';

/** The tag of a state of something: another one as soon as somebody has changed it, whatever moves by itself. */
export function etagOf(state: unknown): string | undefined {
  const fields = settled(state);
  if (!fields) return undefined;
  return `"${createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 27)}"`;
}

/**
 * Refuses a change to something that has been changed since whoever asks has read it (RFC 9110, If-Match).
 * @throws Problem `changed-meanwhile` (412)
 */
export function requireMatch(request: FastifyRequest, state: unknown): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined) return;
  const present = etagOf(state);
  const matches = wanted.split(',').map(tag => tag.trim());
  if (present !== undefined && (matches.includes('*') || matches.includes(present))) return;
  throw new Problem(
    'conflict',
    'changed-meanwhile',
    'Somebody has changed this since you read it; nothing was changed.',
    'Read it again, look at what has changed, and repeat your change.',
  );
}

/** Lets changes that depend on a state come one after another, so that two of the same state can't both pass. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}
