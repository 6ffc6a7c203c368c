import { Checkbox, Field } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext } from 'react';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { useLack } from '../../parts/role.ts';
import { type TenantChange, useTenantForm } from './data.ts';

/** The settings of a tenant that are numbers, with their limits. */
const limits = {
  maxRemovals: [0, 1_000_000],
  maxRemovalPercent: [0, 100],
  quotaShare: [1, 100],
  discoveryMinutes: [1, 10_080],
  fullDiscoveryDays: [1, 365],
  wholeReadDays: [0, 90],
} as const;
const switches = ['groupSync', 'allowRoleAssignable', 'discovery', 'entraResources'] as const;

type NumberName = keyof typeof limits;
type SwitchName = (typeof switches)[number];
/** Numbers stand as they are written, right or wrong. */
type Settings = Record<SwitchName, boolean> & Record<NumberName, string>;

const numbers = Object.keys(limits) as NumberName[];

/** The form that the fields in it belong to. */
const SettingsContext = createContext<{
  form: Settings;
  change: (part: Partial<Settings>) => void;
  isFixed: boolean;
} | null>(null);

function useSettings() {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('A setting stands in a form of settings.');
  return settings;
}

/** A form over some of a tenant's settings; what was changed in it is sent, and nothing else. */
export function TenantSettings({ tenant, children }: { tenant: Tagged<Tenant>; children: ReactNode }) {
  const { form, change, save, base, outcome } = useTenantForm(tenant, settingsOf);
  const isFixed = useLack('updateTenant') !== undefined;
  const isSound = numbers.every(name => isWithin(form[name], limits[name][0], limits[name][1]));
  return (
    <ApplyForm
      {...outcome}
      route="updateTenant"
      invalid={isSound ? undefined : 'A number is out of its limits.'}
      onApply={() => save(changesOf(form, base))}
    >
      <SettingsContext value={{ form, change, isFixed }}>{children}</SettingsContext>
    </ApplyForm>
  );
}

/** One switch of the form. */
export function SettingSwitch({ name, label, hint }: { name: SwitchName; label: string; hint?: string }) {
  const { form, change, isFixed } = useSettings();
  return (
    <Field {...(hint ? { hint } : {})}>
      <Checkbox
        label={label}
        disabled={isFixed}
        checked={form[name]}
        onChange={(_, data) => change({ [name]: data.checked === true })}
      />
    </Field>
  );
}

/** One number of the form. */
export function SettingNumber({
  name,
  ...field
}: {
  name: NumberName;
  label: string;
  hint?: string;
  unit?: string;
}) {
  const { form, change, isFixed } = useSettings();
  const [min, max] = limits[name];
  return (
    <NumberField
      {...{ ...field, min, max }}
      disabled={isFixed}
      value={form[name]}
      onChange={value => change({ [name]: value })}
    />
  );
}

function settingsOf(tenant: Tenant): Settings {
  return Object.fromEntries([
    ...switches.map(name => [name, tenant[name]]),
    ...numbers.map(name => [name, String(tenant[name])]),
  ]) as Settings;
}

function changesOf(form: Settings, base: Tenant): TenantChange {
  return Object.fromEntries([
    ...switches.filter(name => form[name] !== base[name]).map(name => [name, form[name]]),
    ...numbers.filter(name => Number(form[name]) !== base[name]).map(name => [name, Number(form[name])]),
  ]);
}
