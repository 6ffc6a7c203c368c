import { Button, makeStyles, Spinner, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Collection, CollectionMember, ResourceType, Rule } from '../../../src/api/contract/index.ts';
import type { Column } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { EmptyState } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { AddRule } from './add-rule.tsx';
import { useCollection, useCollectionActions, useCollectionMembers } from './data.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
    overflow: 'auto',
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: 0 },
  },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
});

type Part = 'general' | 'rules' | 'members';

/** What a collection is: general facts, its membership rules, its members. */
export function CollectionDetails({ id, type }: { id: string; type: ResourceType }) {
  const [part, setPart] = useState<Part>('rules');
  const collection = useCollection(id);
  if (collection.error) return <ProblemBar error={collection.error} />;
  if (!collection.data) return <Spinner label="Reading the collection" />;
  return (
    <>
      <TabList selectedValue={part} onTabSelect={(_, tab) => setPart(tab.value as Part)}>
        <Tab value="general">General</Tab>
        <Tab value="rules">Membership Rules ({collection.data.rules.length.toLocaleString()})</Tab>
        <Tab value="members">Members ({collection.data.memberCount.toLocaleString()})</Tab>
      </TabList>
      {part === 'general' && <General collection={collection.data} />}
      {part === 'rules' && <Rules collection={collection.data} type={type} />}
      {part === 'members' && <CollectionMembers id={id} />}
    </>
  );
}

function General({ collection }: { collection: Collection }) {
  const facts: [string, string | null][] = [
    ['Collection ID', collection.id],
    ['Limiting collection', collection.limitingCollectionName],
    ['Incremental updates', collection.incremental ? 'On' : 'Off'],
    ['Full update schedule', collection.schedule ?? 'None'],
    ['Comment', collection.comment],
    ['Last evaluation', formatTime(collection.lastEvaluationTime)],
    ['Last full evaluation', formatTime(collection.lastFullEvaluationTime)],
    ['It took', collection.evaluationMs === null ? null : `${collection.evaluationMs} ms`],
    ['Last change', `${collection.lastJoined} joined, ${collection.lastLeft} left`],
    ['Used by', collection.dependents.map(each => each.name).join(', ') || 'No other collection'],
  ];
  return (
    <dl className={useStyles().facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const ruleColumns: readonly Column<Rule>[] = [
  { id: 'name', title: 'Rule Name', value: row => row.name, width: 240 },
  { id: 'kind', title: 'Type', value: row => row.kind, width: 90 },
  {
    id: 'detail',
    title: 'Criteria',
    value: row => row.query ?? row.collectionId ?? (row.resourceId ? String(row.resourceId) : null),
    width: 640,
  },
];

function Rules({ collection, type }: { collection: Collection; type: ResourceType }) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const { removeRule } = useCollectionActions();
  return (
    <>
      <div className={styles.actions}>
        <Button
          size="small"
          icon={<AddRegular />}
          disabled={collection.builtIn}
          onClick={() => setAdding(true)}
        >
          Add rule
        </Button>
        <Button
          size="small"
          icon={<DeleteRegular />}
          disabled={chosen === null || removeRule.isPending}
          onClick={() => chosen !== null && removeRule.mutate({ id: collection.id, rule: chosen })}
        >
          Remove rule
        </Button>
      </div>
      {removeRule.error && <ProblemBar error={removeRule.error} />}
      <Grid
        label={`Rules of ${collection.type} collections`}
        columns={ruleColumns}
        rows={collection.rules}
        keyOf={row => String(row.id)}
        selected={chosen === null ? null : String(chosen)}
        onSelect={row => setChosen(row.id)}
        empty={
          <EmptyState
            title={collection.builtIn ? 'A built-in collection holds everything.' : 'No rules yet.'}
          >
            {collection.builtIn
              ? null
              : 'Without a rule it has no members. Add a query, a resource, or a collection.'}
          </EmptyState>
        }
      />
      {adding && <AddRule collection={collection} type={type} onClose={() => setAdding(false)} />}
    </>
  );
}

const memberColumns: readonly Column<CollectionMember>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 320 },
  { id: 'id', title: 'Resource ID', value: row => String(row.resourceId), width: 140 },
];

function CollectionMembers({ id }: { id: string }) {
  const members = useCollectionMembers(id);
  if (members.error) return <ProblemBar error={members.error} />;
  return (
    <Grid
      label="Members of a collection"
      columns={memberColumns}
      rows={members.data?.pages.flatMap(page => page.items) ?? []}
      keyOf={row => String(row.resourceId)}
      onEnd={() => {
        if (members.hasNextPage && !members.isFetchingNextPage) void members.fetchNextPage();
      }}
      empty={
        <Text block style={{ padding: 24 }}>
          {members.isPending ? 'Reading the members …' : 'It has no members.'}
        </Text>
      }
    />
  );
}
