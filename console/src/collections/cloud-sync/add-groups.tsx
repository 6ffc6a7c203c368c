import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { Collection, Group, Tenant } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useAddMappings, useMappingChecks } from './data.ts';
import { useEntraUser } from './entra-user.ts';
import { GroupSearch } from './group-search.tsx';
import { MappingReview } from './mapping-review.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

/** Two steps: choose groups of a tenant, then see what would come of it and confirm. */
export function AddGroups({
  collection,
  tenants,
  mapped,
  onClose,
}: {
  collection: Collection;
  tenants: readonly Tenant[];
  /** Object ids of the groups that the collection feeds already. */
  mapped: ReadonlySet<string>;
  onClose: () => void;
}) {
  const [tenant, setTenant] = useState(String(tenants[0]?.id ?? ''));
  const user = useEntraUser(tenant);
  const [groups, setGroups] = useState<readonly Group[]>([]);
  const [reviewing, setReviewing] = useState(false);
  const checks = useMappingChecks(collection.id, tenant, reviewing ? groups : []);
  const add = useAddMappings(collection.id, tenant);
  const possible = (checks.data ?? []).filter(check => check.refused === null);
  if (!reviewing) {
    return (
      <FormDialog
        title={`Add groups for ${collection.name}`}
        submit="Next"
        onSubmit={() => setReviewing(true)}
        onClose={onClose}
        incomplete={groups.length === 0}
        width={680}
      >
        <GroupSearch
          tenants={tenants}
          tenant={tenant}
          onTenant={id => {
            setTenant(id);
            setGroups([]);
          }}
          chosen={groups}
          onChange={setGroups}
          mapped={mapped}
          user={user}
        />
        <SignInDialog user={user} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={groups.length === 1 ? 'Add this group?' : `Add these ${groups.length} groups?`}
      submit={possible.length > 1 ? `Add ${possible.length} groups` : 'Add group'}
      onSubmit={() =>
        add.mutate(
          possible.map(check => check.group.id),
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
      incomplete={possible.length === 0}
      pending={add.isPending}
      error={add.error ?? checks.error}
      width={680}
      more={<Button onClick={() => setReviewing(false)}>Back</Button>}
    >
      <MappingReview pending={checks.isPending} checks={checks.data ?? []} />
    </FormDialog>
  );
}
