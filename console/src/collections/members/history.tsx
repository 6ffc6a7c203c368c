import { Text } from '@fluentui/react-components';
import type { MembershipEvent } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Grid } from '../../parts/grid.tsx';
import { usePages } from '../../parts/pages.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';

const columns: readonly Column<MembershipEvent>[] = [
  timeColumn('at', 'When', row => row.at),
  { id: 'change', title: 'What', value: row => row.change, width: 90 },
  { id: 'name', title: 'Name', value: row => row.name ?? '(deleted since)', width: 300, grow: true },
  { id: 'resource', title: 'Resource ID', value: row => String(row.resourceId), width: 120 },
];

/** Who joined and left a collection, the latest first. */
export function MembershipHistory({ id }: { id: string }) {
  const events = usePages({
    key: ['collection', id, 'history'],
    pageSize: 200,
    read: (page, signal) => api.call('listMembershipHistory', { params: { ref: id }, query: page }, signal),
  });
  if (events.error) return <ProblemBar error={events.error} />;
  return (
    <Grid
      label="Who joined and left"
      columns={columns}
      source={events}
      keyOf={row => `${row.at}/${row.change}/${row.resourceId}`}
      empty={
        <Text block style={{ padding: 24 }}>
          {events.isPending ? 'Reading …' : 'Nobody has joined or left as far back as is kept.'}
        </Text>
      }
    />
  );
}
