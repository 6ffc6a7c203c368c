import { MessageBar, MessageBarBody, MessageBarTitle, Text } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { UndoPlan } from '../../../src/api/contract/index.ts';
import { formatTime } from '../parts/format.ts';
import { rowsOf } from '../parts/rows.ts';
import { Changes, changesHeight, changesOf } from './changes.tsx';

/** What putting a group back takes: who goes in and out, what the guard says, and what the next run makes of it. */
export function UndoPlanView({ plan }: { plan: UndoPlan }) {
  const source = useMemo(() => rowsOf(changesOf(plan)), [plan]);
  return (
    <>
      <Text>
        {sentenceOf(plan)} {countsOf(plan)}
      </Text>
      {plan.guard !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{plan.guard}</MessageBarTitle>
            To put the group back is to approve these removals.
          </MessageBarBody>
        </MessageBar>
      )}
      <div style={changesHeight}>
        <Changes
          label="Changes that put the group back"
          source={source}
          empty="No member has to change: the group is as it was."
        />
      </div>
      {plan.nextRun === 'full' ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The next run of this group is a full one and makes these changes again. Pause the mapping first,
            or change the rule.
          </MessageBarBody>
        </MessageBar>
      ) : (
        <Text size={200}>
          The next run is an incremental one and leaves it so; Synchronize Membership makes the group equal to
          its collections again.
        </Text>
      )}
    </>
  );
}

function sentenceOf({ run, runs }: UndoPlan): string {
  const later = runs === 2 ? ', and the later run' : runs > 2 ? `, and ${runs - 1} later runs` : '';
  return `Takes back the ${run.kind} run of ${formatTime(run.startedAt)}, asked for by ${run.requestedBy}${later}.`;
}

function countsOf({ add, remove, givenUp }: UndoPlan): string {
  const counts = `${add.length.toLocaleString()} to add, ${remove.length.toLocaleString()} to remove.`;
  if (givenUp === 0) return counts;
  return `${counts} ${givenUp.toLocaleString()} failed ${givenUp === 1 ? 'change is' : 'changes are'} not tried again.`;
}
