import { Tab, TabList, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { Mapping, MappingMember } from '../../../src/api/contract/index.ts';
import type { Column } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { type MemberStatus, useMembers } from './data.ts';

const name: Column<MappingMember> = { id: 'name', title: 'Name', value: row => row.name, width: 240 };
const resourceId: Column<MappingMember> = {
  id: 'resourceId',
  title: 'Resource Id',
  // A number that names: it is read, not added up.
  value: row => (row.resourceId === null ? '' : String(row.resourceId)),
  width: 120,
};
const objectId: Column<MappingMember> = {
  id: 'objectId',
  title: 'Object Id',
  value: row => row.objectId,
  width: 310,
};
const tried: Column<MappingMember> = {
  id: 'lastTried',
  title: 'Last tried',
  value: row => formatTime(row.lastTried),
  width: 190,
};
const failure: readonly Column<MappingMember>[] = [
  name,
  { id: 'reason', title: 'Reason', value: row => row.reason, width: 480 },
  { id: 'code', title: 'Code', value: row => row.code, width: 220 },
  { id: 'attempts', title: 'Attempts', value: row => row.attempts, width: 100, numeric: true },
  tried,
  { id: 'nextTry', title: 'Next try', value: row => formatTime(row.nextTry), width: 190 },
  objectId,
  resourceId,
];

const columns: Record<MemberStatus, readonly Column<MappingMember>[]> = {
  Success: [name, objectId, resourceId, tried],
  Failed: failure,
  'In Progress': [name, objectId, resourceId, tried],
  'Not in Entra': [name, resourceId],
};

/** The members of a mapped collection, in a tab a status; each failure with its reason. */
export function Members({ mapping }: { mapping: Mapping }) {
  const [status, setStatus] = useState<MemberStatus>(mapping.syncFailed > 0 ? 'Failed' : 'Success');
  const members = useMembers(mapping, status);
  const counts: Record<MemberStatus, number> = {
    Success: mapping.syncCompleted,
    Failed: mapping.syncFailed,
    'In Progress': mapping.syncInProgress,
    'Not in Entra': mapping.notInEntra,
  };
  const rows = members.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <>
      <TabList selectedValue={status} onTabSelect={(_, tab) => setStatus(tab.value as MemberStatus)}>
        {(Object.keys(columns) as MemberStatus[]).map(each => (
          <Tab key={each} value={each}>
            {each} ({counts[each].toLocaleString()})
          </Tab>
        ))}
      </TabList>
      {members.error && <ProblemBar error={members.error} />}
      <Grid
        key={status}
        label={`Members, ${status}`}
        columns={columns[status]}
        rows={rows}
        keyOf={row => `${row.resourceId}/${row.objectId}`}
        onEnd={() => {
          if (members.hasNextPage && !members.isFetchingNextPage) void members.fetchNextPage();
        }}
        empty={
          <Text block style={{ padding: 24 }}>
            {members.isPending ? 'Reading the members …' : `No member is in status ${status}.`}
          </Text>
        }
      />
    </>
  );
}
