import { Option } from 'commander';
import { Problem } from '../base/index.ts';
import { readText } from './files.ts';
import type { Terminal } from './terminal.ts';

/** How a secret is given: never as an argument, which everybody on the machine can read. */
export type SecretOptions = Readonly<Record<string, unknown>>;

/** The two options by which a secret is given: `--<name>-env` and `--<name>-file`. */
export function secretOptions(name: string): Option[] {
  return [
    new Option(`--${name}-env <variable>`, `environment variable that holds the ${words(name)}`).conflicts(
      `${camel(name)}File`,
    ),
    new Option(`--${name}-file <file>`, `file that holds the ${words(name)}`),
  ];
}

/** The secret that was given; undefined when none was. @throws Problem `no-secret`, or why the file can not be read */
export async function secretFrom(
  name: string,
  options: SecretOptions,
  env: Terminal['env'],
): Promise<string | undefined> {
  const variable = options[`${camel(name)}Env`];
  const file = options[`${camel(name)}File`];
  if (typeof file === 'string') return (await readText(file, `--${name}-file`)).trim();
  if (typeof variable !== 'string') return undefined;
  return secretOf(variable, words(name), env);
}

/** The secret that an environment variable holds. @throws Problem `no-secret` where it holds none */
export function secretOf(variable: string, what: string, env: Terminal['env']): string {
  const secret = env[variable];
  if (secret) return secret;
  throw new Problem(
    'invalid',
    'no-secret',
    `The environment variable ${variable} is ${secret === undefined ? 'not set' : 'empty'}.`,
    `Put the ${what} into it, for this one command: ${variable}=… rollcall …`,
  );
}

/** `client-secret` as people say it. */
function words(name: string): string {
  return name.replaceAll('-', ' ');
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
