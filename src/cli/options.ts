import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Terminal } from './terminal.ts';

/** The options that stand before every command. */
export interface GlobalOptions {
  data?: string;
  server?: string;
  output: 'table' | 'json' | 'csv';
  tokenFile?: string;
  serverCa?: string;
}

/**
 * The folder of the store: --data, else ROLLCALL_DATA, else where the system keeps data of programs
 * (XDG Base Directory on Linux).
 */
export function dataFolder(options: Pick<GlobalOptions, 'data'>, env: Terminal['env']): string {
  const given = options.data ?? env.ROLLCALL_DATA;
  if (given) return resolve(given);
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Rollcall');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Rollcall');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'rollcall');
}

/** An option that takes a whole number. */
export function wholeNumber(flags: string, description: string, least: number, most: number): Option {
  return new Option(flags, description).argParser(text => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  });
}

/** An option that takes on or off, and gives true or false. */
export function onOff(flags: string, description: string): Option {
  return new Option(`${flags} <on|off>`, description).argParser(text => {
    if (text === 'on') return true;
    if (text === 'off') return false;
    throw new InvalidArgumentError('It must be on or off.');
  });
}

/** An option that takes an http or https address. */
export function address(flags: string, description: string): Option {
  return new Option(flags, description).argParser(text => {
    if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
    throw new InvalidArgumentError('It must be an address such as https://rollcall.contoso.com.');
  });
}

/** An option that takes one of a few words. */
export function oneOf(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words);
}

/** The option of every list. JSON and CSV print all rows unless it is given; a table 100. */
export function limitOption(): Option {
  return wholeNumber(
    '--limit <n>',
    'print at most N rows (default: a table 100, json and csv all)',
    1,
    100_000_000,
  );
}
