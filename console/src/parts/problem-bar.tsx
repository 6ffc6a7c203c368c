import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** What went wrong and what to do, in the server's words; with a button where it can be done at once. */
export function ProblemBar({
  error,
  action,
}: {
  error: { message: string; hint?: string };
  action?: ReactNode;
}) {
  return (
    <MessageBar intent="error" layout="multiline" style={{ flexShrink: 0 }}>
      <MessageBarBody>
        <MessageBarTitle>{error.message}</MessageBarTitle>
        {error.hint ?? 'Reload the page; if it goes on, look at the log of the server.'}
      </MessageBarBody>
      {action && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}
