import { MenuItem, Spinner } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import type { ResourceType } from '../../../../src/api/contract/index.ts';
import { Command } from '../../parts/command.tsx';
import { Grid } from '../../parts/grid.tsx';
import { JobProgress } from '../../parts/job-progress.tsx';
import { useKeptSort } from '../../parts/kept.ts';
import { DetailsPart, EmptyState, ListPart, NothingSeen, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { addressOf, usePlace } from '../../shell/place.ts';
import { useMappingsOf } from '../cloud-sync/data.ts';
import { useCollection, useCollectionPages } from '../data.ts';
import { CollectionDetails } from '../members/collection-details.tsx';
import { Properties } from '../properties/properties.tsx';
import { useCollectionWork } from '../work.ts';
import { collectionColumns } from './columns.tsx';
import { useDeeds } from './deeds.tsx';
import { DeleteCollection } from './delete-collection.tsx';
import { NewCollection } from './new-collection.tsx';

type Dialog = 'create' | 'properties' | 'delete' | null;

/** Assets and Compliance → Device or User Collections. */
export function CollectionsPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const [search, setSearch] = useState('');
  const [dialog, setDialog] = useState<Dialog>(null);
  const [sort, setSort] = useKeptSort(`${type}-collections`);
  const collections = useCollectionPages(type, useDeferredValue(search.trim()), sort);
  const work = useCollectionWork();
  const id = query.get('collection') ?? '';
  // It may stand far from what of the list is at hand.
  const named = useCollection(id);
  const chosen = named.data?.type === type ? named.data : undefined;
  const mappings = useMappingsOf(chosen?.id ?? null);
  const mayChange = useLack('createCollection');
  const go = (to?: string) => window.location.replace(addressOf(path, to ? { collection: to } : {}));
  const deeds = useDeeds({
    work,
    isMapped: id => id !== chosen?.id || mappings.data?.length !== 0,
    open: (what, { id }) => {
      go(id);
      setDialog(what);
    },
  });
  const problem = collections.error ?? work.update.error ?? work.synchronize.error;
  return (
    <Page
      title={type === 'device' ? 'Device Collections' : 'User Collections'}
      side={<SearchField label="Search collections" value={search} onChange={setSearch} />}
      actions={
        <>
          <Command
            label="Create"
            icon={<AddRegular />}
            lack={mayChange}
            onClick={() => setDialog('create')}
          />
          {deeds.map(deed => (
            <Command
              key={deed.label}
              label={deed.label}
              icon={deed.icon}
              lack={deed.lack(chosen)}
              pending={deed.pending ?? false}
              onClick={() => chosen && deed.run(chosen)}
            />
          ))}
        </>
      }
    >
      {problem && <ProblemBar error={problem} />}
      {work.job && <JobProgress label="Progress" job={work.job} />}
      <ListPart>
        <Grid
          onOpen={row => {
            go(row.id);
            setDialog('properties');
          }}
          label={`${type} collections`}
          columns={collectionColumns}
          source={collections}
          sort={sort}
          onSort={setSort}
          keyOf={row => row.id}
          selected={id}
          onSelect={row => go(row.id)}
          menu={row =>
            deeds.map(deed => (
              <MenuItem
                key={deed.label}
                icon={deed.icon}
                disabled={deed.lack(row) !== undefined || deed.pending === true}
                onClick={() => deed.run(row)}
              >
                {deed.label}
              </MenuItem>
            ))
          }
          empty={
            collections.isPending ? (
              <Spinner label="Reading the collections" style={{ padding: 24 }} />
            ) : (
              <NoCollections type={type} isSearched={search.trim() !== ''} />
            )
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={chosen.name} onClose={() => go()}>
          <CollectionDetails key={chosen.id} id={chosen.id} type={type} />
        </DetailsPart>
      )}
      {dialog === 'create' && (
        <NewCollection
          type={type}
          onClose={() => setDialog(null)}
          onMade={made => {
            setSearch('');
            go(made.id);
            setDialog('properties');
          }}
        />
      )}
      {dialog === 'properties' && id !== '' && (
        <Properties key={id} id={id} type={type} onClose={() => setDialog(null)} />
      )}
      {dialog === 'delete' && chosen && (
        <DeleteCollection
          collection={chosen}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            setDialog(null);
            go();
          }}
        />
      )}
    </Page>
  );
}

/** There are built-in collections always: who sees none of them is limited to others. */
function NoCollections({ type, isSearched }: { type: ResourceType; isSearched: boolean }) {
  const called = (
    <EmptyState title="No collection is called so.">Clear the search to see all of them.</EmptyState>
  );
  return isSearched ? called : <NothingSeen things={`${type} collections`}>{called}</NothingSeen>;
}
