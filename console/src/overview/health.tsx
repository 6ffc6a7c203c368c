import { Link, Text } from '@fluentui/react-components';
import type { Overview } from '../../../src/api/contract/index.ts';
import { mappingsAddress } from '../monitoring/filter.ts';
import { formatDuration, formatShortTime } from '../parts/format.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { addressOf } from '../shell/place.ts';
import { Card, Facts } from './card.tsx';

const outcomes = {
  done: 'Success',
  'some-failed': 'Partial Success',
  held: 'Awaiting Approval',
  failed: 'Failed',
} as const;

/** How many mappings are in each status; statuses of none are left out, but for Success. */
export function MappingsCard({ mappings }: { mappings: Overview['mappings'] }) {
  const shown = Object.entries(mappings.byStatus).filter(
    ([status, count]) => count > 0 || status === 'Success',
  );
  return (
    <Card
      title="Cloud sync"
      side={
        <Link href={addressOf('/monitoring/device-collections')}>
          {mappings.total.toLocaleString()} mapped
        </Link>
      }
    >
      <Facts
        facts={shown.map(([status, count]) => ({
          name: status,
          label: <StatusBadge status={status} />,
          value: <Counts status={status as Status} byType={mappings.byType} none={count === 0} />,
        }))}
      />
    </Card>
  );
}

type Status = keyof Overview['mappings']['byStatus'];

/** How many mappings have a status; each figure leads to them. */
function Counts({
  status,
  byType,
  none,
}: {
  status: Status;
  byType: Overview['mappings']['byType'];
  none: boolean;
}) {
  if (none) return 0;
  const types = (['device', 'user'] as const).filter(type => byType[type][status] > 0);
  return (
    <span style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
      {types.map(type => {
        const count = byType[type][status].toLocaleString();
        return (
          <Link
            key={type}
            href={mappingsAddress(type, [status])}
            aria-label={`${status}: ${count} of ${type} collections`}
          >
            {types.length > 1 ? `${count} ${type}` : count}
          </Link>
        );
      })}
    </span>
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
