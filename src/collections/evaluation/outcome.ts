import type { CollectionNode } from '../graph/graph.ts';
import type { Delta } from './memberships.ts';

/** What an evaluation has found for one collection. */
export interface Outcome extends Delta {
  node: CollectionNode;
  /** Everything was looked at, not only what changed. */
  full: boolean;
  /** How many members it has now. */
  members: number;
  /** Time spent on it, in milliseconds. */
  ms: number;
  /** Why a query rule of it could not run, as a sentence; who was a member then stays one within the limiting. */
  error: string | null;
}
