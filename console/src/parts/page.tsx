import { Button, makeStyles, Text, Title3, Toolbar, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  page: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  list: { flex: '1 1 45%', minHeight: '160px', display: 'flex', flexDirection: 'column' },
  details: {
    flex: '1 1 55%',
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  empty: { padding: tokens.spacingHorizontalXXL, color: tokens.colorNeutralForeground2 },
});

/** A page of the console: its title, what can be done, and what it shows below. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <div className={styles.title}>
        <Title3 as="h1">{title}</Title3>
        {actions && <Toolbar aria-label="Actions">{actions}</Toolbar>}
      </div>
      {children}
    </div>
  );
}

/** The upper part of a page: a list that takes the height that is left. */
export function ListPart({ children }: { children: ReactNode }) {
  return <div className={useStyles().list}>{children}</div>;
}

/** The lower part of a page: what is known of the row that was chosen above. */
export function DetailsPart({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <section className={styles.details} aria-label={title}>
      <div className={styles.title}>
        <Text as="h2" weight="semibold" size={400}>
          {title}
        </Text>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Close the details"
          onClick={onClose}
        />
      </div>
      {children}
    </section>
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
