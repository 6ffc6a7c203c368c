import { Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';

/** What stands in the place of a collection that may not be seen: that there is one is told, not which. */
export const veiled = { id: '…', name: 'A collection that you may not see' } as const;

/** Texts that somebody has written and would send back as they are. */
const asWritten = new Set(['query', 'wql', 'comment']);

/** Takes names and ids of hidden collections out of what is answered, wherever they stand. */
export type Veil = <T>(value: T) => T;

/**
 * The veil for somebody who is limited to some collections. Collections are bound to one another (limiting, include,
 * exclude, groups with several feeders), and an answer about one tells of others; this is the one place where their
 * names are kept back. The built-in collections are known to everybody.
 * @param visible numbers of the collections that may be seen; undefined: all, and nothing is kept back
 * @param asked the body of the request
 */
export async function veilFor(
  store: Store,
  visible: readonly number[] | undefined,
  asked: unknown = undefined,
): Promise<Veil> {
  if (!visible) return value => value;
  const seen = new Set(visible);
  const rows = await store.db
    .selectFrom('collection')
    .select(['num', 'id', 'name'])
    .where('built_in', '=', 0)
    .execute();
  // What somebody names is answered in the words for one that does not exist, its own among them.
  const named = JSON.stringify(asked) ?? '';
  const hidden = new Map(
    rows.filter(({ num, id }) => !seen.has(num) && !named.includes(id)).map(({ id, name }) => [id, name]),
  );
  return value => (hidden.size === 0 ? value : (veil(value, hidden) as typeof value));
}

/** The problem as it may be told: its words may name collections on the way, such as those of a cycle. */
export function veiledProblem(error: unknown, over: Veil): unknown {
  if (!(error instanceof Problem)) return error;
  const { kind, code, message, hint } = error;
  return new Problem(kind, code, over(message), over(hint), { cause: error });
}

function veil(value: unknown, hidden: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return inText(value, hidden);
  if (Array.isArray(value)) return value.map(each => veil(each, hidden));
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value);
  const names = new Set(
    fields.flatMap(([, inner]) => (typeof inner === 'string' ? (hidden.get(inner) ?? []) : [])),
  );
  return Object.fromEntries(
    fields.map(([field, inner]) => {
      if (asWritten.has(field)) return [field, inner];
      // A name beside an id: of the collection itself, or of a rule that bears its name.
      if (/name$/i.test(field) && names.has(inner as string)) return [field, veiled.name];
      return [field, veil(inner, hidden)];
    }),
  );
}

/** Ids by themselves or in a sentence, with the name before them, and names in quotation marks. */
function inText(text: string, hidden: ReadonlyMap<string, string>): string {
  if (hidden.has(text)) return veiled.id;
  let told = text;
  for (const [id, name] of hidden) {
    if (told.includes(id)) told = told.replaceAll(`${name} (${id})`, veiled.name).replaceAll(id, veiled.id);
    if (told.includes(`"${name}"`)) told = told.replaceAll(`"${name}"`, `"${veiled.name}"`);
  }
  return told;
}
