import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { SynchronizationResult } from '../../../src/api/contract/index.ts';

const intents = { done: 'success', 'some-failed': 'warning', held: 'warning', failed: 'error' } as const;

/** How a run that was asked for here has ended, a sentence a group. */
export function RunOutcome({ result, onClose }: { result: SynchronizationResult; onClose: () => void }) {
  return (
    <MessageBar intent={intents[result.outcome]} layout="multiline">
      <MessageBarBody>
        {result.groups.map(group => (
          <div key={group.groupId}>{sentenceOf(group)}</div>
        ))}
        {result.evaluation.errors.map(error => (
          <div key={error.id}>
            {error.name} could not be evaluated: {error.message}
          </div>
        ))}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            size="small"
            icon={<DismissRegular />}
            aria-label="Dismiss"
            onClick={onClose}
          />
        }
      />
    </MessageBar>
  );
}

function sentenceOf(group: SynchronizationResult['groups'][number]): string {
  if (group.problem) return `${group.groupName}: ${group.problem.message} ${group.problem.hint}`;
  const parts = [`${group.added.toLocaleString()} added`, `${group.removed.toLocaleString()} removed`];
  if (group.failed > 0) parts.push(`${group.failed.toLocaleString()} failed`);
  const held = group.held ? ` The removals wait for approval: ${group.held}` : '';
  const refused = group.refused ? ` ${group.refused}` : '';
  return `${group.groupName}: ${parts.join(', ')}.${held}${refused}`;
}
