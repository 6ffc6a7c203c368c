import { Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { type Tagged, useSavedForm } from '../../parts/edited.ts';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';

const queryKey = ['settings'];
const read = () => api.read('getSettings', {});

/** Administration → Settings: what is set for the whole site. */
export function SettingsPage() {
  const settings = useQuery({ queryKey, queryFn: read });
  return (
    <Page title="Settings">
      {settings.error && <ProblemBar error={settings.error} />}
      {settings.isPending && <Spinner label="Reading the settings" />}
      {settings.data && <SettingsForm settings={settings.data} />}
    </Page>
  );
}

function SettingsForm({ settings: present }: { settings: Tagged<Settings> }) {
  const isFixed = useLack('updateSettings') !== undefined;
  const { form, change, save, outcome } = useSavedForm({
    ...{ queryKey, present, formOf, read },
    save: (body: Settings, ifMatch) => api.read('updateSettings', { body, ifMatch }),
  });
  const { days, audit } = form;
  return (
    <ApplyForm
      {...outcome}
      route="updateSettings"
      invalid={
        isWithin(days, 1, 3_650) && isWithin(audit, 31, 3_650)
          ? undefined
          : 'The days are out of their limits.'
      }
      onApply={() => save({ historyDays: Number(days), auditDays: Number(audit) })}
    >
      <NumberField
        label="Keep who joined and left collections for"
        hint="Older entries of Joined and left are removed once a day. Memberships themselves are not touched."
        unit="days"
        min={1}
        max={3_650}
        disabled={isFixed}
        value={days}
        onChange={value => change({ days: value })}
      />
      <NumberField
        label="Keep the audit log for"
        hint="Older entries are removed once a day."
        unit="days"
        min={31}
        max={3_650}
        disabled={isFixed}
        value={audit}
        onChange={value => change({ audit: value })}
      />
    </ApplyForm>
  );
}

function formOf({ historyDays, auditDays }: Settings) {
  return { days: String(historyDays), audit: String(auditDays) };
}
