import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { MappingMember } from '../../../src/api/contract/index.ts';
import { formatTime } from '../parts/format.ts';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: `2px ${tokens.spacingHorizontalL}`,
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    minHeight: 0,
    flex: '0 0 46%',
    alignContent: 'start',
    boxSizing: 'border-box',
    '@media (max-width: 1180px)': { flex: '0 1 auto', maxHeight: '60%' },
    overflow: 'auto',
    fontSize: '13px',
    borderLeft: `3px solid ${tokens.colorStatusDangerBorderActive}`,
    backgroundColor: tokens.colorNeutralBackground2,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
});

/** A failure in full: why, what to do, how often it was tried and when it is tried again. */
export function MemberFacts({ member }: { member: MappingMember }) {
  const facts: [string, string | null][] = [
    ['Reason', member.reason],
    ['What to do', member.hint],
    ['Code', member.code],
    [
      'Attempts',
      `${member.attempts.toLocaleString()}, the last ${formatTime(member.lastTried) || 'not yet'}`,
    ],
    ['Next try', formatTime(member.nextTry) || 'At the next full synchronization'],
    ['Object Id', member.objectId],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <section aria-label={`Why ${member.name} failed`} className={useStyles().facts} tabIndex={0}>
      <Text weight="semibold" style={{ gridColumn: '1 / -1' }}>
        {member.name}
      </Text>
      {facts.map(
        ([title, value]) =>
          value && (
            <dl key={title} style={{ display: 'contents' }}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </dl>
          ),
      )}
    </section>
  );
}
