import { Button, makeStyles, mergeClasses, Text, Toolbar, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type ReactNode, useEffect } from 'react';
import { useFocusBack } from './focus.ts';
import { useKept } from './kept.ts';
import { useIsLimited } from './role.ts';
import { Split } from './split.tsx';

const useStyles = makeStyles({
  page: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
  ribbon: {
    flexShrink: 0,
    flexWrap: 'wrap',
    minHeight: '40px',
    padding: `2px ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '& > button': { whiteSpace: 'nowrap' },
  },
  content: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}`,
    // What a bar says is never cut off: the list beside it gives way.
    '& .fui-MessageBar': { flexShrink: 0 },
  },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    minHeight: '28px',
  },
  heading: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  // What is shown of one row has little room: its name is cut, and stays whole for whoever points at it.
  detailsTitle: { flexWrap: 'nowrap' },
  name: { margin: 0, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  side: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  list: { flex: '1 1 0', minHeight: '96px', display: 'flex', flexDirection: 'column' },
  details: {
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  empty: {
    padding: tokens.spacingHorizontalXXL,
    color: tokens.colorNeutralForeground2,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    position: 'sticky',
    left: 0,
  },
});

/** A page of the console: the ribbon with what can be done, its title, and what it shows below. */
export function Page({
  title,
  actions,
  side,
  children,
}: {
  title: string;
  /** Buttons of the ribbon. */
  actions?: ReactNode;
  /** What stands beside the title: a search, a filter. */
  side?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} – Rollcall`;
    return () => {
      document.title = 'Rollcall';
    };
  }, [title]);
  return (
    <div className={styles.page}>
      {actions && (
        <Toolbar aria-label="Actions" size="small" className={styles.ribbon}>
          {actions}
        </Toolbar>
      )}
      <div className={styles.content}>
        <div className={styles.title}>
          <Text as="h1" size={400} weight="semibold" className={styles.heading}>
            {title}
          </Text>
          {side && <div className={styles.side}>{side}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}

/** The upper part of a page: a list that takes the height that is left. */
export function ListPart({ children }: { children: ReactNode }) {
  return <div className={useStyles().list}>{children}</div>;
}

/** The lower part of a page: what is known of the row that was chosen above. Its height is the user's. */
export function DetailsPart({
  title,
  onClose,
  actions,
  children,
}: {
  title: string;
  onClose: () => void;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  useFocusBack();
  const [share, setShare] = useKept('details', 55);
  return (
    <>
      <Split share={share} onChange={setShare} />
      <section className={styles.details} style={{ flex: `0 0 ${share}%` }} aria-label={title}>
        <div className={mergeClasses(styles.title, styles.detailsTitle)}>
          <Text as="h2" weight="semibold" size={300} className={styles.name} title={title}>
            {title}
          </Text>
          <div className={styles.side}>
            {actions}
            <Button
              appearance="subtle"
              size="small"
              icon={<DismissRegular />}
              aria-label="Close the details"
              onClick={onClose}
            />
          </div>
        </div>
        {children}
      </section>
    </>
  );
}

/** What stands where there is nothing that who is signed in may see, or nothing at all. */
export function NothingSeen({ things, children }: { things: string; children: ReactNode }) {
  const isLimited = useIsLimited();
  if (!isLimited) return children;
  return (
    <EmptyState title={`There are no ${things} that you may see.`}>
      Your account is limited to some collections, and to what belongs to them.
    </EmptyState>
  );
}

/** What stands where there is nothing yet: that there is nothing, and what to do first. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={useStyles().empty}>
      <Text block weight="semibold">
        {title}
      </Text>
      {children && <Text block>{children}</Text>}
    </div>
  );
}
