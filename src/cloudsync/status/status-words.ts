// How a mapping stands, in one word (docs/concepts.md, "Status"). Pure.

export type StatusWord =
  | 'Success'
  | 'Partial Success'
  | 'Failed'
  | 'In Progress'
  | 'Awaiting Approval'
  | 'Disabled';

/** What the word follows from. */
export interface Standing {
  /** The tenant's groups are not synchronized. */
  off: boolean;
  /** The last run was stopped as a whole. */
  problem: boolean;
  /** A plan waits for approval. */
  held: boolean;
  /** At least one run has ended. */
  everRun: boolean;
  completed: number;
  inProgress: number;
  /** Failed additions and removals. */
  failed: number;
}

/** Success: all; Partial Success: some; Failed: none. Who is Not in Entra is no failure. */
export function statusWord(standing: Standing): StatusWord {
  const { off, problem, held, everRun, completed, inProgress, failed } = standing;
  if (off) return 'Disabled';
  if (problem) return 'Failed';
  if (held) return 'Awaiting Approval';
  if (inProgress > 0 || !everRun) return 'In Progress';
  if (failed === 0) return 'Success';
  return completed > 0 ? 'Partial Success' : 'Failed';
}
