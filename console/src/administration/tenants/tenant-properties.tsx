import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { TabbedDialog } from '../../parts/tabbed-dialog.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { CredentialTab } from './credential-tab.tsx';
import { DiscoveryTab } from './discovery-tab.tsx';
import { GeneralTab } from './general-tab.tsx';
import { SynchronizationTab } from './synchronization-tab.tsx';

/** The properties of a tenant, with ConfigMgr's Collection Synchronization tab. */
export function TenantProperties({ tenant, onClose }: { tenant: Tenant | undefined; onClose: () => void }) {
  const [open, setOpen] = useState('synchronization');
  const waiting = <Spinner label="Reading the tenant" />;
  return (
    <TabbedDialog
      title={tenant ? `${tenant.name} Properties` : 'Properties'}
      open={open}
      onOpen={setOpen}
      onClose={onClose}
      tabs={[
        { id: 'general', title: 'General', content: tenant ? <GeneralTab tenant={tenant} /> : waiting },
        {
          id: 'synchronization',
          title: 'Collection Synchronization',
          content: tenant ? <SynchronizationTab tenant={tenant} /> : waiting,
        },
        { id: 'discovery', title: 'Discovery', content: tenant ? <DiscoveryTab tenant={tenant} /> : waiting },
        {
          id: 'credential',
          title: 'Credential',
          content: tenant ? <CredentialTab tenant={tenant} /> : waiting,
        },
        { id: 'checks', title: 'Checks', content: tenant ? <ChecksTab tenant={tenant} /> : waiting },
      ]}
    />
  );
}
