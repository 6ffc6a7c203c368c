import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Collection, Mapping } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import type { Column } from '../../parts/columns.ts';
import { formatTime } from '../../parts/format.ts';
import { Grid } from '../../parts/grid.tsx';
import { EmptyState } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { AddGroups } from './add-groups.tsx';
import { useMappingsOf, useTenants } from './data.ts';
import { RemoveGroup } from './remove-group.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexShrink: 0 },
});

/** The Cloud Sync tab of a collection: the Entra groups that its members become members of. */
export function CloudSyncTab({ collection }: { collection: Collection }) {
  const styles = useStyles();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [chosenId, setChosen] = useState<string | null>(null);
  const mappings = useMappingsOf(collection.id);
  const tenants = useTenants();
  const mayMap = useLack('operator');
  const problem = mappings.error ?? tenants.error;
  const rows = mappings.data ?? [];
  const chosen = rows.find(row => row.groupId === chosenId);
  const noTenant =
    tenants.data?.length === 0
      ? 'No tenant is connected yet: Administration, Cloud Services, Azure Services.'
      : undefined;
  const tenantName = (id: number) => tenants.data?.find(each => each.id === id)?.name ?? String(id);
  const columns: readonly Column<Mapping>[] = [
    { id: 'group', title: 'Microsoft Entra group', value: row => row.groupName, width: 230 },
    { id: 'tenant', title: 'Tenant', value: row => tenantName(row.cloudServiceId), width: 130 },
    { id: 'status', title: 'Cloud Sync Status', value: row => row.status, width: 140 },
    { id: 'time', title: 'Last Sync Time', value: row => formatTime(row.lastSyncTime), width: 190 },
    { id: 'id', title: 'Group Id', value: row => row.groupId, width: 290 },
  ];
  return (
    <>
      <Text>
        The members of this collection become members of these groups. The first synchronization makes a group
        equal to the collection; after that only what changes here is sent.
      </Text>
      <div className={styles.bar}>
        <Action icon={<AddRegular />} lack={mayMap ?? noTenant} onClick={() => setAdding(true)}>
          Add groups
        </Action>
        <Action
          icon={<DeleteRegular />}
          lack={mayMap ?? (chosen ? undefined : 'Select a group first.')}
          onClick={() => setRemoving(true)}
        >
          Remove
        </Action>
      </div>
      {problem && <ProblemBar error={problem} />}
      <Grid
        label="Entra groups of a collection"
        columns={columns}
        rows={rows}
        keyOf={row => row.groupId}
        selected={chosenId}
        onSelect={row => setChosen(row.groupId)}
        empty={
          mappings.isPending ? (
            <Spinner label="Reading the mappings" style={{ padding: 24 }} />
          ) : (
            <EmptyState title="Its members are synchronized to no group yet.">
              {noTenant ?? 'Add a group: it is searched in Entra, or made there.'}
            </EmptyState>
          )
        }
      />
      {adding && (
        <AddGroups
          collection={collection}
          tenants={tenants.data ?? []}
          mapped={new Set(rows.map(row => row.groupId))}
          onClose={() => setAdding(false)}
        />
      )}
      {removing && chosen && (
        <RemoveGroup
          mapping={chosen}
          onClose={() => {
            setRemoving(false);
            setChosen(null);
          }}
        />
      )}
    </>
  );
}
