import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { Facts } from '../../parts/facts.tsx';
import { formatTime } from '../../parts/format.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useCollection } from '../data.ts';
import { MembershipHistory } from './history.tsx';
import { CollectionMembers } from './members.tsx';

type Part = 'summary' | 'members' | 'history';

/** Below the list: what is known of the chosen collection, its members, and who joined and left. */
export function CollectionDetails({ id, type }: { id: string; type: ResourceType }) {
  const [part, setPart] = useState<Part>('members');
  const collection = useCollection(id);
  if (collection.error) return <ProblemBar error={collection.error} />;
  if (!collection.data) return <Spinner label="Reading the collection" />;
  return (
    <Tabs<Part>
      label="About the collection"
      value={part}
      onChange={setPart}
      tabs={[
        { value: 'summary', title: 'Summary' },
        { value: 'members', title: `Members (${collection.data.memberCount.toLocaleString()})` },
        { value: 'history', title: 'Joined and left' },
      ]}
    >
      {part === 'summary' && <Summary collection={collection.data} />}
      {part === 'members' && <CollectionMembers collection={collection.data} type={type} />}
      {part === 'history' && <MembershipHistory id={id} />}
    </Tabs>
  );
}

function Summary({ collection }: { collection: Collection }) {
  const { rules, dependents } = collection;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <div role="region" aria-label="Summary" style={{ overflow: 'auto' }} tabIndex={0}>
      {collection.error && (
        <ProblemBar error={{ message: collection.error, hint: 'Open its properties and mend the rule.' }} />
      )}
      <Facts
        of={[
          ['Collection ID', collection.id],
          ['Limiting collection', collection.limitingCollectionName],
          ['Rules', rules.length === 0 ? 'None' : rules.length.toLocaleString()],
          ['Incremental updates', collection.incremental ? 'On' : 'Off'],
          ['Full update schedule', collection.schedule ?? 'None'],
          ['Last evaluation', formatTime(collection.lastEvaluationTime)],
          ['Last full evaluation', formatTime(collection.lastFullEvaluationTime)],
          ['Last membership change', formatTime(collection.lastMembershipChangeTime)],
          ['Used by', dependents.map(each => each.name).join(', ') || 'No other collection'],
          ['Comment', collection.comment],
        ]}
      />
    </div>
  );
}
