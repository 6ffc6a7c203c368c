/** The object id of the n-th member of a benchmark's group, or of the n-th object of its directory. */
export function objectId(n: number): string {
  const hex = n.toString(16);
  return `${hex.padStart(8, '0')}-0000-4000-8000-${hex.padStart(12, '0')}`;
}

/** The deviceId of the n-th device. In no order, as real ones are. */
export function deviceId(n: number): string {
  const mixed = Math.imul(n, 0x9e3779b1) >>> 0;
  return `${mixed.toString(16).padStart(8, '0')}-0000-4000-9000-${n.toString(16).padStart(12, '0')}`;
}

/** The security identifier of the n-th user on-premises. */
export function sid(n: number): string {
  return `S-1-5-21-1004336348-1177238915-682003330-${1000 + n}`;
}
