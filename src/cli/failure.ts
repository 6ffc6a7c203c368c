import { CommanderError } from 'commander';
import { Problem, problemData } from '../base/index.ts';
import { type ExitCode, exit, exitOf } from './exit.ts';

/** Thrown (as the reason of the signal) when Ctrl-C ended a command. */
export class Interrupted extends Error {
  constructor() {
    super('Stopped.');
    this.name = 'Interrupted';
  }
}

/** What a command that did not succeed tells: the shell its code, a person two lines, a program an object. */
export interface Failure {
  exitCode: ExitCode;
  /** Absent where all has been said already: help was asked for. */
  error?: { code: string; message: string; hint: string };
}

/** What any thrown value means. Whatever is no Problem and no wrong usage is a defect, and says so. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return usageFailure(error);
  if (error instanceof Interrupted) {
    const hint = 'What was done stays done; the next run goes on from there.';
    return { exitCode: exit.interrupted, error: { code: 'interrupted', message: 'Stopped.', hint } };
  }
  const { kind, code, message, hint } = problemData(error);
  if (error instanceof Problem && code === 'usage')
    return { exitCode: exit.usage, error: { code, message, hint } };
  return { exitCode: exitOf(kind), error: { code, message, hint } };
}

/** Wrong usage that commander does not see: options that do not go together, arguments that are missing. */
export function usage(message: string, hint: string): Problem {
  return new Problem('invalid', 'usage', message, hint);
}

/** Writes a failure to stderr: two lines, or with -o json an object. */
export function writeFailure(failure: Failure, json: boolean, write: (text: string) => unknown): void {
  const { error } = failure;
  if (!error) return;
  if (json) write(`${JSON.stringify({ error })}\n`);
  else write(`${oneLine(error.message)}\n${oneLine(error.hint)}\n`);
}

const asked = ['commander.helpDisplayed', 'commander.version'];

function usageFailure(error: CommanderError): Failure {
  if (asked.includes(error.code)) return { exitCode: exit.done };
  // A command that only holds others: commander has shown what they are.
  if (error.code === 'commander.help') return { exitCode: exit.usage };
  const [what = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = more.join(' ').trim();
  const hint = `${suggestion ? `${suggestion.replace(/^\(|\)$/g, '')} ` : ''}Add --help to see how the command is used.`;
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}${/[.!?]$/.test(what) ? '' : '.'}`;
  return { exitCode: exit.usage, error: { code: 'usage', message, hint } };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
