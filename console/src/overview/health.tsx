import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Overview } from '../../../src/api/contract/index.ts';
import { mappingsAddress } from '../monitoring/filter.ts';
import { formatDuration, formatShortTime } from '../parts/format.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Card, Facts } from './card.tsx';

const outcomes = {
  done: 'Success',
  'some-failed': 'Partial Success',
  held: 'Awaiting Approval',
  failed: 'Failed',
} as const;

const types = ['device', 'user'] as const;

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    fontSize: '13px',
    fontVariantNumeric: 'tabular-nums',
    '& tbody th': { whiteSpace: 'nowrap' },
    '& th': {
      fontWeight: 'normal',
      color: tokens.colorNeutralForeground2,
      padding: '1px 0',
      textAlign: 'left',
    },
    '& td, & thead th': { textAlign: 'right', padding: `1px 0 1px ${tokens.spacingHorizontalS}` },
  },
});

/** How many mappings are in each status; each figure leads to them. Statuses of none are left out, but for Success. */
export function MappingsCard({ mappings: { total, byStatus, byType } }: { mappings: Overview['mappings'] }) {
  const styles = useStyles();
  const shown = (Object.keys(byStatus) as (keyof typeof byStatus)[]).filter(
    status => byStatus[status] > 0 || status === 'Success',
  );
  return (
    <Card title="Cloud sync" side={<Text size={200}>{total.toLocaleString()} mapped</Text>}>
      <table className={styles.table} aria-label="Mappings by status">
        <thead>
          <tr>
            <td />
            <th scope="col">Devices</th>
            <th scope="col">Users</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(status => (
            <tr key={status}>
              <th scope="row">
                <StatusBadge status={status} />
              </th>
              {types.map(type => {
                const count = byType[type][status].toLocaleString();
                return (
                  <td key={type}>
                    {byType[type][status] === 0 ? (
                      0
                    ) : (
                      <Link
                        href={mappingsAddress(type, [status])}
                        aria-label={`${status}: ${count} of ${type} collections`}
                      >
                        {count}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** How many members are where. */
export function MembersCard({ members }: { members: Overview['members'] }) {
  const facts: [string, number][] = [
    ['Sync Completed', members.completed],
    ['Sync InProgress', members.inProgress],
    ['Sync Failed', members.failed],
    ['Not in Entra', members.notInEntra],
  ];
  return (
    <Card title="Members" side={<Text size={200}>{members.total.toLocaleString()} in all</Text>}>
      <Facts facts={facts.map(([name, count]) => ({ name, value: count.toLocaleString() }))} />
    </Card>
  );
}

/** What the last round of the schedule did, and when the next one comes. */
export function CycleCard({ cycle }: { cycle: Overview['cycle'] }) {
  const { last, running, next } = cycle;
  const when = running ? 'Under way' : next ? `Next ${formatShortTime(next)}` : '';
  if (!last) {
    return (
      <Card title="Last cycle">
        <Text size={200}>{running ? 'The first one is under way.' : 'None has run yet.'}</Text>
        {!running && next && <Text size={200}>{when}</Text>}
      </Card>
    );
  }
  return (
    <Card title="Last cycle" side={<StatusBadge status={outcomes[last.outcome]} />}>
      <Facts
        facts={[
          { name: 'Ended', value: formatShortTime(last.finishedAt) },
          { name: 'Took', value: formatDuration(last.startedAt, last.finishedAt) },
          { name: 'Evaluated', value: last.collections.toLocaleString() },
          {
            name: 'Added, removed',
            value: `${last.added.toLocaleString()}, ${last.removed.toLocaleString()}`,
          },
          { name: 'Writes', value: last.writes.toLocaleString() },
        ]}
      />
      {when && <Text size={200}>{when}</Text>}
    </Card>
  );
}
