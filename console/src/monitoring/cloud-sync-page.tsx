import { MenuItem, Spinner } from '@fluentui/react-components';
import type { Mapping, ResourceType } from '../../../src/api/contract/index.ts';
import { Grid } from '../parts/grid.tsx';
import { DetailsPart, EmptyState, ListPart, Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';
import { mappingColumns } from './columns.tsx';
import { keyOfMapping, useMapping, useMappings, useSynchronize } from './data.ts';
import { MappingDetails } from './mapping-details.tsx';
import { Ribbon } from './ribbon.tsx';
import { RunOutcome } from './run-outcome.tsx';

/** Monitoring → Collection Cloud Sync: every mapping with its status and counts, and the chosen one from near. */
export function CloudSyncPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const key = query.get('mapping');
  const mappings = useMappings(type);
  const mapping = useMapping(key);
  const synchronize = useSynchronize();
  const chosen = mapping.data ?? null;
  const choose = (row: Mapping) => window.location.replace(addressOf(path, { mapping: keyOfMapping(row) }));
  const problem = mappings.error ?? mapping.error ?? synchronize.error;
  return (
    <Page
      title={`Collection Cloud Sync – ${type === 'device' ? 'Device' : 'User'} Collections`}
      actions={<Ribbon chosen={chosen} synchronize={synchronize} />}
    >
      {problem && <ProblemBar error={problem} />}
      {synchronize.data && <RunOutcome result={synchronize.data} onClose={synchronize.reset} />}
      <ListPart>
        <Grid
          label={`Cloud sync of ${type} collections`}
          columns={mappingColumns}
          source={mappings}
          keyOf={keyOfMapping}
          selected={key}
          onSelect={choose}
          menu={row => (
            <>
              <MenuItem onClick={() => synchronize.mutate({ mapping: row, full: true })}>
                Synchronize Membership
              </MenuItem>
              <MenuItem onClick={() => synchronize.mutate({ mapping: row, full: false })}>Run now</MenuItem>
            </>
          )}
          empty={
            mappings.isPending ? (
              <Spinner label="Reading the status" style={{ padding: 24 }} />
            ) : (
              <EmptyState title={`No ${type} collection is mapped to a group yet.`}>
                Open a collection under Assets and Compliance and choose a group on its Cloud Sync tab; then
                its status is shown here.
              </EmptyState>
            )
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart
          title={`${chosen.collectionName} → ${chosen.groupName}`}
          onClose={() => window.location.replace(addressOf(path))}
        >
          {chosen.problem && <ProblemBar error={chosen.problem} />}
          <MappingDetails key={key} mapping={chosen} />
        </DetailsPart>
      )}
    </Page>
  );
}
