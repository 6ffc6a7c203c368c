import { Checkbox, Text } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { useLack } from '../../parts/role.ts';
import { useTenantForm } from './data.ts';

/** The Collection Synchronization tab: the switch, the guard's limits, and the share of the quota. */
export function SynchronizationTab({ tenant: present }: { tenant: Tagged<Tenant> }) {
  const { form, change, save, outcome } = useTenantForm(present, formOf);
  const isFixed = useLack('full-administrator') !== undefined;
  const sound =
    isWithin(form.maxRemovals, 0, 1_000_000) &&
    isWithin(form.maxRemovalPercent, 0, 100) &&
    isWithin(form.quotaShare, 1, 100) &&
    isWithin(form.wholeReadDays, 0, 90);
  return (
    <ApplyForm
      {...outcome}
      invalid={sound ? undefined : 'A number is out of its limits.'}
      onApply={() =>
        save({
          groupSync: form.groupSync,
          allowRoleAssignable: form.allowRoleAssignable,
          maxRemovals: Number(form.maxRemovals),
          maxRemovalPercent: Number(form.maxRemovalPercent),
          quotaShare: Number(form.quotaShare),
          wholeReadDays: Number(form.wholeReadDays),
        })
      }
    >
      <Checkbox
        label="Enable Azure Directory Group Sync"
        disabled={isFixed}
        checked={form.groupSync}
        onChange={(_, data) => change({ groupSync: data.checked === true })}
      />
      <Text size={200}>
        Off: the mappings of this tenant rest as Disabled, and its groups stay as they are.
      </Text>
      <NumberField
        label="Hold a run that removes more members than"
        hint="Also held: more than the percentage below of a group of 10 or more, and a group that would become empty."
        min={0}
        max={1_000_000}
        disabled={isFixed}
        value={form.maxRemovals}
        onChange={maxRemovals => change({ maxRemovals })}
      />
      <NumberField
        label="Or a larger share of a group than"
        unit="%"
        min={0}
        max={100}
        disabled={isFixed}
        value={form.maxRemovalPercent}
        onChange={maxRemovalPercent => change({ maxRemovalPercent })}
      />
      <NumberField
        label="Share of Graph's write quota"
        hint="What Rollcall may use of the app's quota; the rest is left to others."
        unit="%"
        min={1}
        max={100}
        disabled={isFixed}
        value={form.quotaShare}
        onChange={quotaShare => change({ quotaShare })}
      />
      <NumberField
        label="Read a large group whole after"
        hint="Between, full runs go by what Entra says has changed. 0: every full run reads it whole."
        unit="days"
        min={0}
        max={90}
        disabled={isFixed}
        value={form.wholeReadDays}
        onChange={wholeReadDays => change({ wholeReadDays })}
      />
      <Checkbox
        label="Allow groups that can bear Entra roles: their members get administrative rights"
        disabled={isFixed}
        checked={form.allowRoleAssignable}
        onChange={(_, data) => change({ allowRoleAssignable: data.checked === true })}
      />
    </ApplyForm>
  );
}

function formOf(tenant: Tenant) {
  return {
    groupSync: tenant.groupSync,
    allowRoleAssignable: tenant.allowRoleAssignable,
    maxRemovals: String(tenant.maxRemovals),
    maxRemovalPercent: String(tenant.maxRemovalPercent),
    quotaShare: String(tenant.quotaShare),
    wholeReadDays: String(tenant.wholeReadDays),
  };
}
