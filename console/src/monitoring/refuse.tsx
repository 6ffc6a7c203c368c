import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { type HeldPlan, useRefuse } from './held-data.ts';

/** Refuses held removals, with a reason for those who come after. */
export function Refuse({
  mapping,
  plan,
  onClose,
}: {
  mapping: Mapping;
  plan: HeldPlan;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const refuse = useRefuse(plan.id);
  return (
    <FormDialog
      alert
      title={`Leave these members in ${mapping.groupName}?`}
      submit="Refuse"
      onSubmit={() => refuse.mutate(reason, { onSuccess: onClose })}
      onClose={onClose}
      pending={refuse.isPending}
      error={refuse.error}
    >
      <Field label="Reason" hint="Kept with the run, for those who come after.">
        <Input value={reason} onChange={(_, data) => setReason(data.value)} />
      </Field>
    </FormDialog>
  );
}
