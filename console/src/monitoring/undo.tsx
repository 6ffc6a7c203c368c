import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import type { Mapping, SyncRun, UndoPlan, UndoResult } from '../../../src/api/contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { JobProgress } from '../parts/job-progress.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useLack } from '../parts/role.ts';
import { hasChanged, useUndo, useUndoPlan } from './undo-data.ts';
import { UndoPlanView } from './undo-plan.tsx';

/** Puts a group back as it was before a run: shows what that takes, and does it when it is approved. */
export function Undo({ mapping, run, onClose }: { mapping: Mapping; run: SyncRun; onClose: () => void }) {
  const plan = useUndoPlan(mapping, run);
  const undo = useUndo(mapping, run);
  const lack = useLack('undo');
  const changed = hasChanged(undo.error);
  const problem = plan.error ?? (changed ? null : undo.error);
  // What was shown is no more: the new plan takes its place, to be approved anew.
  const approve = (shown: UndoPlan) =>
    undo.mutate(shown, { onError: error => hasChanged(error) && void plan.refetch() });
  return (
    <FormDialog
      alert
      width={920}
      title={`Put ${mapping.groupName} back to before this run?`}
      submit={undo.data ? undefined : undo.isPending ? 'Putting back …' : 'Put back'}
      onSubmit={() => plan.data && approve(plan.data)}
      onClose={onClose}
      close={undo.data ? 'Close' : 'Cancel'}
      lack={lack}
      incomplete={!plan.data || plan.isFetching || isIdle(plan.data)}
      pending={undo.isPending}
      error={problem}
    >
      {changed && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            It would take other changes by now than those that were shown. Nothing was sent; below is what it
            takes now.
          </MessageBarBody>
        </MessageBar>
      )}
      {plan.isFetching && <Spinner size="tiny" label="Comparing with the group …" />}
      {undo.data && <Outcome result={undo.data} />}
      {plan.data && !plan.isFetching && !undo.data && <UndoPlanView plan={plan.data} />}
      {undo.job && <JobProgress label="Undo" job={undo.job} />}
    </FormDialog>
  );
}

const isIdle = ({ add, remove, givenUp }: UndoPlan) => add.length + remove.length + givenUp === 0;

function Outcome({ result }: { result: UndoResult }) {
  if (result.problem) {
    const hint = `${result.problem.hint} The next run of the group finishes the undo.`;
    return <ProblemBar error={{ message: result.problem.message, hint }} />;
  }
  const failed = result.failed > 0 ? ` ${result.failed.toLocaleString()} failed: see why in this run.` : '';
  return (
    <MessageBar intent={result.failed > 0 ? 'warning' : 'success'} layout="multiline">
      <MessageBarBody>
        {result.groupName} is put back: {result.added.toLocaleString()} added,{' '}
        {result.removed.toLocaleString()} removed (run {result.runId} of the history).{failed}
      </MessageBarBody>
    </MessageBar>
  );
}
