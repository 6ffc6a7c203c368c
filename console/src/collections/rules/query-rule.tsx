import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Collection, ResourceType, Rule } from '../../../../src/api/contract/index.ts';
import type { Tagged } from '../../parts/edited.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useAddRules, useUpdateRule } from './data.ts';
import { QueryEditor } from './query-editor.tsx';

/** Adds a query rule, or edits one. */
export function QueryRule({
  collection: present,
  type,
  rule,
  onClose,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
  /** The one to edit; null: a new one. */
  rule: Rule | null;
  onClose: () => void;
}) {
  const collection = present.answer;
  const add = useAddRules(present);
  const update = useUpdateRule(present);
  const [name, setName] = useState(rule?.name ?? '');
  const [query, setQuery] = useState(rule?.query ?? starting[type]);
  const submit = () => {
    if (rule) update.send({ rule: rule.id, name: name.trim(), wql: query }, { onSuccess: onClose });
    else {
      const named = name.trim() === '' ? {} : { name: name.trim() };
      add.send([{ kind: 'query', wql: query, ...named }], { onSuccess: onClose });
    }
  };
  const showNow = async () => {
    const now = (await update.loadAnew()).rules.find(each => each.id === rule?.id);
    if (!now) return onClose();
    setName(now.name);
    setQuery(now.query ?? '');
  };
  return (
    <FormDialog
      title={rule ? `Edit the query rule ${rule.name}` : `Add a query rule to ${collection.name}`}
      submit={rule ? 'Save' : 'Add'}
      onSubmit={submit}
      onClose={onClose}
      incomplete={query.trim() === '' || (rule !== null && name.trim() === '')}
      pending={add.pending || update.pending}
      error={add.error ?? update.error}
      onLoadAnew={rule ? showNow : add.loadAnew}
      keeps={!rule}
      width={860}
    >
      <Field label="Rule name">
        <Input
          value={name}
          placeholder={rule ? '' : 'Named by number when left empty'}
          onChange={(_, data) => setName(data.value)}
        />
      </Field>
      <QueryEditor type={type} query={query} onChange={setQuery} />
    </FormDialog>
  );
}

const starting: Record<ResourceType, string> = {
  device: 'select ResourceID, Name\nfrom SMS_R_System\nwhere Name like "%"',
  user: 'select ResourceID, Name\nfrom SMS_R_User\nwhere Name like "%"',
};
