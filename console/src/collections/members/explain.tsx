import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { type Named, ResourceField } from '../resource-field.tsx';
import { Explained } from './explained.tsx';

const useStyles = makeStyles({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    height: 'min(480px, calc(100vh - 220px))',
    overflowY: 'auto',
  },
});

/** Why a resource is in a collection or not, asked of any resource. */
export function Explain({
  collection,
  type,
  initial,
  onClose,
}: {
  collection: Collection;
  type: ResourceType;
  /** The resource that is explained first; null: none yet. */
  initial: Named | null;
  onClose: () => void;
}) {
  const styles = useStyles();
  const [resource, setResource] = useState(initial);
  const why = useQuery({
    queryKey: ['explain', collection.id, resource?.id],
    enabled: resource !== null,
    queryFn: ({ signal }) => {
      const query = { resource: String(resource?.id) };
      return api.call('explainMembership', { params: { ref: collection.id }, query }, signal);
    },
  });
  return (
    <FormDialog
      width={760}
      title={`Why in or out of ${collection.name}?`}
      onClose={onClose}
      close="Close"
      error={why.error}
    >
      <div className={styles.content}>
        <ResourceField
          label={type === 'device' ? 'Device' : 'User'}
          type={type}
          value={resource}
          onChange={setResource}
        />
        {resource && why.isPending && <Spinner label="Asking each rule" />}
        {why.data && <Explained why={why.data} />}
      </div>
    </FormDialog>
  );
}
