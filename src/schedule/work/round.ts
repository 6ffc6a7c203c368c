import type { DueGroup } from '../../cloudsync/index.ts';

// Which groups a round of the schedule brings in step itself, and which it leaves to a job of their own, so that a
// group with three changes never waits for one with 200,000. Pure.

/** Beyond so many writes, a minute of Graph's quota, a group is run apart. */
const apartFrom = 1_000;
/** So many writes fit into the time until the next round. */
const roundHolds = 4_000;

/** What becomes of the groups that are due. */
export interface Split {
  /** Ids of the groups that this round brings in step. */
  now: number[];
  /** Ids of those that are run apart, beside the rounds to come: first those from which somebody is to go. */
  apart: number[];
}

/**
 * Splits what is due.
 * @param due those with the least to do first
 * @param under ids of the groups that are being run apart since an earlier round: they are left to that
 */
export function splitRound(due: readonly DueGroup[], under: ReadonlySet<number>): Split {
  const [now, apart]: [DueGroup[], DueGroup[]] = [[], []];
  let sum = 0;
  for (const group of due) {
    if (under.has(group.id)) continue;
    sum += group.effort;
    (group.effort < apartFrom && sum <= roundHolds ? now : apart).push(group);
  }
  apart.sort((a, b) => Number(b.removes) - Number(a.removes));
  return { now: now.map(idOf), apart: apart.map(idOf) };
}

const idOf = ({ id }: DueGroup) => id;
