import type { Mapping } from '../../../src/api/contract/index.ts';
import type { Column } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { StatusBadge } from './status-badge.tsx';

/** The columns of ConfigMgr's Collection Cloud Sync node: the default ones in its order, then the optional ones. */
export const mappingColumns: readonly Column<Mapping>[] = [
  { id: 'collectionId', title: 'Collection Id', value: row => row.collectionId, width: 96 },
  { id: 'collectionName', title: 'Collection Name', value: row => row.collectionName, width: 154 },
  { id: 'groupId', title: 'Microsoft Entra group Id', value: row => row.groupId, width: 124 },
  { id: 'groupName', title: 'Microsoft Entra group Name', value: row => row.groupName, width: 150 },
  {
    id: 'status',
    title: 'Cloud Sync Status',
    value: row => row.status,
    render: row => <StatusBadge status={row.status} />,
    width: 166,
  },
  { id: 'memberCount', title: 'Member Count', value: row => row.memberCount, width: 74, numeric: true },
  {
    id: 'syncCompleted',
    title: 'Sync Completed',
    value: row => row.syncCompleted,
    width: 88,
    numeric: true,
  },
  {
    id: 'syncInProgress',
    title: 'Sync InProgress',
    value: row => row.syncInProgress,
    width: 90,
    numeric: true,
  },
  { id: 'syncFailed', title: 'Sync Failed', value: row => row.syncFailed, width: 64, numeric: true },
  { id: 'notInEntra', title: 'Not in Entra', value: row => row.notInEntra, width: 64, numeric: true },
  optional('cloudServiceId', 'Cloud Service Id', row => row.cloudServiceId),
  optional('collectionType', 'Collection Type', row => row.collectionType),
  optional('lastFullSyncMemberCount', 'Last Full Sync Member Count', row => row.lastFullSyncMemberCount),
  optional('lastFullSyncStatus', 'Last Full Sync Status', row => row.lastFullSyncStatus),
  optional('lastFullSyncTime', 'Last Full Sync Time', row => formatTime(row.lastFullSyncTime)),
  optional('lastSyncMemberCount', 'Last Sync Member Count', row => row.lastSyncMemberCount),
  optional('lastSyncStatus', 'Last Sync Status', row => row.lastSyncStatus),
  optional('lastSyncTime', 'Last Sync Time', row => formatTime(row.lastSyncTime)),
];

function optional(
  id: string,
  title: string,
  value: (row: Mapping) => string | number | null,
): Column<Mapping> {
  return { id, title, value, width: 190, optional: true };
}
