import { Spinner } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';

/** Administration → Settings: what is set for the whole site. */
export function SettingsPage() {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.call('getSettings', {}, signal),
  });
  return (
    <Page title="Settings">
      {settings.error && <ProblemBar error={settings.error} />}
      {settings.isPending && <Spinner label="Reading the settings" />}
      {settings.data && <SettingsForm settings={settings.data} />}
    </Page>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const queries = useQueryClient();
  const isFixed = useLack('full-administrator') !== undefined;
  const [days, setDays] = useState(String(settings.historyDays));
  const [audit, setAudit] = useState(String(settings.auditDays));
  const update = useMutation({
    mutationFn: (body: Partial<Settings>) => api.call('updateSettings', { body }),
    onSuccess: answer => queries.setQueryData(['settings'], answer),
  });
  return (
    <ApplyForm
      changed={days !== String(settings.historyDays) || audit !== String(settings.auditDays)}
      pending={update.isPending}
      saved={update.isSuccess}
      error={update.error}
      invalid={
        isWithin(days, 1, 3_650) && isWithin(audit, 31, 3_650)
          ? undefined
          : 'The days are out of their limits.'
      }
      onApply={() => update.mutate({ historyDays: Number(days), auditDays: Number(audit) })}
    >
      <NumberField
        label="Keep who joined and left collections for"
        hint="Older entries of Joined and left are removed once a day. Memberships themselves are not touched."
        unit="days"
        min={1}
        max={3_650}
        disabled={isFixed}
        value={days}
        onChange={setDays}
      />
      <NumberField
        label="Keep the audit log for"
        hint="Older entries are removed once a day."
        unit="days"
        min={31}
        max={3_650}
        disabled={isFixed}
        value={audit}
        onChange={setAudit}
      />
    </ApplyForm>
  );
}
