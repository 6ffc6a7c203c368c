import { Text } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { MembershipEvent } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import type { Column } from '../../parts/columns.ts';
import { formatTime } from '../../parts/format.ts';
import { Grid } from '../../parts/grid.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';

const columns: readonly Column<MembershipEvent>[] = [
  { id: 'at', title: 'When', value: row => row.at, render: row => formatTime(row.at), width: 200 },
  { id: 'change', title: 'What', value: row => row.change, width: 90 },
  { id: 'name', title: 'Name', value: row => row.name ?? '(deleted since)', width: 300 },
  { id: 'resource', title: 'Resource ID', value: row => String(row.resourceId), width: 120 },
];

/** Who joined and left a collection, the latest first. */
export function MembershipHistory({ id }: { id: string }) {
  const events = useInfiniteQuery({
    queryKey: ['collection', id, 'history'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listMembershipHistory',
        {
          params: { ref: id },
          query: { limit: 500, ...(pageParam === undefined ? {} : { after: pageParam }) },
        },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
  if (events.error) return <ProblemBar error={events.error} />;
  return (
    <Grid
      label="Who joined and left"
      columns={columns}
      rows={events.data?.pages.flatMap(page => page.items) ?? []}
      keyOf={row => `${row.at}/${row.change}/${row.resourceId}`}
      onEnd={() => {
        if (events.hasNextPage && !events.isFetchingNextPage) void events.fetchNextPage();
      }}
      empty={
        <Text block style={{ padding: 24 }}>
          {events.isPending ? 'Reading …' : 'Nobody has joined or left as far back as is kept.'}
        </Text>
      }
    />
  );
}
