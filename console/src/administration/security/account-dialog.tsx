import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Account, Role } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useAccountActions } from './data.ts';
import { RoleField } from './role-field.tsx';
import { type ScopeEntry, ScopeField } from './scope-field.tsx';

/** Makes an account, or changes one: role, collections, password, whether it may sign in at all. */
export function AccountDialog({
  account,
  onClose,
}: {
  /** The one to change; null: a new one. */
  account: Account | null;
  onClose: () => void;
}) {
  const { create, update } = useAccountActions();
  const [name, setName] = useState(account?.name ?? '');
  const [kind, setKind] = useState<Account['kind']>(account?.kind ?? 'local');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>(account?.role ?? 'read-only');
  const [scope, setScope] = useState<readonly ScopeEntry[] | null>(account?.collections ?? null);
  const [disabled, setDisabled] = useState(account?.disabled ?? false);
  const collections = scope?.map(each => each.id) ?? null;
  const given = kind === 'local' && password !== '' ? { password } : {};
  const submit = () => {
    const body = { name: name.trim(), role, collections, ...given };
    if (account) update.mutate({ id: account.id, ...body, disabled }, { onSuccess: onClose });
    else create.mutate({ ...body, kind }, { onSuccess: onClose });
  };
  const tooShort = password !== '' && password.length < 12;
  const needsPassword = !account && kind === 'local' && password === '';
  return (
    <FormDialog
      title={account ? `${account.name} Properties` : 'Add an account'}
      submit={account ? 'Save' : 'Add'}
      onSubmit={submit}
      onClose={onClose}
      incomplete={name.trim() === '' || tooShort || needsPassword || scope?.length === 0}
      pending={create.isPending || update.isPending}
      error={create.error ?? update.error}
    >
      {!account && (
        <RadioGroup
          aria-label="Kind of account"
          layout="horizontal"
          value={kind}
          onChange={(_, data) => setKind(data.value as Account['kind'])}
        >
          <Radio value="local" label="Signs in with a password" />
          <Radio value="oidc" label="Signs in by the OpenID Connect provider" />
        </RadioGroup>
      )}
      <Field
        label="Name"
        required
        {...(kind === 'oidc' ? { hint: 'As the provider calls the user: name@contoso.com.' } : {})}
      >
        <Input value={name} autoComplete="off" onChange={(_, data) => setName(data.value)} />
      </Field>
      {kind === 'local' && (
        <Field
          label={account ? 'New password' : 'Password'}
          required={!account}
          hint={
            account
              ? 'Empty: it stays as it is. A new one ends all sessions of the account.'
              : 'At least 12 characters.'
          }
          {...(tooShort
            ? ({ validationState: 'error', validationMessage: 'At least 12 characters.' } as const)
            : {})}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(_, data) => setPassword(data.value)}
          />
        </Field>
      )}
      <RoleField value={role} onChange={setRole} />
      <ScopeField value={scope} onChange={setScope} />
      {account && (
        <Checkbox
          label="Disabled: may not sign in"
          checked={disabled}
          onChange={(_, data) => setDisabled(data.checked === true)}
        />
      )}
    </FormDialog>
  );
}
