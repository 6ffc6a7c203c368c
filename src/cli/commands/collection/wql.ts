import { extname } from 'node:path';
import type { Command } from 'commander';
import type { WqlCheck } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import { exit } from '../../exit.ts';
import { readText } from '../../files.ts';
import { branch, leaf } from '../../help.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

/** A query of a file, and where it begins there. */
interface Found {
  file: string;
  /** Which line of a .jsonl file; 0 where the whole file is the query. */
  entry: number;
  wql: string;
}

/** One mistake, with the place in the file to go to. */
interface Mistake {
  file: string;
  /** Which line of a .jsonl file the query is; 0 where the whole file is the query. */
  query: number;
  line: number;
  column: number;
  message: string;
  suggestion: string | null;
  /** note: a sound query that can not be the rule of a collection. */
  severity: 'error' | 'note';
}

/** How many queries go in one request. */
const portion = 200;

/** `rollcall wql …`. Needs no store: without one, the standard classes are known. */
export function wqlCommands(program: Command, session: Session): void {
  const wql = branch(program, 'wql', 'The query language of collections.');
  leaf(
    wql,
    'check <files...>',
    'Check queries: .wql files, or .jsonl with a "wql" field. Exit 1 when one is wrong.',
    ['wql check pilot.wql', 'wql check queries.jsonl'],
  ).action(
    session.action(async ({ client, print }: Context, files: string[]) => {
      const mistakes: Mistake[] = [];
      let checked = 0;
      for (const file of files) {
        const queries = await queriesOf(file);
        for (let at = 0; at < queries.length; at += portion) {
          const some = queries.slice(at, at + portion);
          const { results } = await client.call('checkWql', {
            body: { queries: some.map(query => query.wql) },
          });
          mistakes.push(...results.flatMap((result, i) => mistakesOf(some[i], result)));
        }
        checked += queries.length;
      }
      if (print.format === 'table') tell(print, mistakes, checked);
      else await print.list(mistakes, { columns: [], fields, empty: '' });
      return mistakes.some(mistake => mistake.severity === 'error') ? exit.error : exit.done;
    }, 'any'),
  );
}

async function queriesOf(file: string): Promise<Found[]> {
  const text = await readText(file, 'FILE');
  if (!['.jsonl', '.ndjson'].includes(extname(file).toLowerCase())) return [{ file, entry: 0, wql: text }];
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [entryOf(file, i + 1, line)]));
}

function entryOf(file: string, entry: number, line: string): Found {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed === 'object' && parsed !== null && 'wql' in parsed && typeof parsed.wql === 'string') {
    return { file, entry, wql: parsed.wql };
  }
  throw new Problem(
    'invalid',
    'not-a-query',
    `${file}:${entry}: this line is no JSON object with a "wql" text.`,
    'Each line must look like {"wql":"select …"}.',
  );
}

function mistakesOf(query: Found | undefined, result: WqlCheck): Mistake[] {
  if (!query) return [];
  const found = [
    ...result.errors.map(error => ({ ...error, severity: 'error' as const })),
    ...result.ruleErrors.map(error => ({ ...error, severity: 'note' as const })),
  ];
  return found.map(error => ({
    severity: error.severity,
    file: query.file,
    query: query.entry,
    line: query.entry === 0 ? error.line : query.entry,
    column: error.column,
    message:
      query.entry > 0 && error.line > 1
        ? `${error.message} (line ${error.line} of the query)`
        : error.message,
    suggestion: error.suggestion ?? null,
  }));
}

/** As compilers do, so that editors can jump there; never cut. */
function tell(print: Printer, mistakes: readonly Mistake[], checked: number): void {
  for (const { file, line, column, message, suggestion, severity } of mistakes) {
    const place = print.colours.bold(`${file}:${line}:${column}`);
    const advice = suggestion === null ? '' : ` Did you mean ${suggestion}?`;
    print.text(`${place}: ${severity === 'note' ? 'as a rule: ' : ''}${message}${advice}`);
  }
  const errors = mistakes.filter(mistake => mistake.severity === 'error');
  const wrong = new Set(errors.map(mistake => `${mistake.file}:${mistake.query}`)).size;
  print.text(`${checked} checked, ${wrong === 0 ? 'none' : wrong} wrong.`);
}

const fields = ['file', 'line', 'column', 'severity', 'message', 'suggestion'] as const;
