import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { ImportResult } from '../../../api/index.ts';
import { type ExitCode, exit } from '../../exit.ts';
import { usage } from '../../failure.ts';
import { openFile } from '../../files.ts';
import { leaf } from '../../help.ts';
import { oneOf } from '../../options.ts';
import type { Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';

type Format = 'ndjson' | 'csv';

interface ImportOptions {
  format?: Format;
  source?: string;
  complete?: boolean;
  approve?: boolean;
}

/**
 * `rollcall resource import`: streams a file into the inventory. Bad lines are told and the rest goes in; exit 1
 * when there were any, 4 when removals are held.
 */
export function importCommand(resource: Command, session: Session): void {
  leaf(resource, 'import <file>', 'Import devices and users from NDJSON or CSV; - reads from stdin.', [
    'resource import devices.ndjson',
    'resource import users.csv --source hr --complete',
  ])
    .addOption(oneOf('--format <format>', 'where the ending of the file does not say', ['ndjson', 'csv']))
    .option('--source <name>', 'which source this is, for --complete (default: import)')
    .option('--complete', 'remove what this source brought before and the file lacks')
    .option('--approve', 'remove even where the guard would hold it')
    .action(
      session.action(async (context: Context, file: string, options: ImportOptions) => {
        const { client, print, terminal, signal } = context;
        const format = options.format ?? formatOf(file);
        const body: Readable = file === '-' ? terminal.stdin : await openFile(file, 'FILE');
        const query = {
          format,
          source: options.source,
          complete: options.complete,
          approve: options.approve,
        };
        context.progress.show({ phase: 'Reading', done: 0 });
        const job = await client.call('importResources', { query, body }, signal);
        const result = await context.wait('import', job);
        print.one(result, () => draw(print, result));
        tellBadLines(context, result);
        return exitOf(result);
      }),
    );
}

function formatOf(file: string): Format {
  const ending = extname(file).toLowerCase();
  if (ending === '.csv') return 'csv';
  if (['.ndjson', '.jsonl', '.json'].includes(ending)) return 'ndjson';
  throw usage(
    file === '-'
      ? 'What comes from stdin has no ending that tells its format.'
      : `The ending of ${file} does not tell its format.`,
    'Add --format ndjson or --format csv.',
  );
}

function draw(print: Printer, result: ImportResult): void {
  print.table(
    [
      { title: 'Lines', value: row => row.total },
      { title: 'Created', value: row => row.created },
      { title: 'Changed', value: row => row.changed },
      { title: 'Unchanged', value: row => row.unchanged },
      { title: 'Deleted', value: row => row.deleted },
      { title: 'Rejected', value: row => row.rejected },
      { title: 'Held', value: row => row.held },
    ],
    [result],
  );
}

/** Bad lines go to stderr whatever the format is, so that stdout stays what was asked for. */
function tellBadLines({ terminal, print }: Context, result: ImportResult): void {
  if (print.format === 'json') return;
  const tell = (line: string) => terminal.stderr.write(`${line}\n`);
  for (const { line, message } of result.errors) tell(`line ${line}: ${message}`);
  if (result.rejected > result.errors.length) tell(`… and ${result.rejected - result.errors.length} more`);
  if (result.rejected > 0) {
    tell(`${result.rejected} of ${result.total} lines were rejected; the rest is in.`);
    tell('Correct those lines and import the file again.');
  }
  if (result.held > 0) {
    tell(result.heldReason ?? `${result.held} removals are held.`);
    tell('If they are right, import the file again with --approve.');
  }
}

function exitOf(result: ImportResult): ExitCode {
  if (result.rejected > 0) return exit.error;
  return result.held > 0 ? exit.held : exit.done;
}
