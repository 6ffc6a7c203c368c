import { Spinner, ToolbarButton } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons';
import type { Mapping, ResourceType } from '../../../src/api/contract/index.ts';
import { Grid } from '../parts/grid.tsx';
import { DetailsPart, EmptyState, ListPart, Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';
import { mappingColumns } from './columns.tsx';
import { keyOfMapping, useMappings, useSynchronize } from './data.ts';
import { Members } from './members.tsx';

/** Monitoring → Collection Cloud Sync: every mapping with its status and counts, and the members of the chosen one. */
export function CloudSyncPage({ type }: { type: ResourceType }) {
  const { path, query } = usePlace();
  const mappings = useMappings(type);
  const synchronize = useSynchronize();
  const rows = mappings.data?.pages.flatMap(page => page.items) ?? [];
  const chosen = rows.find(row => keyOfMapping(row) === query.get('mapping'));
  const choose = (row: Mapping) => window.location.replace(addressOf(path, { mapping: keyOfMapping(row) }));
  return (
    <Page
      title={type === 'device' ? 'Cloud sync of device collections' : 'Cloud sync of user collections'}
      actions={
        <ToolbarButton
          appearance="primary"
          style={{ whiteSpace: 'nowrap' }}
          icon={synchronize.isPending ? <Spinner size="tiny" /> : <ArrowSyncRegular />}
          disabled={!chosen || synchronize.isPending}
          onClick={() => chosen && synchronize.mutate(chosen)}
        >
          Synchronize Membership
        </ToolbarButton>
      }
    >
      {mappings.error && <ProblemBar error={mappings.error} />}
      {synchronize.error && <ProblemBar error={synchronize.error} />}
      {chosen?.problem && <ProblemBar error={chosen.problem} />}
      <ListPart>
        <Grid
          label={`Cloud sync of ${type} collections`}
          columns={mappingColumns}
          rows={rows}
          keyOf={keyOfMapping}
          selected={chosen ? keyOfMapping(chosen) : null}
          onSelect={choose}
          onEnd={() => {
            if (mappings.hasNextPage && !mappings.isFetchingNextPage) void mappings.fetchNextPage();
          }}
          empty={
            mappings.isPending ? (
              <Spinner label="Reading the status" style={{ padding: 24 }} />
            ) : (
              <EmptyState title={`No ${type} collection is mapped to a group yet.`}>
                Map one with <code>rollcall cloud-sync add COLLECTION --group GROUP</code>, then it appears
                here.
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
          <Members key={keyOfMapping(chosen)} mapping={chosen} />
        </DetailsPart>
      )}
    </Page>
  );
}
