import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    minWidth: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  head: {
    minHeight: '24px',
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '8px',
  },
  title: { margin: 0 },
  facts: {
    display: 'grid',
    gridTemplateColumns: '1fr max-content',
    gap: `2px ${tokens.spacingHorizontalM}`,
    margin: 0,
    fontSize: '13px',
    '& dt': { minWidth: 0, color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, textAlign: 'right', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  },
});

/** A part of the overview with a heading. */
export function Card({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.head}>
        <Text as="h2" weight="semibold" className={styles.title}>
          {title}
        </Text>
        {side}
      </div>
      {children}
    </section>
  );
}

/** A fact of a card: what it is and how it stands. */
export interface Fact {
  name: string;
  label?: ReactNode;
  value: ReactNode;
}

/** Facts in two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, label, value }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{label ?? name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
