import { DeleteRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import type { ResourceSummary, ResourceType } from '../../../../src/api/contract/index.ts';
import { Command } from '../../parts/command.tsx';
import { EmptyState, NothingSeen, Reading } from '../../parts/empty.tsx';
import { Grid } from '../../parts/grid.tsx';
import { useKeptSort } from '../../parts/kept.ts';
import { DetailsPart, ListPart, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { addressOf, usePlace } from '../../shell/place.ts';
import { resourceColumns } from './columns.ts';
import { useResource, useResourcePages } from './data.ts';
import { DeleteResource } from './delete-resource.tsx';
import { ResourceDetails } from './resource-details.tsx';

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
  // Until it has been read it is shown as its row in the list says.
  const [picked, setPicked] = useState<ResourceSummary | null>(null);
  const known = named.isPending && String(picked?.id) === id ? picked : named.data;
  const chosen = known?.type === type ? known : undefined;
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
          columns={resourceColumns[type]}
          source={resources}
          sort={sort}
          onSort={setSort}
          keyOf={row => String(row.id)}
          selected={id}
          onSelect={row => {
            setPicked(row);
            go(row.id);
          }}
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
  if (pending) return <Reading what="the inventory" />;
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
