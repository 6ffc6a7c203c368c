import { Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { Facts } from '../../parts/facts.tsx';
import { formatTime } from '../../parts/format.ts';
import { useLack } from '../../parts/role.ts';
import { useUpdateTenant } from './data.ts';
import { clouds } from './words.ts';

/** The General tab: name, where the tenant is, and the switch that shuts it off altogether. */
export function GeneralTab({ tenant }: { tenant: Tenant }) {
  const update = useUpdateTenant(tenant.id);
  const isFixed = useLack('full-administrator') !== undefined;
  const [name, setName] = useState(tenant.name);
  const [off, setOff] = useState(tenant.entraAuthenticationDisabled);
  const changed = name.trim() !== tenant.name || off !== tenant.entraAuthenticationDisabled;
  return (
    <>
      <ApplyForm
        changed={changed}
        pending={update.isPending}
        saved={update.isSuccess}
        error={update.error}
        invalid={name.trim() === '' ? 'A tenant needs a name.' : undefined}
        onApply={() => update.mutate({ name: name.trim(), entraAuthenticationDisabled: off })}
      >
        <Field label="Name" required>
          <Input disabled={isFixed} value={name} onChange={(_, data) => setName(data.value)} />
        </Field>
        <Checkbox
          label="Disable Microsoft Entra authentication for this tenant"
          disabled={isFixed}
          checked={off}
          onChange={(_, data) => setOff(data.checked === true)}
        />
      </ApplyForm>
      <Facts
        of={[
          ['Tenant ID', tenant.tenantId],
          ['Client ID', tenant.clientId],
          ['Cloud', clouds[tenant.cloud]],
          ['Login URL', tenant.loginUrl],
          ['Graph URL', tenant.graphUrl],
          ['Connected', formatTime(tenant.createdAt)],
          ['Changed', formatTime(tenant.updatedAt)],
        ]}
      />
    </>
  );
}
