import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  DismissCircleFilled,
  PersonClockFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import type { Overview } from '../../../src/api/contract/index.ts';
import { Card } from './card.tsx';
import { type Need, needsOf } from './needs.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'grid', maxHeight: '216px', overflowY: 'auto' },
  need: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) max-content',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalSNudge} 0`,
    '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  icon: { display: 'flex', fontSize: '20px' },
  text: { minWidth: 0, overflowWrap: 'anywhere' },
  links: { display: 'grid', justifyItems: 'end', gap: tokens.spacingVerticalXXS },
  hint: { color: tokens.colorNeutralForeground2 },
});

const icons = {
  approval: <PersonClockFilled color={tokens.colorPaletteMarigoldForeground2} aria-label="Approval" />,
  error: <DismissCircleFilled color={tokens.colorStatusDangerForeground1} aria-label="Error" />,
  warning: <WarningFilled color={tokens.colorStatusWarningForeground3} aria-label="Warning" />,
};

/** What needs somebody: approvals, failures by reason, warnings of tenants. */
export function Attention({ overview }: { overview: Overview }) {
  const styles = useStyles();
  const needs = needsOf(overview);
  return (
    <Card
      title="Needs attention"
      side={needs.length > 0 && <Text size={200}>{needs.length.toLocaleString()} in all</Text>}
    >
      {needs.length === 0 ? (
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <CheckmarkCircleFilled fontSize={20} color={tokens.colorStatusSuccessForeground1} />
          <Text>Nothing. Every group is in step with its collection.</Text>
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
        <ul className={styles.list} aria-label="Needs attention" tabIndex={0}>
          {needs.map(need => (
            <Item key={need.key} need={need} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Item({ need }: { need: Need }) {
  const styles = useStyles();
  return (
    <li className={styles.need}>
      <span className={styles.icon}>{icons[need.level]}</span>
      <div className={styles.text}>
        <Text block>{need.what}</Text>
        <Text block size={200} className={styles.hint}>
          {need.hint}
        </Text>
      </div>
      <span className={styles.links}>
        {need.links.map(({ text, where }) => (
          <Link key={text} href={where} aria-label={`${text}: ${need.what}`}>
            {text}
          </Link>
        ))}
      </span>
    </li>
  );
}
