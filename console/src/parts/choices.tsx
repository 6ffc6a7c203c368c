import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    minHeight: '32px',
    paddingRight: tokens.spacingHorizontalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  // A long name is broken rather than laid over what stands beside it.
  choice: { minWidth: 0, '& .fui-Checkbox__label': { minWidth: 0, overflowWrap: 'anywhere' } },
  note: {
    flexShrink: 0,
    maxWidth: '50%',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    textAlign: 'right',
  },
  empty: { padding: tokens.spacingVerticalM, color: tokens.colorNeutralForeground2 },
});

/** Something that can be ticked. */
export interface Choice {
  id: string;
  name: string;
  /** At the right: what tells it from others. */
  note?: string;
  /** Why it can not be chosen. */
  lack?: string | null;
}

/** A list of things to tick, of any number of which some may be chosen. */
export function Choices({
  label,
  choices,
  chosen,
  onToggle,
  empty,
  height = 220,
}: {
  label: string;
  choices: readonly Choice[];
  chosen: ReadonlySet<string>;
  onToggle: (choice: Choice) => void;
  /** Shown where there is nothing to choose. */
  empty: ReactNode;
  /** Of the list, in pixels. */
  height?: number;
}) {
  const styles = useStyles();
  return (
    <ul aria-label={label} className={styles.list} style={{ height }}>
      {choices.map(choice => (
        <li key={choice.id} className={styles.row}>
          <Checkbox
            className={styles.choice}
            label={choice.name}
            checked={chosen.has(choice.id)}
            disabled={Boolean(choice.lack)}
            onChange={() => onToggle(choice)}
          />
          <span className={styles.note}>{choice.lack ?? choice.note}</span>
        </li>
      ))}
      {choices.length === 0 && <li className={styles.empty}>{empty}</li>}
    </ul>
  );
}
