import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { QuestionCircleRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import type { Collection, CollectionMember, ResourceType } from '../../../../src/api/contract/index.ts';
import type { Column } from '../../parts/columns.ts';
import { EmptyLine, EmptyState } from '../../parts/empty.tsx';
import { Grid } from '../../parts/grid.tsx';
import { useKeptSort } from '../../parts/kept.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useCollectionMembers } from '../data.ts';
import type { Named } from '../resource-field.tsx';
import { Explain } from './explain.tsx';

const columns: readonly Column<CollectionMember>[] = [
  { id: 'name', sortable: true, title: 'Name', value: row => row.name, width: 320, grow: true },
  { id: 'id', title: 'Resource ID', value: row => String(row.resourceId), width: 140 },
];

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** The members of a collection, searched by name; for each, and for any other resource, why it is in or out. */
export function CollectionMembers({ collection, type }: { collection: Collection; type: ResourceType }) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<CollectionMember | null>(null);
  const [explaining, setExplaining] = useState<{ of: Named | null } | null>(null);
  const [sort, setSort] = useKeptSort('collection-members');
  const members = useCollectionMembers(collection, useDeferredValue(search.trim()), sort);
  return (
    <>
      <div className={styles.bar}>
        <SearchField label="Search members" value={search} onChange={setSearch} />
        <Button
          appearance="subtle"
          icon={<QuestionCircleRegular />}
          onClick={() => setExplaining({ of: chosen && { id: chosen.resourceId, name: chosen.name } })}
        >
          {chosen ? `Why is ${chosen.name} in?` : 'Why is something in, or not?'}
        </Button>
      </div>
      {members.error && <ProblemBar error={members.error} />}
      <Grid
        label="Members of a collection"
        columns={columns}
        source={members}
        sort={sort}
        onSort={setSort}
        keyOf={row => String(row.resourceId)}
        selected={chosen ? String(chosen.resourceId) : null}
        onSelect={setChosen}
        empty={<NoMembers collection={collection} pending={members.isPending} searched={search !== ''} />}
      />
      {explaining && (
        <Explain
          collection={collection}
          type={type}
          initial={explaining.of}
          onClose={() => setExplaining(null)}
        />
      )}
    </>
  );
}

function NoMembers({
  collection,
  pending,
  searched,
}: {
  collection: Collection;
  pending: boolean;
  searched: boolean;
}) {
  if (pending) return <EmptyLine>Reading the members …</EmptyLine>;
  if (searched) return <EmptyState title="No member is called so." />;
  if (collection.builtIn) {
    return (
      <EmptyState title="The inventory is empty.">Import devices and users, or connect a tenant.</EmptyState>
    );
  }
  if (collection.rules.length === 0) {
    return (
      <EmptyState title="It has no members.">Add a rule first: Properties, Membership Rules.</EmptyState>
    );
  }
  return collection.evaluationPending || collection.lastEvaluationTime === null ? (
    <EmptyState title="It has not been evaluated since its rules changed.">
      Click Update Membership.
    </EmptyState>
  ) : (
    <EmptyState title="It has no members.">
      Nothing meets its rules within the limiting collection.
    </EmptyState>
  );
}
