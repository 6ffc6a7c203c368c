import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Action } from '../parts/action.tsx';
import { formatTime } from '../parts/format.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useLack } from '../parts/role.ts';
import { Approve } from './approve.tsx';
import { Changes } from './changes.tsx';
import { type HeldPlan, useHeldChanges } from './held-data.ts';
import { Refuse } from './refuse.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** A plan that waits for approval: why, who would be removed and added, and the decision. */
export function Held({ mapping, plan }: { mapping: Mapping; plan: HeldPlan }) {
  const styles = useStyles();
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null);
  const changes = useHeldChanges(plan.id, plan.additions + plan.removals);
  const mayDecide = useLack('approveHeldPlan');
  return (
    <>
      <MessageBar intent={plan.refusal ? 'info' : 'warning'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{plan.reason}</MessageBarTitle>
          <div>{sentenceOf(plan)}</div>
        </MessageBarBody>
      </MessageBar>
      <div className={styles.actions}>
        <Action
          size="small"
          appearance="primary"
          icon={<CheckmarkRegular />}
          lack={mayDecide}
          onClick={() => setAsking('approve')}
        >
          Approve
        </Action>
        <Action
          size="small"
          icon={<DismissRegular />}
          lack={mayDecide ?? (plan.refusal ? 'It has been refused already.' : undefined)}
          onClick={() => setAsking('refuse')}
        >
          Refuse
        </Action>
      </div>
      {changes.error && <ProblemBar error={changes.error} />}
      <Changes
        label="Changes that wait for approval"
        source={changes}
        empty={changes.isPending ? 'Reading the plan …' : 'The plan changes nothing.'}
      />
      {asking === 'approve' && (
        <Approve mapping={mapping} plan={plan} changes={changes} onClose={() => setAsking(null)} />
      )}
      {asking === 'refuse' && <Refuse mapping={mapping} plan={plan} onClose={() => setAsking(null)} />}
    </>
  );
}

function sentenceOf(plan: HeldPlan): string {
  if (plan.refusal) {
    const { by, at, reason } = plan.refusal;
    return `Refused by ${by}, ${formatTime(at)}${reason ? `: ${reason}` : ''}. These removals are not made; approve them after all, or correct the collection.`;
  }
  const foreign =
    plan.foreign > 0 ? ` ${plan.foreign.toLocaleString()} of them were not put there by Rollcall.` : '';
  return `Held since ${formatTime(plan.createdAt)}. Until somebody decides, nobody is removed from the group; additions go on.${foreign}`;
}
