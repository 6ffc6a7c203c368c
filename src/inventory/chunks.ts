/** How many values a list in a query gets: few statements, and far below what databases allow. */
const listSize = 500;

/** Cuts values into lists of at most `size`. */
export function* chunks<T>(values: Iterable<T>, size: number = listSize): Generator<T[]> {
  let chunk: T[] = [];
  for (const value of values) {
    chunk.push(value);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
