import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
import { useDialogFocus } from './focus.ts';

const useStyles = makeStyles({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    height: 'min(520px, calc(100vh - 220px))',
    paddingBottom: '2px',
  },
  tabs: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})`, flexShrink: 0 },
  panel: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    overflowY: 'auto',
    // Room for the ring around what has the focus.
    padding: '3px',
    margin: '-3px',
  },
});

/** A tab of a dialog. */
export interface DialogTab {
  id: string;
  title: string;
  content: ReactNode;
}

/** A properties dialog as ConfigMgr has it: tabs above, the same size whichever is open. */
export function TabbedDialog({
  title,
  tabs,
  open,
  onOpen,
  onClose,
}: {
  title: string;
  tabs: readonly DialogTab[];
  /** Id of the open tab. */
  open: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const styles = useStyles();
  const base = useId();
  const surface = useDialogFocus();
  const shown = tabs.find(tab => tab.id === open) ?? tabs[0];
  return (
    <Dialog
      open
      // A click beside it would throw away what was entered.
      onOpenChange={(_, data) => !data.open && data.type !== 'backdropClick' && onClose()}
    >
      <DialogSurface ref={surface} style={{ maxWidth: 'min(920px, 95vw)' }}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <TabList
              className={styles.tabs}
              selectedValue={shown?.id ?? null}
              onTabSelect={(_, tab) => onOpen(tab.value as string)}
            >
              {tabs.map(tab => (
                <Tab key={tab.id} value={tab.id} id={`${base}-${tab.id}`}>
                  {tab.title}
                </Tab>
              ))}
            </TabList>
            {shown && (
              <div
                key={shown.id}
                className={styles.panel}
                role="tabpanel"
                aria-labelledby={`${base}-${shown.id}`}
              >
                {shown.content}
              </div>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
