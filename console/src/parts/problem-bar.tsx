import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';

/** What went wrong and what to do, in the server's words. */
export function ProblemBar({ error }: { error: { message: string; hint?: string } }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error.message}</MessageBarTitle>
        {error.hint ?? 'Reload the page; if it goes on, look at the log of the server.'}
      </MessageBarBody>
    </MessageBar>
  );
}
