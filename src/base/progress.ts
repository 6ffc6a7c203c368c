import type { Clock } from './clock.ts';

/** One step of long work, for a progress bar or a status page. */
export interface Progress {
  /** What is being done, in plain words: "Reading devices from Entra". */
  phase: string;
  /** How many units are done. */
  done: number;
  /** Of how many; absent while that is not known. */
  total?: number;
  /** The unit in plural: "devices", "members", "collections". */
  unit?: string;
  /** Of work that tells what it finds: the steps so far, each with the group that it is about, if any. */
  steps?: ToldStep[];
}

/** A step of pushing one member through, in words, as it happened. */
export interface ToldStep {
  groupName: string | null;
  step: 'inventory' | 'collection' | 'identity' | 'group' | 'action' | 'answer';
  /** stopped: it goes no further; failed: Entra has refused. */
  outcome: 'ok' | 'stopped' | 'held' | 'failed';
  text: string;
}

/** Takes the progress of a piece of work; called as often as the work likes, so it must be cheap. */
export type Report = (progress: Progress) => void;

/** Takes progress and drops it. */
export const silent: Report = () => {};

/** What every long piece of work is given. */
export interface WorkContext {
  clock: Clock;
  report: Report;
  /** Aborted when the work is to stop at the next safe point. */
  signal: AbortSignal;
}
