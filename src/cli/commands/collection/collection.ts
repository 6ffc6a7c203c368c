import type { Command } from 'commander';
import type { CollectionMember, CollectionSummary, ResourceType } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { branch, leaf } from '../../help.ts';
import { limitOption, oneOf, onOff } from '../../options.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';
import { collectionHistoryCommand } from './collection-history.ts';
import { setCommand } from './collection-set.ts';
import { drawCollection } from './collection-view.ts';
import { evaluateCommand } from './evaluate.ts';
import { explainCommand } from './explain.ts';

interface CreateOptions {
  type: ResourceType;
  limitTo?: string;
  incremental?: boolean;
  schedule?: string;
  comment?: string;
}

interface ListOptions {
  type?: ResourceType;
  search?: string;
  limit?: number;
}

/** `rollcall collection …` but for its rules (rules.ts). */
export function collectionCommands(program: Command, session: Session): Command {
  const collection = branch(program, 'collection', 'Collections, their rules and their members.');
  createCommand(collection, session);
  listCommand(collection, session);
  setCommand(collection, session);
  leaf(collection, 'show <collection>', 'Show a collection with its rules.', [
    'collection show Pilot',
  ]).action(
    session.action(async ({ client, print }: Context, ref: string) => {
      const shown = await client.call('getCollection', { params: { ref } });
      print.one(shown, () => drawCollection(print, shown));
    }),
  );
  deleteCommand(collection, session);
  membersCommand(collection, session);
  collectionHistoryCommand(collection, session);
  evaluateCommand(collection, session);
  explainCommand(collection, session);
  return collection;
}

function createCommand(collection: Command, session: Session): void {
  leaf(collection, 'create <name>', 'Create a collection. It is empty until it has rules.', [
    'collection create Pilot --type device --incremental on',
    'collection create "Pilot in Berlin" --type device --limit-to Pilot --schedule "0 3 * * *"',
  ])
    .addOption(oneOf('--type <type>', 'what it holds', ['device', 'user']).makeOptionMandatory())
    .option('--limit-to <collection>', 'only members of this one (default: all of the type)')
    .addOption(onOff('--incremental', 'evaluate what changed every 5 minutes (default: off)'))
    .option('--schedule <cron>', 'when to evaluate it in full (default: never by itself)')
    .option('--comment <text>', 'what it is for')
    .action(
      session.action(async ({ client, print }: Context, name: string, options: CreateOptions) => {
        const { type, limitTo, incremental, schedule, comment } = options;
        const body = { name, type, limitTo, incremental, schedule, comment };
        const made = await client.call('createCollection', { body });
        print.done(made, `Created ${made.name}: ${made.id}.`);
      }),
    );
}

function deleteCommand(collection: Command, session: Session): void {
  leaf(collection, 'delete <collection>', 'Delete a collection. Refused while others use it.', [
    'collection delete Pilot',
    'collection delete Pilot --cascade',
  ])
    .option('--cascade', 'take along what is limited to it, and the rules that name it')
    .action(
      session.action(async ({ client, print }: Context, ref: string, options: { cascade?: boolean }) => {
        const { id } = await client.call('getCollection', { params: { ref } });
        const query = { cascade: options.cascade ?? false };
        const gone = await client.call('deleteCollection', { params: { ref: id }, query });
        const names = gone.deleted.map(one => `${one.name} (${one.id})`).join(', ');
        const rules = gone.rulesRemoved.map(rule => `${rule.use} rule of ${rule.collectionName}`).join(', ');
        print.done(gone, `Deleted ${names}${rules === '' ? '' : `, and with that: ${rules}`}.`);
      }),
    );
}

function listCommand(collection: Command, session: Session): void {
  leaf(collection, 'list', 'List collections.', ['collection list --type user'])
    .addOption(oneOf('--type <type>', 'only these', ['device', 'user']))
    .option('--search <text>', 'only those whose name contains it')
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, options: ListOptions) => {
        const { type, search } = options;
        const limit = pageSize(print, options.limit);
        const rows = everyRow(after =>
          client.call('listCollections', { query: { type, search, after, limit } }),
        );
        await print.list(rows, collections, rowLimit(print, options.limit));
      }),
    );
}

function membersCommand(collection: Command, session: Session): void {
  leaf(collection, 'members <collection>', 'List the members of a collection as last evaluated.', [
    'collection members Pilot -o csv',
  ])
    .option('--search <text>', 'only those whose name contains it')
    .addOption(limitOption())
    .action(
      session.action(
        async ({ client, print }: Context, ref: string, options: { search?: string; limit?: number }) => {
          const limit = pageSize(print, options.limit);
          const query = { search: options.search, limit };
          const rows = everyRow(after =>
            client.call('listCollectionMembers', { params: { ref }, query: { ...query, after } }),
          );
          await print.list(rows, members, rowLimit(print, options.limit));
        },
      ),
    );
}

/** How resources found by a collection or a query are shown. */
export const members: Listing<CollectionMember> = {
  columns: [
    { title: 'Name', value: member => member.name },
    { title: 'Resource', value: member => String(member.resourceId) },
  ],
  fields: ['name', 'resourceId'],
  empty: 'No members.',
};

const collections: Listing<CollectionSummary> = {
  columns: [
    { title: 'Id', value: collection => collection.id, whole: true },
    { title: 'Name', value: collection => collection.name },
    { title: 'Type', value: collection => collection.type },
    { title: 'Members', value: collection => collection.memberCount },
    { title: 'Limited to', value: collection => collection.limitingCollectionId },
    { title: 'Incremental', value: collection => collection.incremental },
    {
      title: 'Evaluated',
      value: collection => instant(collection.lastEvaluationTime),
      whole: true,
      optional: true,
    },
    { title: 'Error', value: collection => collection.error, optional: true },
  ],
  fields: [
    'id',
    'name',
    'type',
    'limitingCollectionId',
    'memberCount',
    'builtIn',
    'incremental',
    'schedule',
    'lastEvaluationTime',
    'error',
    'comment',
  ],
  empty: 'No such collection. Make one with: rollcall collection create NAME --type device',
};
