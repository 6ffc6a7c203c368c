import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ProblemBar } from './problem-bar.tsx';

/** Asks before something is done that is not easily undone; says what will happen, and shows if it failed. */
export function Confirm({
  title,
  action,
  isPending = false,
  error,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button says: the deed itself, such as "Approve". */
  action: string;
  isPending?: boolean;
  error?: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent style={{ display: 'grid', gap: 12 }}>
            {error && <ProblemBar error={error} />}
            <div>{children}</div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button appearance="primary" disabled={isPending} onClick={onConfirm}>
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
