import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { SaveProblem } from './save-problem.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

interface FormDialogProps {
  title: string;
  /** The button that does it. */
  submit: string;
  onSubmit: () => void;
  onClose: () => void;
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
  /** Buttons before Cancel. */
  more?: ReactNode;
  children: ReactNode;
}

/** A dialog that asks for something and does it: fields, what went wrong, Cancel and the one button that acts. */
export function FormDialog({
  title,
  submit,
  onSubmit,
  onClose,
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
  const send = (event: FormEvent) => {
    event.preventDefault();
    // Dialogs lie in one another, and forms tell what happens in them to the outer ones.
    event.stopPropagation();
    if (!incomplete && !pending) onSubmit();
  };
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: `min(${width}px, 95vw)` }}>
        <form onSubmit={send} noValidate>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {error && <SaveProblem error={error} onLoadAnew={onLoadAnew} keeps={keeps} />}
              {children}
            </DialogContent>
            <DialogActions>
              {more}
              <Button onClick={onClose}>Cancel</Button>
              <Button
                type="submit"
                appearance="primary"
                disabled={incomplete || pending}
                {...(pending ? { icon: <Spinner size="tiny" /> } : {})}
              >
                {submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
