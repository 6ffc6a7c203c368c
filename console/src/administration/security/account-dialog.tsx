import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { Account } from '../../../../src/api/contract/index.ts';
import type { Tagged } from '../../parts/edited.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { AccountFields, type AccountForm, bodyOf, isSound } from './account-fields.tsx';
import { useAccount, useAccountActions, useAccountForm } from './data.ts';

/** Makes an account. */
export function NewAccount({ onClose }: { onClose: () => void }) {
  const { create } = useAccountActions();
  const [form, setForm] = useState<AccountForm>(empty);
  const needsPassword = form.kind === 'local' && form.password === '';
  return (
    <FormDialog
      title="Add an account"
      submit="Add"
      onSubmit={() => create.mutate({ ...bodyOf(form), kind: form.kind }, { onSuccess: onClose })}
      onClose={onClose}
      incomplete={!isSound(form) || needsPassword}
      pending={create.isPending}
      error={create.error}
    >
      <AccountFields isNew form={form} onChange={part => setForm(old => ({ ...old, ...part }))} />
    </FormDialog>
  );
}

/** Changes an account: role, collections, password, whether it may sign in at all. */
export function AccountProperties({ account, onClose }: { account: Account; onClose: () => void }) {
  const read = useAccount(account.id);
  if (read.data) return <ChangeAccount present={read.data} onClose={onClose} />;
  return (
    <FormDialog
      title={titleOf(account)}
      submit="Save"
      onSubmit={() => {}}
      onClose={onClose}
      incomplete
      error={read.error}
    >
      {!read.error && <Spinner label="Reading the account" />}
    </FormDialog>
  );
}

function ChangeAccount({ present, onClose }: { present: Tagged<Account>; onClose: () => void }) {
  const { base, form, change, save, outcome } = useAccountForm(present, formOf);
  return (
    <FormDialog
      title={titleOf(base)}
      submit="Save"
      onSubmit={() => save({ ...bodyOf(form), disabled: form.disabled }, { onSuccess: onClose })}
      onClose={onClose}
      incomplete={!isSound(form)}
      pending={outcome.pending}
      error={outcome.error}
      onLoadAnew={outcome.onLoadAnew}
    >
      <AccountFields isNew={false} form={form} onChange={change} />
    </FormDialog>
  );
}

const empty: AccountForm = {
  name: '',
  kind: 'local',
  password: '',
  role: 'read-only',
  scope: null,
  disabled: false,
};

function formOf({ name, kind, role, collections, disabled }: Account): AccountForm {
  return { name, kind, password: '', role, scope: collections, disabled };
}

function titleOf({ name }: Account): string {
  return `${name} Properties`;
}
