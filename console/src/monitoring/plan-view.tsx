import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMemo } from 'react';
import type { Mapping, Plan } from '../../../src/api/contract/index.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { rowsOf } from '../parts/rows.ts';
import { Changes, changesOf } from './changes.tsx';
import { usePlan } from './data.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** What a run of a mapping would do if it began now. Nothing is written. */
export function PlanView({ mapping }: { mapping: Mapping }) {
  const styles = useStyles();
  const plan = usePlan(mapping);
  return (
    <>
      <div className={styles.actions}>
        <Button size="small" disabledFocusable={plan.isPending} onClick={() => plan.mutate(false)}>
          Plan an incremental run
        </Button>
        <Button size="small" disabledFocusable={plan.isPending} onClick={() => plan.mutate(true)}>
          Plan a full run
        </Button>
        {plan.isPending && <Spinner size="tiny" label="Comparing with the group …" />}
        {plan.data && <Text size={200}>{sentenceOf(plan.data)}</Text>}
      </div>
      {plan.error && <ProblemBar error={plan.error} />}
      {plan.data?.problem && <ProblemBar error={plan.data.problem} />}
      {plan.data?.held && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>It would be held for approval: {plan.data.held}</MessageBarBody>
        </MessageBar>
      )}
      {plan.data ? (
        <PlannedChanges plan={plan.data} />
      ) : (
        <Text size={200}>
          See who would be added and removed before a run does it. Nothing is written to Microsoft Entra.
        </Text>
      )}
    </>
  );
}

function PlannedChanges({ plan }: { plan: Plan }) {
  const source = useMemo(() => rowsOf(changesOf(plan)), [plan]);
  const isHidden = plan.hidden.add + plan.hidden.remove > 0;
  const empty = isHidden ? 'It changes members that you may not see.' : 'The group is as it should be.';
  return <Changes label="Planned changes" source={source} empty={empty} />;
}

function sentenceOf(plan: Plan): string {
  const kind = plan.kind === 'full' ? 'A full run' : 'An incremental run';
  const { add, remove, hidden } = plan;
  const [adds, removes] = [add.length + hidden.add, remove.length + hidden.remove];
  const more = hidden.add + hidden.remove;
  const rest = more > 0 ? ` ${more.toLocaleString()} of these are members that you may not see.` : '';
  return `${kind} would add ${adds.toLocaleString()} and remove ${removes.toLocaleString()}.${rest}`;
}
