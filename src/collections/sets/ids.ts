import { type Ids, noIds } from './idset.ts';

/** Reads ids written as decimal numbers with commas between, as `string_agg` gives them; null and '' are none. */
export function parseIds(text: string | null): Ids {
  if (text === null || text === '') return noIds;
  let commas = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) commas += 1;
  const ids = new Int32Array(commas + 1);
  let next = 0;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 44) {
      ids[next] = value;
      next += 1;
      value = 0;
    } else {
      value = value * 10 + (code - 48);
    }
  }
  ids[next] = value;
  return ids;
}

/** All ids of the lists, ascending, none twice. */
export function unionOf(lists: readonly Ids[]): Ids {
  const [first, ...rest] = lists.filter(list => list.length > 0);
  if (!first) return noIds;
  if (rest.length === 0) return first;
  const all = new Set<number>();
  for (const list of lists) for (const id of list) all.add(id);
  return Int32Array.from(all).sort();
}
