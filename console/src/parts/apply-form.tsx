import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { Action } from './action.tsx';
import { ProblemBar } from './problem-bar.tsx';
import { useLack } from './role.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '640px' },
});

/** A form of a properties tab: its fields, Apply, and what came of it. */
export function ApplyForm({
  changed,
  pending,
  saved,
  error,
  onApply,
  invalid,
  children,
}: {
  /** Whether anything differs from what is stored. */
  changed: boolean;
  pending: boolean;
  saved: boolean;
  error: { message: string; hint?: string } | null;
  onApply: () => void;
  /** What is wrong with the fields, if anything. */
  invalid?: string | undefined;
  children: ReactNode;
}) {
  const styles = useStyles();
  const lack =
    useLack('full-administrator') ?? (changed ? undefined : 'Nothing has been changed.') ?? invalid;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (lack === undefined && !pending) onApply();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {error && <ProblemBar error={error} />}
      {saved && !changed && (
        <MessageBar intent="success">
          <MessageBarBody>Saved.</MessageBarBody>
        </MessageBar>
      )}
      {children}
      <div>
        <Action type="submit" appearance="primary" lack={lack} disabled={pending}>
          Apply
        </Action>
      </div>
    </form>
  );
}
