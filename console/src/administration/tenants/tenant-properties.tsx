import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { TabbedDialog } from '../../parts/tabbed-dialog.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { CredentialTab } from './credential-tab.tsx';
import { useTenant } from './data.ts';
import { DiscoveryTab } from './discovery-tab.tsx';
import { GeneralTab } from './general-tab.tsx';
import { SynchronizationTab } from './synchronization-tab.tsx';

/** The properties of a tenant, with ConfigMgr's Collection Synchronization tab. */
export function TenantProperties({ id, onClose }: { id: number | undefined; onClose: () => void }) {
  const [open, setOpen] = useState('synchronization');
  const { data: tenant, error } = useTenant(id);
  const waiting = error ? <ProblemBar error={error} /> : <Spinner label="Reading the tenant" />;
  return (
    <TabbedDialog
      title={tenant ? `${tenant.answer.name} Properties` : 'Properties'}
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
        { id: 'checks', title: 'Checks', content: tenant ? <ChecksTab tenant={tenant.answer} /> : waiting },
      ]}
    />
  );
}
