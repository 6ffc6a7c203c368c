import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { ApiProblem } from '../api/client.ts';

/** What went wrong and what to do, in the server's words. */
export function ProblemBar({ error }: { error: Error }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error.message}</MessageBarTitle>
        {error instanceof ApiProblem
          ? error.hint
          : 'Check that the Rollcall server is running, then reload the page.'}
      </MessageBarBody>
    </MessageBar>
  );
}
