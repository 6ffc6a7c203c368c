/** The object id of the n-th member of a benchmark's group. */
export function objectId(n: number): string {
  const hex = n.toString(16);
  return `${hex.padStart(8, '0')}-0000-4000-8000-${hex.padStart(12, '0')}`;
}
