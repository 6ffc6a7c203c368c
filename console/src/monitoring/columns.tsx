import type { Mapping } from '../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../parts/columns.ts';
import { StatusBadge } from '../parts/status-badge.tsx';

/** The columns of ConfigMgr's Collection Cloud Sync node: the default ones in its order, then the optional ones. */
export const mappingColumns: readonly Column<Mapping>[] = [
  { id: 'collectionId', title: 'Collection Id', value: row => row.collectionId, width: 92, sortable: true },
  {
    id: 'collectionName',
    title: 'Collection Name',
    value: row => row.collectionName,
    width: 150,
    grow: true,
    sortable: true,
  },
  { id: 'groupId', title: 'Microsoft Entra group Id', value: row => row.groupId, width: 128 },
  {
    id: 'groupName',
    title: 'Microsoft Entra group Name',
    value: row => row.groupName,
    width: 160,
    grow: true,
    sortable: true,
  },
  {
    id: 'status',
    title: 'Cloud Sync Status',
    value: row => row.status,
    render: row => <StatusBadge status={row.status} />,
    width: 160,
    sortable: true,
  },
  count('memberCount', 'Member Count', row => row.memberCount, 76),
  count('syncCompleted', 'Sync Completed', row => row.syncCompleted, 90),
  count('syncInProgress', 'Sync InProgress', row => row.syncInProgress, 94),
  count('syncFailed', 'Sync Failed', row => row.syncFailed, 66),
  optional('notInEntra', 'Not in Entra', row => row.notInEntra),
  { ...optional('cloudServiceId', 'Cloud Service Id', row => String(row.cloudServiceId)), sortable: false },
  { ...optional('collectionType', 'Collection Type', row => row.collectionType), sortable: false },
  optional('lastFullSyncMemberCount', 'Last Full Sync Member Count', row => row.lastFullSyncMemberCount),
  optional('lastFullSyncStatus', 'Last Full Sync Status', row => row.lastFullSyncStatus),
  time('lastFullSyncTime', 'Last Full Sync Time', row => row.lastFullSyncTime),
  optional('lastSyncMemberCount', 'Last Sync Member Count', row => row.lastSyncMemberCount),
  optional('lastSyncStatus', 'Last Sync Status', row => row.lastSyncStatus),
  time('lastSyncTime', 'Last Sync Time', row => row.lastSyncTime),
];

function count(id: string, title: string, value: (row: Mapping) => number, width: number): Column<Mapping> {
  return { id, title, value, width, numeric: true, sortable: true };
}

function optional(
  id: string,
  title: string,
  value: (row: Mapping) => string | number | null,
): Column<Mapping> {
  return { id, title, value, width: 150, optional: true, sortable: true };
}

function time(id: string, title: string, at: (row: Mapping) => string | null): Column<Mapping> {
  return timeColumn(id, title, at, { optional: true, sortable: true });
}
