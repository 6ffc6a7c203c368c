import { Cron } from 'croner';
import { fold, Problem } from '../base/index.ts';
import type { Queries, ResourceType } from '../store/index.ts';
import { type CollectionRow, requireCollection } from './reference.ts';

/** Ids of the built-in collections that hold every resource of a type. */
const allOf: Record<ResourceType, string> = { device: 'SMS00001', user: 'SMS00002' };

/**
 * A name fit for a collection, without blanks around it.
 * @param except number of the collection that may have it already
 * @throws Problem collection-name-empty, collection-name-too-long, collection-exists
 */
export async function requireFreeName(db: Queries, given: string, except?: number): Promise<string> {
  const name = given.trim();
  if (name === '') {
    throw new Problem('invalid', 'collection-name-empty', 'A collection needs a name.', 'Give it one.');
  }
  if (name.length > 255) {
    throw new Problem(
      'invalid',
      'collection-name-too-long',
      `The name "${name.slice(0, 40)}…" has ${name.length} characters; 255 are allowed.`,
      'Choose a shorter name and put the rest into the comment.',
    );
  }
  const taken = await db
    .selectFrom('collection')
    .select(['num', 'id', 'name'])
    .where('name_key', '=', fold(name))
    .executeTakeFirst();
  if (!taken || taken.num === except) return name;
  throw new Problem(
    'conflict',
    'collection-exists',
    `There is already a collection named "${taken.name}" (${taken.id}).`,
    'Choose another name; upper and lower case make no difference.',
  );
}

/**
 * The collection that limits others of a type: the one named, else All Systems or All Users.
 * @throws Problem collection-not-found, collection-type-differs
 */
export async function limitingFor(
  db: Queries,
  type: ResourceType,
  ref: string | undefined,
): Promise<CollectionRow> {
  const limiting = await requireCollection(db, ref ?? allOf[type]);
  requireType(limiting, type, 'limited to');
  return limiting;
}

/**
 * Refuses a collection of the other type.
 * @param use how it would be used, in the passive: 'limited to'
 */
export function requireType(other: CollectionRow, type: ResourceType, use: string): void {
  if (other.type === type) return;
  throw new Problem(
    'invalid',
    'collection-type-differs',
    `A ${type} collection can not be ${use} ${other.name} (${other.id}), which holds ${other.type}s.`,
    `Choose a ${type} collection.`,
  );
}

/**
 * A cron expression in its trimmed form, or null for none.
 * @throws Problem schedule-invalid
 */
export function requireSchedule(given: string | null | undefined): string | null {
  const schedule = given?.trim() ?? '';
  if (schedule === '') return null;
  try {
    new Cron(schedule, { paused: true });
    return schedule;
  } catch (error) {
    throw new Problem(
      'invalid',
      'schedule-invalid',
      `"${schedule}" is not a cron expression.`,
      'Write five fields, minute hour day month weekday; "0 3 * * 0" is every Sunday at three.',
      { cause: error },
    );
  }
}
