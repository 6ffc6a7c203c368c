import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { Problem } from '../../../src/base/index.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

/** A form of the sign-in page: its fields, why it was refused, and its one button. */
export function Form({
  action,
  isReady,
  error,
  onSubmit,
  children,
}: {
  action: string;
  isReady: boolean;
  error: Error | null;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSubmit();
  };
  return (
    <form className={useStyles().form} onSubmit={submit}>
      {children}
      {error && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{error.message}</MessageBarTitle>
            {error instanceof Problem && error.hint}
          </MessageBarBody>
        </MessageBar>
      )}
      <Button type="submit" appearance="primary" disabledFocusable={!isReady}>
        {action}
      </Button>
    </form>
  );
}
