import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular, OptionsRegular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { Collection, Mapping } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import { EmptyState, Reading } from '../../parts/empty.tsx';
import { Grid } from '../../parts/grid.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { AddGroups } from './add-groups.tsx';
import { columnsOf } from './columns.ts';
import { useMappingsOf, useTenants } from './data.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { RemoveGroup } from './remove-group.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexShrink: 0 },
});

/** The Cloud Sync tab of a collection: the Entra groups that its members become members of. */
export function CloudSyncTab({ collection }: { collection: Collection }) {
  const styles = useStyles();
  const [dialog, setDialog] = useState<'add' | 'limits' | null>(null);
  // Kept while it is asked about: once it is removed, the list has it no more.
  const [removing, setRemoving] = useState<Mapping | null>(null);
  const [chosenId, setChosen] = useState<string | null>(null);
  const mappings = useMappingsOf(collection.id);
  const tenants = useTenants();
  const mayMap = useLack('addMapping');
  const problem = mappings.error ?? tenants.error;
  const rows = mappings.data ?? [];
  const chosen = rows.find(row => row.groupId === chosenId);
  const tenant = tenants.data?.find(each => each.id === chosen?.cloudServiceId);
  const noChoice = mayMap ?? (chosen ? undefined : 'Select a group first.');
  const noTenant =
    tenants.data?.length === 0
      ? 'No tenant is connected yet: Administration, Cloud Services, Azure Services.'
      : undefined;
  const columns = useMemo(() => columnsOf(tenants.data ?? []), [tenants.data]);
  return (
    <>
      <Text>
        The members of this collection become members of these groups. The first synchronization makes a group
        equal to the collection; after that only what changes here is sent.
      </Text>
      <div className={styles.bar}>
        <Action icon={<AddRegular />} lack={mayMap ?? noTenant} onClick={() => setDialog('add')}>
          Add groups
        </Action>
        <Action icon={<OptionsRegular />} lack={noChoice} onClick={() => setDialog('limits')}>
          Limits and pause
        </Action>
        <Action icon={<DeleteRegular />} lack={noChoice} onClick={() => setRemoving(chosen ?? null)}>
          Remove
        </Action>
      </div>
      {problem && <ProblemBar error={problem} />}
      <Grid
        label="Entra groups of a collection"
        columns={columns}
        rows={rows}
        error={mappings.error}
        keyOf={row => row.groupId}
        selected={chosenId}
        onSelect={row => setChosen(row.groupId)}
        empty={
          mappings.isPending ? (
            <Reading what="the mappings" />
          ) : (
            <EmptyState title="Its members are synchronized to no group yet.">
              {noTenant ?? 'Add a group: it is searched in Entra, or made there.'}
            </EmptyState>
          )
        }
      />
      {dialog === 'add' && (
        <AddGroups
          collection={collection}
          tenants={tenants.data ?? []}
          mapped={new Set(rows.map(row => row.groupId))}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'limits' && chosen && tenant && (
        <LimitsDialog mapping={chosen} tenant={tenant} onClose={() => setDialog(null)} />
      )}
      {removing && (
        <RemoveGroup
          mapping={removing}
          onClose={() => {
            setRemoving(null);
            setChosen(null);
          }}
        />
      )}
    </>
  );
}
