import { Button } from '@fluentui/react-components';
import { Problem } from '../../../src/base/index.ts';
import { ProblemBar } from './problem-bar.tsx';

/** What went wrong with a change; where somebody else was faster, with the way to what holds now. */
export function SaveProblem({
  error,
  onLoadAnew,
  keeps = false,
}: {
  error: { message: string; hint?: string };
  /** Where what is stored may have been changed by somebody else meanwhile: shows what holds now. */
  onLoadAnew?: (() => void) | undefined;
  /** What has been entered stays when it is loaded anew. */
  keeps?: boolean;
}) {
  if (!onLoadAnew || !(error instanceof Problem) || error.code !== 'changed-meanwhile') {
    return <ProblemBar error={error} />;
  }
  return (
    <ProblemBar
      error={{
        message: 'Somebody else has changed this meanwhile; nothing was saved.',
        hint: `Load it anew to see what holds now. ${
          keeps ? 'What you have entered here stays.' : 'What you have changed here is then lost.'
        }`,
      }}
      action={<Button onClick={onLoadAnew}>Load anew</Button>}
    />
  );
}
