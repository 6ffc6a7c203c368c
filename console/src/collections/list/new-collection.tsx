import { Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { CollectionField } from '../collection-field.tsx';
import { useCreateCollection } from '../data.ts';
import { ScheduleField } from '../schedule-field.tsx';
import { allOf } from '../words.ts';

/** The dialog that makes a collection. Rules are added afterwards, in its properties. */
export function NewCollection({
  type,
  onMade,
  onClose,
}: {
  type: ResourceType;
  onMade: (made: Collection) => void;
  onClose: () => void;
}) {
  const create = useCreateCollection();
  const [name, setName] = useState('');
  const [limitTo, setLimitTo] = useState(allOf[type]);
  const [incremental, setIncremental] = useState(true);
  const [schedule, setSchedule] = useState('');
  const [comment, setComment] = useState('');
  const submit = () =>
    create.mutate(
      {
        name: name.trim(),
        type,
        limitTo,
        incremental,
        schedule: schedule.trim() || null,
        comment: comment.trim() || null,
      },
      { onSuccess: onMade },
    );
  return (
    <FormDialog
      title={`Create ${type} collection`}
      submit="Create"
      onSubmit={submit}
      onClose={onClose}
      incomplete={name.trim() === '' || limitTo === ''}
      pending={create.isPending}
      error={create.error}
    >
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <CollectionField
        label="Limiting collection"
        hint="Only its members can become members of the new collection."
        type={type}
        value={limitTo}
        onChange={setLimitTo}
      />
      <Checkbox
        label="Use incremental updates for this collection"
        checked={incremental}
        onChange={(_, data) => setIncremental(data.checked === true)}
      />
      <ScheduleField value={schedule} onChange={setSchedule} />
      <Field label="Comment">
        <Input value={comment} onChange={(_, data) => setComment(data.value)} />
      </Field>
    </FormDialog>
  );
}
