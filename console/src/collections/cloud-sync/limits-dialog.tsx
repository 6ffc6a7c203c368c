import { Checkbox, Field } from '@fluentui/react-components';
import { useState } from 'react';
import type { Mapping, Tenant } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { useUpdateMapping } from './data.ts';

const most = { removals: 1_000_000, percent: 100 };

/** The pause of a mapping, and limits of its own for what is removed without an approval. */
export function LimitsDialog({
  mapping,
  tenant,
  onClose,
}: {
  mapping: Mapping;
  tenant: Tenant;
  onClose: () => void;
}) {
  const update = useUpdateMapping(mapping);
  const [paused, setPaused] = useState(mapping.paused);
  // Null: as the tenant has it.
  const [removals, setRemovals] = useState(textOf(mapping.maxRemovals));
  const [percent, setPercent] = useState(textOf(mapping.maxRemovalPercent));
  const sound = isSound(removals, most.removals) && isSound(percent, most.percent);
  return (
    <FormDialog
      title={`Limits and pause of ${mapping.groupName}`}
      submit="Save"
      onSubmit={() =>
        update.mutate(
          { paused, maxRemovals: numberOf(removals), maxRemovalPercent: numberOf(percent) },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
      incomplete={!sound}
      pending={update.isPending}
      error={update.error}
      width={600}
    >
      <Field hint="The group stays as it is, also for other collections that feed it. Nothing is lost: what changes meanwhile is sent when the pause ends.">
        <Checkbox
          label="Pause the synchronization to this group"
          checked={paused}
          onChange={(_, data) => setPaused(data.checked === true)}
        />
      </Field>
      <Field hint="A run that would remove more waits for somebody to approve it. Where several collections feed the group, the strictest limit counts.">
        <Checkbox
          label={`An own limit of removed members, in place of the tenant's ${tenant.maxRemovals.toLocaleString()}`}
          checked={removals !== null}
          onChange={(_, data) => setRemovals(data.checked === true ? String(tenant.maxRemovals) : null)}
        />
      </Field>
      {removals !== null && (
        <NumberField
          label="Hold a run that removes more members than"
          min={0}
          max={most.removals}
          value={removals}
          onChange={setRemovals}
        />
      )}
      <Field hint="Of a group of 10 or more members, counted before the run.">
        <Checkbox
          label={`An own limit of the removed share, in place of the tenant's ${tenant.maxRemovalPercent} %`}
          checked={percent !== null}
          onChange={(_, data) => setPercent(data.checked === true ? String(tenant.maxRemovalPercent) : null)}
        />
      </Field>
      {percent !== null && (
        <NumberField
          label="Hold a run that removes a larger share than"
          unit="%"
          min={0}
          max={most.percent}
          value={percent}
          onChange={setPercent}
        />
      )}
    </FormDialog>
  );
}

function textOf(limit: number | null): string | null {
  return limit === null ? null : String(limit);
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function isSound(text: string | null, max: number): boolean {
  return text === null || isWithin(text, 0, max);
}
