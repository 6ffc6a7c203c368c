import type { Outcome } from './outcome.ts';

/** What became of one collection. */
export interface EvaluatedCollection {
  id: string;
  name: string;
  joined: number;
  left: number;
  members: number;
  /** Milliseconds. */
  ms: number;
  full: boolean;
  error: string | null;
}

/** What an evaluation did. */
export interface EvaluationResult {
  mode: 'full' | 'incremental';
  /** Collections that changed, failed or were named; the others that were looked at are only counted. */
  evaluated: EvaluatedCollection[];
  /** How many collections were looked at. */
  lookedAt: number;
  /** How many resources the change feed brought. */
  changedResources: number;
  joined: number;
  left: number;
  failed: number;
  /** Milliseconds. */
  ms: number;
}

/** The result of an evaluation that has not looked at anything yet. */
export function emptyResult(mode: EvaluationResult['mode'], changedResources: number): EvaluationResult {
  return { mode, evaluated: [], lookedAt: 0, changedResources, joined: 0, left: 0, failed: 0, ms: 0 };
}

/** Adds what was found for a collection; `named`: it is listed even if nothing has changed. */
export function addOutcome(result: EvaluationResult, outcome: Outcome, named: boolean): void {
  const { node, members, ms, full, error } = outcome;
  const joined = outcome.joined.length;
  const left = outcome.left.length;
  result.lookedAt += 1;
  result.joined += joined;
  result.left += left;
  if (error !== null) result.failed += 1;
  if (joined + left === 0 && error === null && !named) return;
  result.evaluated.push({ id: node.id, name: node.name, joined, left, members, ms, full, error });
}
