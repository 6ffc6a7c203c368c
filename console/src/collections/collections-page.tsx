import { Input, Spinner, ToolbarButton } from '@fluentui/react-components';
import { AddRegular, ArrowClockwiseRegular, DeleteRegular, SearchRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import type { CollectionSummary, ResourceType } from '../../../src/api/contract/index.ts';
import type { Column } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { DetailsPart, EmptyState, ListPart, Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';
import { CollectionDetails } from './collection-details.tsx';
import { useCollectionActions, useCollections } from './data.ts';
import { NewCollection } from './new-collection.tsx';

const columns: readonly Column<CollectionSummary>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 280 },
  { id: 'limiting', title: 'Limiting Collection', value: row => row.limitingCollectionId, width: 140 },
  { id: 'members', title: 'Member Count', value: row => row.memberCount, width: 90, numeric: true },
  { id: 'id', title: 'Collection ID', value: row => row.id, width: 110 },
  {
    id: 'incremental',
    title: 'Incremental Updates',
    value: row => (row.incremental ? 'On' : 'Off'),
    width: 110,
  },
  {
    id: 'evaluated',
    title: 'Last Evaluation',
    value: row => formatTime(row.lastEvaluationTime),
    width: 190,
  },
  { id: 'error', title: 'Problem', value: row => row.error, width: 260 },
  { id: 'schedule', title: 'Schedule', value: row => row.schedule, width: 120, optional: true },
  { id: 'comment', title: 'Comment', value: row => row.comment, width: 240, optional: true },
];

/** Assets and Compliance → Device or User Collections. */
export function CollectionsPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const collections = useCollections(type, useDeferredValue(search.trim()));
  const { remove, updateMembership } = useCollectionActions();
  const rows = collections.data?.pages.flatMap(page => page.items) ?? [];
  const chosen = rows.find(row => row.id === query.get('collection'));
  const close = () => window.location.replace(addressOf(path));
  const problem = collections.error ?? remove.error ?? updateMembership.error;
  return (
    <Page
      title={type === 'device' ? 'Device Collections' : 'User Collections'}
      actions={
        <>
          <Input
            type="search"
            aria-label="Search collections"
            placeholder="Search"
            contentBefore={<SearchRegular />}
            value={search}
            onChange={(_, data) => setSearch(data.value)}
          />
          <ToolbarButton icon={<AddRegular />} onClick={() => setCreating(true)}>
            Create
          </ToolbarButton>
          <ToolbarButton
            icon={updateMembership.isPending ? <Spinner size="tiny" /> : <ArrowClockwiseRegular />}
            disabled={!chosen || updateMembership.isPending}
            onClick={() => chosen && updateMembership.mutate(chosen)}
          >
            Update Membership
          </ToolbarButton>
          <ToolbarButton
            icon={<DeleteRegular />}
            disabled={!chosen || chosen.builtIn || remove.isPending}
            onClick={() => {
              if (chosen && window.confirm(`Delete the collection "${chosen.name}" and its rules?`)) {
                remove.mutate(chosen, { onSuccess: close });
              }
            }}
          >
            Delete
          </ToolbarButton>
        </>
      }
    >
      {problem && <ProblemBar error={problem} />}
      <ListPart>
        <Grid
          label={`${type} collections`}
          columns={columns}
          rows={rows}
          keyOf={row => row.id}
          selected={chosen?.id ?? null}
          onSelect={row => window.location.replace(addressOf(path, { collection: row.id }))}
          onEnd={() => {
            if (collections.hasNextPage && !collections.isFetchingNextPage) void collections.fetchNextPage();
          }}
          empty={
            collections.isPending ? (
              <Spinner label="Reading the collections" style={{ padding: 24 }} />
            ) : (
              <EmptyState title="No collection is called so.">
                Clear the search to see all of them.
              </EmptyState>
            )
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={chosen.name} onClose={close}>
          <CollectionDetails key={chosen.id} id={chosen.id} type={type} />
        </DetailsPart>
      )}
      {creating && <NewCollection type={type} collections={rows} onClose={() => setCreating(false)} />}
    </Page>
  );
}
