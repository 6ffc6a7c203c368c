import { Checkbox, Divider, Field, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { useDiscover, useUpdateTenant } from './data.ts';
import { DiscoveryStates } from './discovery-states.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** The Discovery tab: on or off, how often, where it stands, and running it now. */
export function DiscoveryTab({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const update = useUpdateTenant(tenant.id);
  const { run, progress } = useDiscover();
  const mayRun = useLack('operator');
  const isFixed = useLack('full-administrator') !== undefined;
  const [form, setForm] = useState(() => formOf(tenant));
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const changed = JSON.stringify(form) !== JSON.stringify(formOf(tenant));
  const sound = isWithin(form.minutes, 1, 10_080) && isWithin(form.days, 1, 365);
  const busy = run.isPending ? 'A discovery is under way.' : undefined;
  const now = (options: { full: boolean; approve?: boolean }) =>
    run.mutate({ tenant: String(tenant.id), ...options });
  return (
    <>
      <ApplyForm
        changed={changed}
        pending={update.isPending}
        saved={update.isSuccess}
        error={update.error}
        invalid={sound ? undefined : 'A number is out of its limits.'}
        onApply={() =>
          update.mutate({
            discovery: form.discovery,
            discoveryMinutes: Number(form.minutes),
            fullDiscoveryDays: Number(form.days),
            entraResources: form.entraResources,
          })
        }
      >
        <Checkbox
          label="Enable discovery of devices and users"
          disabled={isFixed}
          checked={form.discovery}
          onChange={(_, data) => change({ discovery: data.checked === true })}
        />
        <div className={styles.bar}>
          <NumberField
            label="What changed, every"
            unit="minutes"
            min={1}
            max={10_080}
            disabled={isFixed}
            value={form.minutes}
            onChange={minutes => change({ minutes })}
          />
          <NumberField
            label="Everything, every"
            unit="days"
            min={1}
            max={365}
            disabled={isFixed}
            value={form.days}
            onChange={days => change({ days })}
          />
        </div>
        <Field hint="Collections then work with no other source; the next discovery reads everything anew. Switched off, what was taken stays until it vanishes from Entra.">
          <Checkbox
            label="Take devices and users that no other source has into the inventory"
            disabled={isFixed}
            checked={form.entraResources}
            onChange={(_, data) => change({ entraResources: data.checked === true })}
          />
        </Field>
      </ApplyForm>
      <Divider style={{ flexGrow: 0 }} />
      <DiscoveryStates
        tenant={tenant}
        approve={{ lack: mayRun ?? busy, run: () => now({ full: false, approve: true }) }}
      />
      {run.error && <ProblemBar error={run.error} />}
      <div className={styles.bar}>
        <Action icon={<ArrowDownloadRegular />} lack={mayRun ?? busy} onClick={() => now({ full: false })}>
          Discover now
        </Action>
        <Action lack={mayRun ?? busy} onClick={() => now({ full: true })}>
          Discover everything now
        </Action>
        <Text role="status">{progress}</Text>
      </div>
    </>
  );
}

function formOf(tenant: Tenant) {
  return {
    discovery: tenant.discovery,
    minutes: String(tenant.discoveryMinutes),
    days: String(tenant.fullDiscoveryDays),
    entraResources: tenant.entraResources,
  };
}
