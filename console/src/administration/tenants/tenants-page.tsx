import { Text } from '@fluentui/react-components';
import {
  AddRegular,
  ArrowDownloadRegular,
  PlugDisconnectedRegular,
  SettingsRegular,
  StethoscopeRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import { Command } from '../../parts/command.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Grid } from '../../parts/grid.tsx';
import { DetailsPart, EmptyState, ListPart, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { addressOf, usePlace } from '../../shell/place.ts';
import { Checks } from './checks.tsx';
import { type TenantRow, tenantColumns } from './columns.tsx';
import { ConnectWizard } from './connect-wizard.tsx';
import { useCheckTenant, useDisconnect, useDiscover, useTenantHealth, useTenants } from './data.ts';
import { TenantProperties } from './tenant-properties.tsx';
import { TenantSummary } from './tenant-summary.tsx';

type Dialog = 'connect' | 'properties' | 'disconnect' | null;

/** Administration → Cloud Services → Azure Services: the connected tenants. */
export function TenantsPage() {
  const { path, query } = usePlace();
  const [dialog, setDialog] = useState<Dialog>(null);
  const tenants = useTenants();
  const health = useTenantHealth();
  const check = useCheckTenant();
  const { run: discover } = useDiscover();
  const mayChange = useLack('connectTenant');
  const mayRun = useLack('discover');
  const rows: TenantRow[] = (tenants.data ?? []).map(tenant => ({
    ...tenant,
    health: health.data?.find(each => each.id === tenant.id),
  }));
  const chosen = rows.find(row => String(row.id) === query.get('tenant'));
  const none = chosen ? undefined : 'Select a tenant first.';
  const go = (id?: number) => {
    check.reset();
    window.location.replace(addressOf(path, id === undefined ? {} : { tenant: String(id) }));
  };
  const problem = tenants.error ?? check.error ?? discover.error;
  return (
    <Page
      title="Azure Services"
      actions={
        <>
          <Command
            label="Connect tenant"
            icon={<AddRegular />}
            lack={mayChange}
            onClick={() => setDialog('connect')}
          />
          <Command
            label="Properties"
            icon={<SettingsRegular />}
            lack={none}
            onClick={() => setDialog('properties')}
          />
          <Command
            label="Check prerequisites"
            icon={<StethoscopeRegular />}
            lack={mayRun ?? none}
            pending={check.isPending}
            onClick={() => chosen && check.mutate(chosen.id)}
          />
          <Command
            label="Discover now"
            icon={<ArrowDownloadRegular />}
            lack={mayRun ?? none}
            pending={discover.isPending}
            onClick={() => chosen && discover.mutate({ tenant: String(chosen.id), full: false })}
          />
          <Command
            label="Disconnect"
            icon={<PlugDisconnectedRegular />}
            lack={mayChange ?? none}
            onClick={() => setDialog('disconnect')}
          />
        </>
      }
    >
      {problem && <ProblemBar error={problem} />}
      <ListPart>
        <Grid
          onOpen={row => {
            go(row.id);
            setDialog('properties');
          }}
          label="Tenants"
          columns={tenantColumns}
          rows={rows}
          error={tenants.error}
          keyOf={row => String(row.id)}
          selected={chosen ? String(chosen.id) : null}
          onSelect={row => go(row.id)}
          empty={
            <EmptyState title={tenants.isPending ? 'Reading the tenants …' : 'No tenant is connected yet.'}>
              {tenants.isPending
                ? null
                : 'Register an app in Microsoft Entra, then click Connect tenant: collections can be synchronized to its groups from then on.'}
            </EmptyState>
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={chosen.name} onClose={() => go()}>
          {check.data ? <Checks checks={check.data} /> : <TenantSummary tenant={chosen} />}
        </DetailsPart>
      )}
      {dialog === 'connect' && (
        <ConnectWizard
          onClose={() => setDialog(null)}
          onConnected={id => {
            setDialog(null);
            go(id);
          }}
        />
      )}
      {dialog === 'properties' && <TenantProperties id={chosen?.id} onClose={() => setDialog(null)} />}
      {dialog === 'disconnect' && chosen && (
        <Disconnect
          tenant={chosen}
          onClose={() => setDialog(null)}
          onDone={() => {
            setDialog(null);
            go();
          }}
        />
      )}
    </Page>
  );
}

function Disconnect({
  tenant,
  onClose,
  onDone,
}: {
  tenant: TenantRow;
  onClose: () => void;
  onDone: () => void;
}) {
  const disconnect = useDisconnect();
  return (
    <FormDialog
      alert
      title={`Disconnect ${tenant.name}?`}
      submit="Disconnect"
      onSubmit={() => disconnect.mutate(tenant.id, { onSuccess: onDone })}
      onClose={onClose}
      pending={disconnect.isPending}
      error={disconnect.error}
    >
      <Text>
        Rollcall forgets the tenant, its credential and what was discovered in it. Entra itself is left as it
        is. It is refused while collections are mapped to its groups.
      </Text>
    </FormDialog>
  );
}
