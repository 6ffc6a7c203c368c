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

/**
 * Lets changes of one kind of thing that depend on its state come one after another, so that two of the same state can't
 * both pass. Other kinds do not wait: the removal of a mapping may take as long as Entra does.
 */
export function createTurns(): <T>(kind: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (kind, work) => {
    const before = last.get(kind) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(
      kind,
      mine.catch(() => {}),
    );
    return mine;
  };
}
