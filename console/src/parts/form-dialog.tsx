import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { Action } from './action.tsx';
import { useDialogFocus } from './focus.ts';
import { SaveProblem } from './save-problem.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  actions: { '& button': { whiteSpace: 'nowrap' } },
});

interface FormDialogProps {
  title: string;
  /** The button that does it, named by the deed itself; absent where nothing is left to do but to close. */
  submit?: string | undefined;
  onSubmit?: () => void;
  onClose: () => void;
  /** What the button that only closes says. */
  close?: string;
  /** It asks before something that is not easily undone. */
  alert?: boolean;
  /** Why it may not be done. */
  lack?: string | undefined;
  /** Something is missing: it can not be submitted yet. */
  incomplete?: boolean;
  pending?: boolean;
  error?: { message: string; hint?: string } | null;
  /** Shows what holds now, where somebody else has changed it since it was read. */
  onLoadAnew?: (() => void) | undefined;
  /** What has been entered stays when it is loaded anew. */
  keeps?: boolean;
  /** Widest in pixels. */
  width?: number;
  /** Buttons before the one that closes. */
  more?: ReactNode;
  children: ReactNode;
}

/** A dialog that asks for something, or whether, and does it: fields, what went wrong, and the buttons. */
export function FormDialog({
  title,
  submit,
  onSubmit,
  onClose,
  close = 'Cancel',
  alert = false,
  lack,
  incomplete = false,
  pending = false,
  error,
  onLoadAnew,
  keeps = false,
  width = 560,
  more,
  children,
}: FormDialogProps) {
  const styles = useStyles();
  const surface = useDialogFocus();
  const send = (event: FormEvent) => {
    event.preventDefault();
    // Dialogs lie in one another, and forms tell what happens in them to the outer ones.
    event.stopPropagation();
    if (lack === undefined && !incomplete && !pending) onSubmit?.();
  };
  return (
    <Dialog
      open
      modalType={alert ? 'alert' : 'modal'}
      onOpenChange={(_, data) => {
        // A click beside it would throw away what was entered.
        if (!data.open && (data.type !== 'backdropClick' || submit === undefined)) onClose();
      }}
    >
      <DialogSurface ref={surface} style={{ maxWidth: `min(${width}px, 95vw)` }}>
        <form onSubmit={send} noValidate>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {error && <SaveProblem error={error} onLoadAnew={onLoadAnew} keeps={keeps} />}
              {children}
            </DialogContent>
            <DialogActions className={styles.actions}>
              {more}
              <Button onClick={onClose}>{close}</Button>
              {submit !== undefined && (
                <Action
                  type="submit"
                  appearance="primary"
                  lack={lack}
                  incomplete={incomplete}
                  pending={pending}
                >
                  {submit}
                </Action>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
