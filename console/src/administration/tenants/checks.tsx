import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { TenantCheck } from '../../../../src/api/contract/index.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: 'none', overflow: 'auto' },
  check: {
    display: 'grid',
    gridTemplateColumns: '72px 200px 1fr',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 700px)': { gridTemplateColumns: '72px 1fr' },
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

const colours = { pass: 'success', warn: 'warning', fail: 'danger' } as const;
const words = { pass: 'Passed', warn: 'Warning', fail: 'Failed' } as const;
const order = { fail: 0, warn: 1, pass: 2 };

/** What was looked at, what is wrong first: the verdict, what was seen, what to do. */
export function Checks({ checks }: { checks: readonly TenantCheck[] }) {
  const styles = useStyles();
  const sorted = checks
    .map((check, index) => ({ ...check, key: `${check.name}/${index}` }))
    .sort((a, b) => order[a.outcome] - order[b.outcome]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <ul className={styles.list} aria-label="Checks" tabIndex={0}>
      {sorted.map(check => (
        <li key={check.key} className={styles.check}>
          <Badge appearance="tint" color={colours[check.outcome]}>
            {words[check.outcome]}
          </Badge>
          <Text weight="semibold">{titleOf(check.name)}</Text>
          <span>
            {check.seen}
            {check.hint && <div className={styles.hint}>{check.hint}</div>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** "permission-add-devices" as a title: "Permission: add devices". */
function titleOf(name: string): string {
  const text = name.replace(/^permission-/, 'permission: ').replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
