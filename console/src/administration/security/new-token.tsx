import { Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Role } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useTokenActions } from './data.ts';
import { RoleField } from './role-field.tsx';

const terms = { '30': '30 days', '90': '90 days', '365': 'A year', never: 'Never' };

/** Makes a token, and shows it this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const { create } = useTokenActions();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('read-only');
  const [term, setTerm] = useState<keyof typeof terms>('90');
  if (create.data) {
    return (
      <FormDialog alert title={`Token ${create.data.name}`} onClose={onClose} close="Done">
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            Copy it now: it is shown this once, and not kept anywhere. Whoever has it may do what it may.
          </MessageBarBody>
        </MessageBar>
        <Field label="Token">
          <Input readOnly value={create.data.token} onFocus={event => event.target.select()} />
        </Field>
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title="New token"
      submit="Create"
      onSubmit={() =>
        create.mutate({
          name: name.trim(),
          role,
          ...(term === 'never' ? {} : { days: Number(term) }),
        })
      }
      onClose={onClose}
      incomplete={name.trim() === ''}
      pending={create.isPending}
      error={create.error}
    >
      <Field label="Name" required hint="What it is for.">
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <RoleField value={role} onChange={setRole} />
      <Field label="Expires in">
        <Select value={term} onChange={(_, data) => setTerm(data.value as keyof typeof terms)}>
          {Object.entries(terms).map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  );
}
