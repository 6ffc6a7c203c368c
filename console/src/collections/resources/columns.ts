import type { ResourceSummary, ResourceType } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';

const name: Column<ResourceSummary> = {
  id: 'name',
  sortable: true,
  title: 'Name',
  value: row => row.name,
  width: 245,
  grow: true,
};
const common: readonly Column<ResourceSummary>[] = [
  { id: 'id', sortable: true, title: 'Resource ID', value: row => String(row.id), width: 110 },
  { id: 'source', sortable: true, title: 'Source', value: row => row.source, width: 120 },
  timeColumn('updatedAt', 'Last change', row => row.updatedAt, { sortable: true }),
  {
    id: 'externalId',
    sortable: true,
    title: 'External ID',
    value: row => row.externalId,
    width: 240,
    optional: true,
  },
];

/** The columns of Devices and of Users. */
export const resourceColumns: Record<ResourceType, readonly Column<ResourceSummary>[]> = {
  device: [
    name,
    {
      id: 'entraDeviceId',
      sortable: true,
      title: 'Entra device ID',
      value: row => row.entraDeviceId,
      width: 310,
    },
    ...common,
  ],
  user: [
    name,
    {
      id: 'userPrincipalName',
      sortable: true,
      title: 'User principal name',
      value: row => row.userPrincipalName,
      width: 280,
    },
    ...common,
    {
      id: 'entraUserId',
      sortable: true,
      title: 'Entra user ID',
      value: row => row.entraUserId,
      width: 310,
      optional: true,
    },
    {
      id: 'onPremisesSid',
      sortable: true,
      title: 'On-premises SID',
      value: row => row.onPremisesSid,
      width: 310,
      optional: true,
    },
  ],
};
