import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { Problem } from '../../../src/base/index.ts';

/** What went wrong and what to do, in the server's words. */
export function ProblemBar({ error }: { error: Error }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error.message}</MessageBarTitle>
        {error instanceof Problem
          ? error.hint
          : 'Reload the page; if it goes on, look at the log of the server.'}
      </MessageBarBody>
    </MessageBar>
  );
}
