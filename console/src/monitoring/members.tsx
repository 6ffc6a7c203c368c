import { Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { Mapping, MappingMember } from '../../../src/api/contract/index.ts';
import type { Column, Sort } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { type MemberStatus, useMembers } from './data.ts';
import { MemberFacts } from './member-facts.tsx';

const name: Column<MappingMember> = {
  id: 'name',
  title: 'Name',
  value: row => row.name,
  width: 220,
  sortable: true,
};
const resourceId: Column<MappingMember> = {
  id: 'resourceId',
  title: 'Resource Id',
  // A number that names: it is read, not added up.
  value: row => (row.resourceId === null ? '' : String(row.resourceId)),
  width: 110,
  sortable: true,
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
  { ...name, width: 150 },
  { id: 'reason', title: 'Reason', value: row => row.reason, width: 300, grow: true },
  { id: 'hint', title: 'What to do', value: row => row.hint, width: 260, grow: true },
  { id: 'attempts', title: 'Attempts', value: row => row.attempts, width: 86, numeric: true },
  { id: 'nextTry', title: 'Next try', value: row => formatTime(row.nextTry), width: 190 },
  { ...tried, optional: true },
  { id: 'code', title: 'Code', value: row => row.code, width: 200, optional: true },
  { ...objectId, optional: true },
  { ...resourceId, optional: true },
];
const plain = [{ ...name, grow: true }, objectId, resourceId, tried];

const columns: Record<MemberStatus, readonly Column<MappingMember>[]> = {
  Success: plain,
  Failed: failure,
  'In Progress': plain,
  'Not in Entra': [{ ...name, grow: true }, resourceId],
};

const nobody: Record<MemberStatus, string> = {
  Success: 'No member has been synchronized yet.',
  Failed: 'No member has failed.',
  'In Progress': 'No member is under way.',
  'Not in Entra': 'Every member has an object in Microsoft Entra.',
};

/** The members of a mapped collection in one status; a failure is told in full when it is chosen. */
export function Members({
  mapping,
  status,
  total,
}: {
  mapping: Mapping;
  status: MemberStatus;
  total: number;
}) {
  const [sort, setSort] = useState<Sort | null>(null);
  const members = useMembers(mapping, status, sort, total);
  const [chosen, setChosen] = useState<MappingMember | null>(null);
  return (
    <>
      {members.error && <ProblemBar error={members.error} />}
      {status === 'Not in Entra' && total > 0 && (
        <Text size={200}>
          These have no object in Microsoft Entra, so no group can hold them. They join by themselves once
          they appear there.
        </Text>
      )}
      <Grid
        label={`Members, ${status}`}
        columns={columns[status]}
        source={members}
        sort={sort}
        onSort={setSort}
        keyOf={keyOf}
        selected={chosen && keyOf(chosen)}
        onSelect={setChosen}
        empty={
          <Text block style={{ padding: 16 }}>
            {members.isPending ? 'Reading the members …' : nobody[status]}
          </Text>
        }
      />
      {chosen && status === 'Failed' && <MemberFacts member={chosen} />}
    </>
  );
}

const keyOf = (row: MappingMember) => `${row.resourceId}/${row.objectId}`;
