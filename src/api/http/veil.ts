import { sql } from 'kysely';
import { fold, Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';

/** What stands in the place of a collection that may not be seen: that there is one is told, not which. */
const veiled = { id: '…', name: 'A collection that you may not see' } as const;

/** Texts that somebody has written and would send back as they are. */
const asWritten = new Set(['query', 'wql', 'comment']);

/** Lists with a row for each collection that something was done to or that uses another: with figures, or all that a name is. */
const rowsOfCollections = new Set(['evaluated', 'errors', 'dependents']);

/** What the id of a collection looks like: site code and number (collections/create.ts). */
const idShape = /(?<![a-z0-9])[a-z0-9]{3}[0-9a-f]{5}(?![a-z0-9])/gi;

/** Takes names and ids of hidden collections out of what is answered, wherever they stand. */
export type Veil = <T>(value: T) => Promise<T>;

/** What of an answer is kept back. */
interface Hidden {
  nameOf: ReadonlyMap<string, string>;
  names: ReadonlySet<string>;
  /** Whether whoever asks has given the id itself: it is answered in the words for one that does not exist. */
  isGiven: (id: string) => boolean;
}

/**
 * The veil for somebody who is limited to some collections. Collections are bound to one another (limiting, include,
 * exclude, groups with several feeders), and an answer about one tells of others; this is the one place where their
 * names are kept back. The built-in collections are known to everybody. Collections are looked up by what an answer
 * names, so that it costs as much as the answer is long, however many there are.
 * @param visible numbers of the collections that may be seen; undefined: all, and nothing is kept back
 * @param asked the body of the request
 */
export function veilFor(
  store: Store,
  visible: readonly number[] | undefined,
  asked: unknown = undefined,
): Veil {
  if (!visible) return async value => value;
  const seen = new Set(visible);
  const given = JSON.stringify(asked) ?? '';
  return async value => {
    const nameOf = await hiddenAmong(store, seen, mentioned(value));
    if (nameOf.size === 0) return value;
    const hidden = { nameOf, names: new Set(nameOf.values()), isGiven: (id: string) => given.includes(id) };
    return veil(value, hidden) as typeof value;
  };
}

/** The problem as it may be told: its words may name collections on the way, such as those of a cycle. */
export async function veiledProblem(error: unknown, over: Veil): Promise<unknown> {
  if (!(error instanceof Problem)) return error;
  const { kind, code, message, hint } = error;
  const told = await over({ message, hint });
  return new Problem(kind, code, told.message, told.hint, { cause: error });
}

/** Those of the collections named in an answer that may not be seen: name by id. */
async function hiddenAmong(
  store: Store,
  seen: ReadonlySet<number>,
  { ids, quoted }: { ids: readonly string[]; quoted: readonly string[] },
): Promise<Map<string, string>> {
  const rows =
    ids.length + quoted.length === 0
      ? []
      : await store.db
          .selectFrom('collection')
          .select(['num', 'id', 'name'])
          .where('built_in', '=', 0)
          .where(
            sql<boolean>`(id in ${store.dialect.among(ids)} or name_key in ${store.dialect.among(quoted.map(fold))})`,
          )
          .execute();
  return new Map(rows.filter(({ num }) => !seen.has(num)).map(({ id, name }) => [id, name]));
}

/** What in an answer looks like the id of a collection, and what stands in quotation marks. */
function mentioned(value: unknown): { ids: string[]; quoted: string[] } {
  const ids = new Set<string>();
  const quoted = new Set<string>();
  const look = (inner: unknown): void => {
    if (typeof inner === 'string') {
      for (const [id] of inner.matchAll(idShape)) ids.add(id.toUpperCase());
      for (const part of inner.split('"').slice(1, -1)) quoted.add(part);
    } else if (inner !== null && typeof inner === 'object') {
      for (const each of Object.values(inner)) look(each);
    }
  };
  look(value);
  return { ids: [...ids], quoted: [...quoted] };
}

function veil(value: unknown, hidden: Hidden): unknown {
  if (typeof value === 'string') return inText(value, hidden);
  if (Array.isArray(value)) return value.map(each => veil(each, hidden));
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value);
  const names = new Set(
    fields.flatMap(([, inner]) => (typeof inner === 'string' ? (hidden.nameOf.get(inner) ?? []) : [])),
  );
  return Object.fromEntries(
    fields.map(([field, inner]) => {
      if (asWritten.has(field)) return [field, inner];
      // A name beside an id: of the collection itself, or of a rule that bears its name.
      if (/name$/i.test(field) && names.has(inner as string)) return [field, veiled.name];
      if (rowsOfCollections.has(field) && Array.isArray(inner)) return [field, seenRows(inner, hidden)];
      return [field, veil(inner, hidden)];
    }),
  );
}

/** The rows of collections that may be seen: of the others not even the figures are told. */
function seenRows(rows: readonly unknown[], hidden: Hidden): unknown[] {
  return rows.filter(row => !(isNamed(row) && hidden.nameOf.has(row.id))).map(row => veil(row, hidden));
}

function isNamed(row: unknown): row is { id: string } {
  return row !== null && typeof row === 'object' && 'id' in row && typeof row.id === 'string';
}

/** Ids by themselves or in a sentence, with the name before them, and names in quotation marks. */
function inText(text: string, { nameOf, names, isGiven }: Hidden): string {
  let told = text;
  for (const [id] of text.matchAll(idShape)) {
    const name = nameOf.get(id.toUpperCase());
    if (name === undefined) continue;
    told = told.replaceAll(`${name} (${id})`, veiled.name);
    if (!isGiven(id)) told = told.replaceAll(id, veiled.id);
  }
  if (!told.includes('"')) return told;
  return told
    .split('"')
    .map((part, n, parts) => (n > 0 && n < parts.length - 1 && names.has(part) ? veiled.name : part))
    .join('"');
}
