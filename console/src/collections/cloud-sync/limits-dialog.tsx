import { Checkbox, Field, Spinner } from '@fluentui/react-components';
import type { Mapping, Tenant } from '../../../../src/api/contract/index.ts';
import type { Tagged } from '../../parts/edited.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { isWithin, NumberField } from '../../parts/number-field.tsx';
import { useMapping, useMappingForm } from './data.ts';

const most = { removals: 1_000_000, percent: 100 };

/** The pause of a mapping, and limits of its own for what is removed without an approval. */
export function LimitsDialog(props: { mapping: Mapping; tenant: Tenant; onClose: () => void }) {
  const { mapping, onClose } = props;
  const read = useMapping(mapping.id);
  if (read.data) return <LimitsForm {...props} present={read.data} />;
  return (
    <FormDialog
      title={titleOf(mapping)}
      submit="Save"
      onSubmit={() => {}}
      onClose={onClose}
      incomplete
      error={read.error}
    >
      {!read.error && <Spinner label="Reading the mapping" />}
    </FormDialog>
  );
}

function LimitsForm({
  present,
  tenant,
  onClose,
}: {
  present: Tagged<Mapping>;
  tenant: Tenant;
  onClose: () => void;
}) {
  const { form, change, save, outcome } = useMappingForm(present, formOf);
  const { paused, removals, percent } = form;
  const sound = isSound(removals, most.removals) && isSound(percent, most.percent);
  return (
    <FormDialog
      title={titleOf(present.answer)}
      submit="Save"
      onSubmit={() =>
        save(
          { paused, maxRemovals: numberOf(removals), maxRemovalPercent: numberOf(percent) },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
      incomplete={!sound}
      pending={outcome.pending}
      error={outcome.error}
      onLoadAnew={outcome.onLoadAnew}
      width={600}
    >
      <Field hint="The group stays as it is, also for other collections that feed it. Nothing is lost: what changes meanwhile is sent when the pause ends.">
        <Checkbox
          label="Pause the synchronization to this group"
          checked={paused}
          onChange={(_, data) => change({ paused: data.checked === true })}
        />
      </Field>
      <Field hint="A run that would remove more waits for somebody to approve it. Where several collections feed the group, the strictest limit counts.">
        <Checkbox
          label={`An own limit of removed members, in place of the tenant's ${tenant.maxRemovals.toLocaleString()}`}
          checked={removals !== null}
          onChange={(_, data) =>
            change({ removals: data.checked === true ? String(tenant.maxRemovals) : null })
          }
        />
      </Field>
      {removals !== null && (
        <NumberField
          label="Hold a run that removes more members than"
          min={0}
          max={most.removals}
          value={removals}
          onChange={text => change({ removals: text })}
        />
      )}
      <Field hint="Of a group of 10 or more members, counted before the run.">
        <Checkbox
          label={`An own limit of the removed share, in place of the tenant's ${tenant.maxRemovalPercent} %`}
          checked={percent !== null}
          onChange={(_, data) =>
            change({ percent: data.checked === true ? String(tenant.maxRemovalPercent) : null })
          }
        />
      </Field>
      {percent !== null && (
        <NumberField
          label="Hold a run that removes a larger share than"
          unit="%"
          min={0}
          max={most.percent}
          value={percent}
          onChange={text => change({ percent: text })}
        />
      )}
    </FormDialog>
  );
}

function titleOf({ groupName }: Mapping): string {
  return `Limits and pause of ${groupName}`;
}

/** What the fields hold; null: as the tenant has it. */
function formOf({ paused, maxRemovals, maxRemovalPercent }: Mapping) {
  return { paused, removals: textOf(maxRemovals), percent: textOf(maxRemovalPercent) };
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
