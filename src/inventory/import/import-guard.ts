/** Above which number of removals a complete import waits for approval. */
export interface RemovalLimits {
  /** More than this many are held. */
  max: number;
  /** More than this share in percent is held, where there are at least `percentFrom` resources. */
  percent: number;
}

/** The limits of Entra Connect (500) and octoDNS (30 % of ten or more), as for groups. */
export const defaultRemovalLimits: RemovalLimits = { max: 500, percent: 30 };

/** Below this many resources a share says nothing. */
const percentFrom = 10;

/** What a complete import would remove, and what it has seen. */
export interface Removals {
  /** Resources that this source brought before, of the types in question. */
  existing: number;
  /** Those of them that the file lacks. */
  missing: number;
  /** Sound lines in the file. */
  sound: number;
  /** Lines that could not be read so far that the resource they mean is known. */
  unreadable: number;
}

/** Null: the removals may go; else a sentence saying why they are held. */
export function holdRemovals(removals: Removals, limits: RemovalLimits): string | null {
  const { existing, missing, sound, unreadable } = removals;
  if (missing === 0) return null;
  if (sound === 0) return 'The file has no sound line.';
  if (unreadable > 0) return `${unreadable} unreadable lines may mean resources that would be removed.`;
  if (missing > limits.max) return `${missing} removals are more than ${limits.max}.`;
  if (existing >= percentFrom && missing * 100 > existing * limits.percent) {
    return `${missing} removals are more than ${limits.percent} % of ${existing} resources.`;
  }
  return null;
}
