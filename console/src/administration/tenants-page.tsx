import { Badge, makeStyles, Spinner, Text, ToolbarButton, tokens } from '@fluentui/react-components';
import { StethoscopeRegular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { DiscoveryState, Tenant, TenantCheck } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import type { Column } from '../parts/columns.ts';
import { formatTime } from '../parts/format.ts';
import { Grid } from '../parts/grid.tsx';
import { DetailsPart, EmptyState, ListPart, Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';

const onOff = (on: boolean) => (on ? 'On' : 'Off');

const columns: readonly Column<Tenant>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 180 },
  { id: 'tenant', title: 'Tenant ID', value: row => row.tenantId, width: 300 },
  { id: 'cloud', title: 'Cloud', value: row => row.cloud, width: 90 },
  { id: 'sync', title: 'Azure Directory Group Sync', value: row => onOff(row.groupSync), width: 140 },
  { id: 'discovery', title: 'Discovery', value: row => onOff(row.discovery), width: 90 },
  { id: 'client', title: 'Client ID', value: row => row.clientId, width: 300 },
  { id: 'credential', title: 'Credential', value: row => row.credentialKind, width: 140, optional: true },
];

const useStyles = makeStyles({
  list: {
    margin: 0,
    paddingLeft: 0,
    listStyle: 'none',
    overflow: 'auto',
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  check: { display: 'grid', gridTemplateColumns: '64px 1fr', alignItems: 'start' },
});

/** Administration → Azure Services: the connected tenants, their discovery, and the check of every prerequisite. */
export function TenantsPage() {
  const { path, query } = usePlace();
  const tenants = useQuery({
    queryKey: ['tenants'],
    queryFn: async ({ signal }) => (await api.call('listTenants', {}, signal)).items,
  });
  const check = useMutation({
    mutationFn: (tenant: Tenant) => api.call('checkTenant', { params: { ref: String(tenant.id) } }),
  });
  const rows = tenants.data ?? [];
  const chosen = rows.find(row => String(row.id) === query.get('tenant'));
  return (
    <Page
      title="Azure Services"
      actions={
        <ToolbarButton
          icon={check.isPending ? <Spinner size="tiny" /> : <StethoscopeRegular />}
          disabled={!chosen || check.isPending}
          onClick={() => chosen && check.mutate(chosen)}
        >
          Check prerequisites
        </ToolbarButton>
      }
    >
      {tenants.error && <ProblemBar error={tenants.error} />}
      {check.error && <ProblemBar error={check.error} />}
      <ListPart>
        <Grid
          label="Tenants"
          columns={columns}
          rows={rows}
          keyOf={row => String(row.id)}
          selected={chosen ? String(chosen.id) : null}
          onSelect={row => {
            check.reset();
            window.location.replace(addressOf(path, { tenant: String(row.id) }));
          }}
          empty={
            <EmptyState title={tenants.isPending ? 'Reading the tenants …' : 'No tenant is connected yet.'}>
              Connect one with <code>rollcall tenant connect</code>.
            </EmptyState>
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={chosen.name} onClose={() => window.location.replace(addressOf(path))}>
          <Discovery tenant={chosen} />
          {check.data && <Checks checks={check.data.checks} />}
        </DetailsPart>
      )}
    </Page>
  );
}

function Discovery({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const discoveries = useQuery({
    queryKey: ['discoveries'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => (await api.call('listDiscoveries', {}, signal)).items,
  });
  const states = (discoveries.data ?? []).filter(state => state.cloudServiceId === tenant.id);
  return (
    <ul className={styles.list} aria-label="Discovery">
      {states.map(state => (
        <li key={state.kind}>
          <Text>{sentenceOf(state)}</Text>
        </li>
      ))}
      {discoveries.data && states.length === 0 && <li>Nothing has been discovered in this tenant yet.</li>}
    </ul>
  );
}

function sentenceOf(state: DiscoveryState): string {
  const found = `${state.objectCount.toLocaleString()} ${state.kind}s discovered`;
  if (state.error) return `${found}; the last discovery failed: ${state.error}`;
  if (state.underWay) return `${found}; a full discovery is under way`;
  const last = state.lastDeltaTime ?? state.lastFullTime;
  return last ? `${found}, last looked at ${formatTime(last)}` : found;
}

const colours = { pass: 'success', warn: 'warning', fail: 'danger' } as const;

function Checks({ checks }: { checks: readonly TenantCheck[] }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
    <ul className={styles.list} aria-label="Checks" tabIndex={0}>
      {checks.map(check => (
        <li key={check.name} className={styles.check}>
          <Badge appearance="tint" color={colours[check.outcome]}>
            {check.outcome}
          </Badge>
          <span>
            <Text weight="semibold">{check.name}</Text>: {check.seen} {check.hint}
          </span>
        </li>
      ))}
    </ul>
  );
}
