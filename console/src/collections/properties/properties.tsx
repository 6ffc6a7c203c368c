import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { ResourceType } from '../../../../src/api/contract/index.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { TabbedDialog } from '../../parts/tabbed-dialog.tsx';
import { CloudSyncTab } from '../cloud-sync/cloud-sync-tab.tsx';
import { useTaggedCollection } from '../data.ts';
import { RulesTab } from '../rules/rules-tab.tsx';
import { GeneralTab } from './general-tab.tsx';

/** The properties of a collection: General, Membership Rules, Cloud Sync. */
export function Properties({ id, type, onClose }: { id: string; type: ResourceType; onClose: () => void }) {
  const [open, setOpen] = useState('rules');
  const { data: tagged, error } = useTaggedCollection(id);
  const collection = tagged?.answer;
  const waiting = error ? <ProblemBar error={error} /> : <Spinner label="Reading the collection" />;
  return (
    <TabbedDialog
      title={collection ? `${collection.name} Properties` : 'Properties'}
      open={open}
      onOpen={setOpen}
      onClose={onClose}
      tabs={[
        {
          id: 'general',
          title: 'General',
          content: tagged ? <GeneralTab collection={tagged} type={type} /> : waiting,
        },
        {
          id: 'rules',
          title: 'Membership Rules',
          content: tagged ? <RulesTab collection={tagged} type={type} /> : waiting,
        },
        {
          id: 'cloud-sync',
          title: 'Cloud Sync',
          content: collection ? <CloudSyncTab collection={collection} /> : waiting,
        },
      ]}
    />
  );
}
