import { Problem } from '../../base/index.ts';

/**
 * The place in a feed that a cursor stands for.
 * @throws Problem `bad-page` when it is none of ours
 */
export function positionOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Problem(
    'invalid',
    'bad-page',
    'The page asked for does not exist.',
    'Start from the first page.',
  );
}
