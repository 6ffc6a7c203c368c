import { useState } from 'react';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Tabs } from '../parts/tabs.tsx';
import type { MemberStatus } from './data.ts';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { PlanView } from './plan-view.tsx';

export type Part = MemberStatus | 'history' | 'plan';

/** A mapping from near: its members by status, what its runs did, and what the next one would do. */
export function MappingDetails({ mapping }: { mapping: Mapping }) {
  const [part, setPart] = useState<Part>(firstPart(mapping));
  const counts: Record<MemberStatus, number> = {
    Success: mapping.syncCompleted,
    Failed: mapping.syncFailed,
    'In Progress': mapping.syncInProgress,
    'Not in Entra': mapping.notInEntra,
  };
  const statuses = Object.entries(counts) as [MemberStatus, number][];
  return (
    <Tabs<Part>
      label="Details"
      tabs={[
        ...statuses.map(([status, count]) => ({
          value: status,
          title: `${status} (${count.toLocaleString()})`,
        })),
        { value: 'history', title: 'History' },
        { value: 'plan', title: 'Plan' },
      ]}
      value={part}
      onChange={setPart}
    >
      {part === 'history' && <History mapping={mapping} />}
      {part === 'plan' && <PlanView mapping={mapping} />}
      {part !== 'history' && part !== 'plan' && (
        <Members key={part} mapping={mapping} status={part} total={counts[part]} />
      )}
    </Tabs>
  );
}

/** What needs somebody comes first. */
function firstPart(mapping: Mapping): Part {
  return mapping.syncFailed > 0 ? 'Failed' : 'Success';
}
