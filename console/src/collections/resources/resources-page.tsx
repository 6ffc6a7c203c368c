import { Spinner, Text } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import type { ResourceSummary, ResourceType } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Command } from '../../parts/command.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Grid } from '../../parts/grid.tsx';
import { useKeptSort } from '../../parts/kept.ts';
import { DetailsPart, EmptyState, ListPart, NothingSeen, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { addressOf, usePlace } from '../../shell/place.ts';
import { useDeleteResource, useResource, useResourcePages } from './data.ts';
import { ResourceDetails } from './resource-details.tsx';

const name: Column<ResourceSummary> = {
  id: 'name',
  sortable: true,
  title: 'Name',
  value: row => row.name,
  width: 245,
  grow: true,
};
const common: readonly Column<ResourceSummary>[] = [
  { id: 'id', sortable: true, title: 'Resource ID', value: row => String(row.id), width: 110 },
  { id: 'source', sortable: true, title: 'Source', value: row => row.source, width: 120 },
  timeColumn('updatedAt', 'Last change', row => row.updatedAt, { sortable: true }),
  {
    id: 'externalId',
    sortable: true,
    title: 'External ID',
    value: row => row.externalId,
    width: 240,
    optional: true,
  },
];

const columns: Record<ResourceType, readonly Column<ResourceSummary>[]> = {
  device: [
    name,
    {
      id: 'entraDeviceId',
      sortable: true,
      title: 'Entra device ID',
      value: row => row.entraDeviceId,
      width: 310,
    },
    ...common,
  ],
  user: [
    name,
    {
      id: 'userPrincipalName',
      sortable: true,
      title: 'User principal name',
      value: row => row.userPrincipalName,
      width: 280,
    },
    ...common,
    {
      id: 'entraUserId',
      sortable: true,
      title: 'Entra user ID',
      value: row => row.entraUserId,
      width: 310,
      optional: true,
    },
    {
      id: 'onPremisesSid',
      sortable: true,
      title: 'On-premises SID',
      value: row => row.onPremisesSid,
      width: 310,
      optional: true,
    },
  ],
};

/** Assets and Compliance → Devices or Users: the inventory, searched by name, and all that is known of each. */
export function ResourcesPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const [search, setSearch] = useState('');
  const [deleting, setDeleting] = useState(false);
  const [sort, setSort] = useKeptSort(`${type}s`);
  const resources = useResourcePages(type, useDeferredValue(search.trim()), sort);
  const mayChange = useLack('deleteResource');
  const id = query.get('resource');
  const named = useResource(id === null ? null : Number(id));
  const chosen = named.data?.type === type ? named.data : undefined;
  const go = (to?: number) =>
    window.location.replace(addressOf(path, to === undefined ? {} : { resource: String(to) }));
  return (
    <Page
      title={type === 'device' ? 'Devices' : 'Users'}
      side={
        <SearchField
          label={`Search ${type}s`}
          value={search}
          onChange={setSearch}
          placeholder="Name starts with"
        />
      }
      actions={
        <Command
          label="Delete"
          icon={<DeleteRegular />}
          lack={mayChange ?? (chosen ? undefined : `Select a ${type} first.`)}
          onClick={() => setDeleting(true)}
        />
      }
    >
      {resources.error && <ProblemBar error={resources.error} />}
      <ListPart>
        <Grid
          label={type === 'device' ? 'Devices' : 'Users'}
          columns={columns[type]}
          source={resources}
          sort={sort}
          onSort={setSort}
          keyOf={row => String(row.id)}
          selected={id}
          onSelect={row => go(row.id)}
          empty={<NoResources type={type} pending={resources.isPending} searched={search.trim() !== ''} />}
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={chosen.name} onClose={() => go()}>
          <ResourceDetails key={chosen.id} id={chosen.id} />
        </DetailsPart>
      )}
      {deleting && chosen && (
        <DeleteResource
          resource={chosen}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setDeleting(false);
            go();
          }}
        />
      )}
    </Page>
  );
}

function NoResources({
  type,
  pending,
  searched,
}: {
  type: ResourceType;
  pending: boolean;
  searched: boolean;
}) {
  if (pending) return <Spinner label="Reading the inventory" style={{ padding: 24 }} />;
  if (searched)
    return (
      <EmptyState title={`No ${type} has a name that starts so.`}>
        Clear the search to see all of them.
      </EmptyState>
    );
  return (
    <NothingSeen things={`${type}s`}>
      <EmptyState title={`The inventory holds no ${type}s yet.`}>
        Import some with <code>rollcall resource import FILE</code>. The tenants that are connected say then
        which of them are in Entra.
      </EmptyState>
    </NothingSeen>
  );
}

function DeleteResource({
  resource,
  onClose,
  onDone,
}: {
  resource: ResourceSummary;
  onClose: () => void;
  onDone: () => void;
}) {
  const remove = useDeleteResource();
  return (
    <FormDialog
      alert
      title={`Delete ${resource.name}?`}
      submit="Delete"
      onSubmit={() => remove.mutate(resource.id, { onSuccess: onDone })}
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    >
      <Text>
        It leaves the inventory, its direct rules, all collections at their next evaluation, and the groups
        that they feed. Its object in Entra stays. The next import that names it brings it back.
      </Text>
    </FormDialog>
  );
}
