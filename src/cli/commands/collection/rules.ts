import type { Command } from 'commander';
import { Option } from 'commander';
import type { z } from 'zod';
import type { ResourceType, routes } from '../../../api/index.ts';
import { usage } from '../../failure.ts';
import { readText } from '../../files.ts';
import { leaf } from '../../help.ts';
import { oneOf, wholeNumber } from '../../options.ts';
import type { Context, Session } from '../../session.ts';
import { members } from './collection.ts';
import { ruleColumns } from './collection-view.ts';

type NewRule = z.input<typeof routes.addRule.body>;

interface RuleOptions {
  direct?: string[];
  query?: string;
  queryFile?: string;
  include?: string;
  exclude?: string;
  ruleName?: string;
}

interface PreviewOptions {
  type: ResourceType;
  query?: string;
  queryFile?: string;
  limit?: number;
}

const kinds = ['direct', 'query', 'queryFile', 'include', 'exclude'];

/** `rollcall collection add-rule | remove-rule | preview`. */
export function ruleCommands(collection: Command, session: Session): void {
  addCommand(collection, session);
  leaf(collection, 'remove-rule <collection> <rule>', 'Remove a rule, by its id or name.', [
    'collection remove-rule Pilot PC-1042',
  ]).action(
    session.action(async ({ client, print }: Context, ref: string, rule: string) => {
      await client.call('removeRule', { params: { ref, rule } });
      print.done({ collection: ref, rule }, `Removed the rule ${rule} from ${ref}.`);
    }),
  );
  previewCommand(collection, session);
}

function addCommand(collection: Command, session: Session): void {
  const kind = (flags: string, description: string, name: string) =>
    new Option(flags, description).conflicts(kinds.filter(each => each !== name));
  leaf(collection, 'add-rule <collection>', 'Add a rule; several resources make a direct rule each.', [
    'collection add-rule Pilot --direct PC-1042 PC-1043',
    `collection add-rule Pilot --query "select * from SMS_R_System where Name like 'PC-10%'"`,
    'collection add-rule Pilot --exclude "Servers"',
  ])
    .addOption(kind('--direct <names...>', 'these devices or users', 'direct'))
    .addOption(kind('--query <wql>', 'what this query finds', 'query'))
    .addOption(kind('--query-file <file>', 'what the query in this file finds', 'queryFile'))
    .addOption(kind('--include <collection>', 'the members of another collection', 'include'))
    .addOption(kind('--exclude <collection>', 'never the members of another collection', 'exclude'))
    .option('--rule-name <name>', 'a name for the rule')
    .action(
      session.action(async ({ client, print }: Context, ref: string, options: RuleOptions) => {
        const body = await ruleOf(options);
        const { rules } = await client.call('addRule', { params: { ref }, body });
        await print.list(rules, {
          columns: ruleColumns,
          fields: ['id', 'kind', 'name'],
          empty: 'It was there.',
        });
      }),
    );
}

async function ruleOf({
  direct,
  query,
  queryFile,
  include,
  exclude,
  ruleName: name,
}: RuleOptions): Promise<NewRule> {
  if (direct) return { kind: 'direct', resources: direct };
  if (include !== undefined) return { kind: 'include', collection: include, name };
  if (exclude !== undefined) return { kind: 'exclude', collection: exclude, name };
  const wql = await queryOf(query, queryFile);
  if (wql !== undefined) return { kind: 'query', wql, name };
  throw usage('No rule is given.', 'Give one of --direct, --query, --query-file, --include, --exclude.');
}

async function queryOf(query: string | undefined, file: string | undefined): Promise<string | undefined> {
  return query ?? (file === undefined ? undefined : readText(file, '--query-file'));
}

function previewCommand(collection: Command, session: Session): void {
  leaf(collection, 'preview', 'Run a query and show what it finds; nothing is kept.', [
    `collection preview --type device --query "select * from SMS_R_System where Name like 'PC-10%'"`,
  ])
    .addOption(oneOf('--type <type>', 'what is looked for', ['device', 'user']).makeOptionMandatory())
    .addOption(new Option('--query <wql>', 'the query').conflicts('queryFile'))
    .option('--query-file <file>', 'the file that holds the query')
    .addOption(wholeNumber('--limit <n>', 'find at most N (default 5000)', 1, 10_000))
    .action(
      session.action(async ({ client, print, terminal }: Context, options: PreviewOptions) => {
        const query = await queryOf(options.query, options.queryFile);
        if (query === undefined) throw usage('No query is given.', 'Give --query WQL or --query-file FILE.');
        const { type, limit } = options;
        const preview = await client.call('preview', { body: { type, query, limit } });
        if (print.format === 'json') print.done(preview, '');
        else await print.list(preview.members, { ...members, empty: 'The query finds nothing.' });
        const cut = preview.truncated ? `, of which the first ${preview.members.length} are shown` : '';
        print.text(print.colours.dim(`${preview.count} found${cut}, in ${Math.round(preview.elapsedMs)} ms`));
        for (const note of preview.notes) terminal.stderr.write(`${note}\n`);
      }),
    );
}
