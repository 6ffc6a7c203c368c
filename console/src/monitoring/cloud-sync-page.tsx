import { Button, MenuItem, Spinner } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { ResourceType } from '../../../src/api/contract/index.ts';
import { csvAddress } from '../api/export.ts';
import { Grid } from '../parts/grid.tsx';
import { useKeptSort } from '../parts/kept.ts';
import { DetailsPart, EmptyState, ListPart, NothingSeen, Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useLack } from '../parts/role.ts';
import { sorted, sortOf } from '../parts/sorted.ts';
import { addressOf, usePlace } from '../shell/place.ts';
import { mappingColumns } from './columns.tsx';
import { keyOfMapping, useMapping, useMappings, useSynchronize } from './data.ts';
import { filterQuery, statusesOf } from './filter.ts';
import { FilterFields } from './filter-fields.tsx';
import { MappingDetails } from './mapping-details.tsx';
import { Ribbon } from './ribbon.tsx';
import { RunOutcome } from './run-outcome.tsx';

/** Monitoring → Collection Cloud Sync: every mapping with its status and counts, and the chosen one from near. */
export function CloudSyncPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const key = query.get('mapping');
  const [kept, keep] = useKeptSort('mappings');
  const sort = sortOf(query.get('sort')) ?? kept;
  const [search, setSearch] = useState('');
  const status = statusesOf(query.get('status'));
  const filter = { status, search: useDeferredValue(search.trim()) };
  const mappings = useMappings(type, filter, sort);
  const mapping = useMapping(key);
  const synchronize = useSynchronize();
  const mayNotRun = useLack('synchronize') !== undefined || synchronize.isPending;
  const chosen = mapping.data ?? null;
  // What is left out stays as it is in the address; null takes it away.
  const go = (changes: Record<string, string | null>) => {
    const to = Object.entries({ ...Object.fromEntries(query), ...changes });
    const given = to.filter((entry): entry is [string, string] => entry[1] !== null);
    window.location.replace(addressOf(path, Object.fromEntries(given)));
  };
  const isFiltered = status.length > 0 || filter.search !== '';
  const problem = mappings.error ?? mapping.error ?? synchronize.error;
  return (
    <Page
      title={`Collection Cloud Sync – ${type === 'device' ? 'Device' : 'User'} Collections`}
      actions={
        <Ribbon
          chosen={chosen}
          synchronize={synchronize}
          csv={csvAddress('listMappings', { type, ...filterQuery(filter), ...sorted(sort) })}
        />
      }
      side={
        <FilterFields
          search={search}
          onSearch={setSearch}
          status={status}
          onStatus={next => go({ status: next.length > 0 ? next.join(',') : null })}
        />
      }
    >
      {problem && <ProblemBar error={problem} />}
      {synchronize.data && <RunOutcome result={synchronize.data} onClose={synchronize.reset} />}
      <ListPart>
        <Grid
          label={`Cloud sync of ${type} collections`}
          columns={mappingColumns}
          source={mappings}
          sort={sort}
          onSort={next => {
            keep(next);
            go({ sort: null });
          }}
          keyOf={keyOfMapping}
          selected={key}
          onSelect={row => go({ mapping: keyOfMapping(row) })}
          menu={row => (
            <>
              <MenuItem disabled={mayNotRun} onClick={() => synchronize.mutate({ mapping: row, full: true })}>
                Synchronize Membership
              </MenuItem>
              <MenuItem
                disabled={mayNotRun}
                onClick={() => synchronize.mutate({ mapping: row, full: false })}
              >
                Run now
              </MenuItem>
            </>
          )}
          empty={
            mappings.isPending ? (
              <Spinner label="Reading the status" style={{ padding: 24 }} />
            ) : isFiltered ? (
              <EmptyState title="No mapping is such.">
                <Button
                  onClick={() => {
                    setSearch('');
                    go({ status: null });
                  }}
                >
                  Show all
                </Button>
              </EmptyState>
            ) : (
              <NothingSeen things={`mappings of ${type} collections`}>
                <EmptyState title={`No ${type} collection is mapped to a group yet.`}>
                  Open a collection under Assets and Compliance and choose a group on its Cloud Sync tab; then
                  its status is shown here.
                </EmptyState>
              </NothingSeen>
            )
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart
          title={`${chosen.collectionName} → ${chosen.groupName}`}
          onClose={() => go({ mapping: null })}
        >
          {chosen.problem && <ProblemBar error={chosen.problem} />}
          <MappingDetails key={key} mapping={chosen} />
        </DetailsPart>
      )}
    </Page>
  );
}
