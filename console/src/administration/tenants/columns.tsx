import { Badge } from '@fluentui/react-components';
import type { Tenant, TenantHealth } from '../../../../src/api/contract/index.ts';
import type { Column } from '../../parts/columns.ts';
import { clouds, credentials, endOf } from './words.ts';

/** A tenant with how it is. */
export type TenantRow = Tenant & { health: TenantHealth | undefined };

const onOff = (on: boolean) => (on ? 'On' : 'Off');
const healths = {
  healthy: { color: 'success', title: 'Healthy' },
  warning: { color: 'warning', title: 'Warning' },
  error: { color: 'danger', title: 'Error' },
} as const;

/** The columns of Azure Services. */
export const tenantColumns: readonly Column<TenantRow>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 126, grow: true },
  {
    id: 'health',
    title: 'State',
    value: row => (row.health ? healths[row.health.health].title : ''),
    render: row =>
      row.health && (
        <Badge appearance="tint" color={healths[row.health.health].color}>
          {healths[row.health.health].title}
        </Badge>
      ),
    width: 90,
  },
  { id: 'sync', title: 'Directory Group Sync', value: row => onOff(row.groupSync), width: 114 },
  { id: 'discovery', title: 'Discovery', value: row => onOff(row.discovery), width: 84 },
  { id: 'tenant', title: 'Tenant ID', value: row => row.tenantId, width: 286 },
  { id: 'credential', title: 'Credential', value: row => credentials[row.credentialKind], width: 114 },
  {
    id: 'ends',
    title: 'Credential ends',
    value: row => row.credentialExpiresAt ?? '',
    render: row => (row.credentialExpirySource === 'unknown' ? 'Not known' : endOf(row)),
    width: 190,
  },
  { id: 'cloud', title: 'Cloud', value: row => clouds[row.cloud], width: 150, optional: true },
  { id: 'client', title: 'Client ID', value: row => row.clientId, width: 290, optional: true },
];
