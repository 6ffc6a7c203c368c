import { Checkbox, Field, Input } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { Facts } from '../../parts/facts.tsx';
import { formatTime } from '../../parts/format.ts';
import { useLack } from '../../parts/role.ts';
import { useTenantForm } from './data.ts';
import { clouds } from './words.ts';

/** The General tab: name, where the tenant is, and the switch that shuts it off altogether. */
export function GeneralTab({ tenant: present }: { tenant: Tagged<Tenant> }) {
  const { form, change, save, outcome } = useTenantForm(present, formOf);
  const tenant = present.answer;
  const isFixed = useLack('updateTenant') !== undefined;
  return (
    <>
      <ApplyForm
        {...outcome}
        route="updateTenant"
        invalid={form.name.trim() === '' ? 'A tenant needs a name.' : undefined}
        onApply={() => save({ ...form, name: form.name.trim() })}
      >
        <Field label="Name" required>
          <Input disabled={isFixed} value={form.name} onChange={(_, data) => change({ name: data.value })} />
        </Field>
        <Checkbox
          label="Disable Microsoft Entra authentication for this tenant"
          disabled={isFixed}
          checked={form.entraAuthenticationDisabled}
          onChange={(_, data) => change({ entraAuthenticationDisabled: data.checked === true })}
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

function formOf({ name, entraAuthenticationDisabled }: Tenant) {
  return { name, entraAuthenticationDisabled };
}
