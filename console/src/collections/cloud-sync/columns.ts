import type { Mapping, Tenant } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';

/** The columns of a collection's groups. */
export function columnsOf(tenants: readonly Tenant[]): readonly Column<Mapping>[] {
  const tenantOf = ({ cloudServiceId: id }: Mapping) => tenants.find(tenant => tenant.id === id);
  return [
    { id: 'group', title: 'Microsoft Entra group', value: row => row.groupName, width: 200, grow: true },
    {
      id: 'tenant',
      title: 'Tenant',
      value: row => tenantOf(row)?.name ?? String(row.cloudServiceId),
      width: 110,
    },
    {
      id: 'status',
      title: 'Cloud Sync Status',
      value: row => (row.paused ? `${row.status} (paused)` : row.status),
      width: 150,
    },
    timeColumn('time', 'Last Sync Time', row => row.lastSyncTime),
    {
      id: 'limits',
      title: 'Approval above',
      value: row => limitsOf(row, tenantOf(row)),
      width: 180,
    },
    { id: 'id', title: 'Group Id', value: row => row.groupId, width: 290 },
  ];
}

/** Above what a run waits for an approval: the mapping's own limits, else its tenant's. */
function limitsOf(mapping: Mapping, tenant: Tenant | undefined): string {
  const removals = mapping.maxRemovals ?? tenant?.maxRemovals;
  const percent = mapping.maxRemovalPercent ?? tenant?.maxRemovalPercent;
  if (removals === undefined || percent === undefined) return '';
  return `${removals.toLocaleString()} removals or ${percent} %`;
}
