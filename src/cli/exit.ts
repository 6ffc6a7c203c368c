import type { ProblemKind } from '../base/index.ts';

/** What the command tells the shell (docs/command-line.md). */
export const exit = {
  done: 0,
  error: 1,
  usage: 2,
  someMembersFailed: 3,
  held: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/** The exit code of a problem. */
export function exitOf(kind: ProblemKind): ExitCode {
  return kind === 'held' ? exit.held : exit.error;
}
