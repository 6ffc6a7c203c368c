import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import type { RouteName } from '../../../src/api/contract/index.ts';
import { Action } from './action.tsx';
import { useLack } from './role.ts';
import { SaveProblem } from './save-problem.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '640px' },
});

/** A form of a properties tab: its fields, Apply, and what came of it. */
export function ApplyForm({
  route,
  fixed,
  changed,
  pending,
  saved,
  error,
  onApply,
  onLoadAnew,
  invalid,
  children,
}: {
  /** Of the API, that applies it. */
  route: RouteName;
  /** Why it can not be changed by anybody. */
  fixed?: string | undefined;
  /** Whether anything differs from what is stored. */
  changed: boolean;
  pending: boolean;
  saved: boolean;
  error: Error | null;
  onApply: () => void;
  /** Where what is stored may have been changed by somebody else meanwhile: shows what holds now. */
  onLoadAnew?: () => void;
  /** What is wrong with the fields, if anything. */
  invalid?: string | undefined;
  children: ReactNode;
}) {
  const styles = useStyles();
  const lack = useLack(route) ?? fixed ?? (changed ? undefined : 'Nothing has been changed.') ?? invalid;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (lack === undefined && !pending) onApply();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      {error && (
        <div ref={intoView}>
          <SaveProblem error={error} onLoadAnew={onLoadAnew} />
        </div>
      )}
      {saved && !changed && (
        <MessageBar intent="success" ref={intoView}>
          <MessageBarBody>Saved.</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Action type="submit" appearance="primary" lack={lack} pending={pending}>
          Apply
        </Action>
      </div>
    </form>
  );
}

/** What came of it is never below the edge of a long form. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
