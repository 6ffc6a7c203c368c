import type { MappingMember } from '../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../parts/columns.ts';
import type { MemberStatus } from './data.ts';

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
const tried = timeColumn<MappingMember>('lastTried', 'Last tried', row => row.lastTried);
const failure: readonly Column<MappingMember>[] = [
  { ...name, width: 150 },
  { id: 'reason', title: 'Reason', value: row => row.reason, width: 300, grow: true },
  { id: 'hint', title: 'What to do', value: row => row.hint, width: 260, grow: true },
  { id: 'attempts', title: 'Attempts', value: row => row.attempts, width: 86, numeric: true },
  timeColumn('nextTry', 'Next try', row => row.nextTry),
  { ...tried, optional: true },
  { id: 'code', title: 'Code', value: row => row.code, width: 200, optional: true },
  { ...objectId, optional: true },
  { ...resourceId, optional: true },
];
const plain = [{ ...name, grow: true }, objectId, resourceId, tried];

/** The columns of a member tab: what tells most about members in that status. */
export const memberColumns: Record<MemberStatus, readonly Column<MappingMember>[]> = {
  Success: plain,
  Failed: failure,
  'In Progress': plain,
  'Not in Entra': [{ ...name, grow: true }, resourceId],
};
