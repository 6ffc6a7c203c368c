import type { Command } from 'commander';
import type { Resource, ResourceSummary, ResourceType } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { branch, leaf } from '../../help.ts';
import { limitOption, oneOf } from '../../options.ts';
import { instant, type Listing, type Printer } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { pageSize, rowLimit } from '../listing.ts';
import { importCommand } from './resource-import.ts';

interface ListOptions {
  type?: ResourceType;
  search?: string;
  source?: string;
  sort?: string;
  limit?: number;
}

/** `rollcall resource …`: the inventory of devices and users. */
export function resourceCommands(program: Command, session: Session): void {
  const resource = branch(program, 'resource', 'The inventory of devices and users.');
  importCommand(resource, session);
  leaf(resource, 'list', 'List devices and users.', [
    'resource list --type device --search PC-10',
    'resource list --source hr --sort=-updatedAt',
  ])
    .addOption(oneOf('--type <type>', 'only these', ['device', 'user']))
    .option('--search <text>', 'only those whose name begins with it')
    .option('--source <name>', 'only those that this source brought last')
    .option('--sort <field>', 'name, id, source, updatedAt …; with a minus before, the other way round')
    .addOption(limitOption())
    .action(
      session.action(async ({ client, print }: Context, options: ListOptions) => {
        const { type, search, source, sort } = options;
        const limit = pageSize(print, options.limit);
        const rows = everyRow(after =>
          client.call('listResources', { query: { type, search, source, sort, after, limit } }),
        );
        await print.list(rows, resources, rowLimit(print, options.limit));
      }),
    );
  leaf(
    resource,
    'show <resource>',
    'Show a device or user, by name, id, external id or user principal name.',
    ['resource show PC-1042', 'resource show ann@contoso.com'],
  )
    .addOption(oneOf('--type <type>', 'where a device and a user bear the name', ['device', 'user']))
    .action(
      session.action(async ({ client, print }: Context, ref: string, query: { type?: ResourceType }) => {
        const shown = await client.call('getResource', { params: { ref }, query: { type: query.type } });
        print.one(shown, () => draw(print, shown));
      }),
    );
}

function draw(print: Printer, resource: Resource): void {
  print.facts({
    Name: resource.name,
    Type: resource.type,
    Id: String(resource.id),
    'External id': resource.externalId ?? undefined,
    'Entra device id': resource.entraDeviceId ?? undefined,
    'Entra user id': resource.entraUserId ?? undefined,
    'User principal name': resource.userPrincipalName ?? undefined,
    'In Entra as': resource.identities.map(identity => identity.objectId).join(', ') || 'not in Entra',
    Source: resource.source,
    Changed: instant(resource.updatedAt),
  });
  const properties = Object.entries(resource.properties);
  if (properties.length > 0) {
    print.heading('\nProperties');
    print.facts(Object.fromEntries(properties.map(([name, value]) => [name, textOf(value)])));
  }
  for (const [name, rows] of Object.entries(resource.inventory)) {
    print.heading(`\n${name}`);
    const titles = [...new Set(rows.flatMap(row => Object.keys(row)))];
    print.table(
      titles.map(title => ({ title, value: (row: (typeof rows)[number]) => textOf(row[title]) })),
      rows,
    );
  }
}

/** A value as one cell; numbers are not parted by commas, for they may be ids. */
function textOf(value: Resource['properties'][string] | undefined): string | undefined {
  if (Array.isArray(value)) return value.join(', ');
  return value === null || value === undefined ? undefined : String(value);
}

const resources: Listing<ResourceSummary> = {
  columns: [
    { title: 'Name', value: resource => resource.name },
    { title: 'Type', value: resource => resource.type },
    { title: 'Id', value: resource => String(resource.id), whole: true },
    { title: 'Entra id', value: resource => resource.entraDeviceId ?? resource.entraUserId },
    { title: 'Source', value: resource => resource.source, optional: true },
    { title: 'Changed', value: resource => instant(resource.updatedAt), whole: true, optional: true },
  ],
  fields: [
    'id',
    'type',
    'name',
    'source',
    'externalId',
    'entraDeviceId',
    'entraUserId',
    'userPrincipalName',
    'onPremisesSid',
    'updatedAt',
  ],
  empty: 'No such resource. Bring some in with: rollcall resource import FILE, or rollcall discover',
};
