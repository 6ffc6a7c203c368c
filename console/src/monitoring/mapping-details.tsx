import { useState } from 'react';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Tabs } from '../parts/tabs.tsx';
import type { MemberStatus } from './data.ts';
import { Held } from './held.tsx';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { PlanView } from './plan-view.tsx';

export type Part = MemberStatus | 'approval' | 'history' | 'plan';

/** A mapping from near: its members by status, what its runs did, and what the next one would do. */
export function MappingDetails({ mapping }: { mapping: Mapping }) {
  const [chosen, setPart] = useState<Part>(firstPart(mapping));
  const held = mapping.heldPlan;
  // A plan that was decided has no tab any more.
  const part = chosen === 'approval' && !held ? 'Success' : chosen;
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
        ...(held
          ? [{ value: 'approval' as const, title: `Approval (${held.removals.toLocaleString()})` }]
          : []),
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
      {part === 'approval' && held && <Held mapping={mapping} plan={held} />}
      {part === 'history' && <History mapping={mapping} />}
      {part === 'plan' && <PlanView mapping={mapping} />}
      {part !== 'approval' && part !== 'history' && part !== 'plan' && (
        <Members key={part} mapping={mapping} status={part} total={counts[part]} />
      )}
    </Tabs>
  );
}

/** What needs somebody comes first. */
function firstPart(mapping: Mapping): Part {
  if (mapping.heldPlan && !mapping.heldPlan.refusal) return 'approval';
  return mapping.syncFailed > 0 ? 'Failed' : 'Success';
}
