import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { Account, Role } from '../../../../src/api/contract/index.ts';
import { RoleField } from './role-field.tsx';
import { type ScopeEntry, ScopeField } from './scope-field.tsx';

/** What the fields of an account hold. */
export interface AccountForm {
  name: string;
  kind: Account['kind'];
  password: string;
  role: Role;
  /** Null: no limit. */
  scope: readonly ScopeEntry[] | null;
  disabled: boolean;
}

/** Whether what the fields hold can be saved. */
export function isSound({ name, password, scope }: AccountForm): boolean {
  return name.trim() !== '' && !isTooShort(password) && scope?.length !== 0;
}

/** What is sent of the fields, for a new account and for one that is there. */
export function bodyOf({ name, kind, password, role, scope }: AccountForm) {
  const given = kind === 'local' && password !== '' ? { password } : {};
  return { name: name.trim(), role, collections: scope?.map(each => each.id) ?? null, ...given };
}

/** The fields of an account: name, password, role, collections, whether it may sign in at all. */
export function AccountFields({
  form,
  onChange,
  isNew,
}: {
  form: AccountForm;
  onChange: (part: Partial<AccountForm>) => void;
  isNew: boolean;
}) {
  const { name, kind, password, role, scope, disabled } = form;
  return (
    <>
      {isNew && (
        <RadioGroup
          aria-label="Kind of account"
          layout="horizontal"
          value={kind}
          onChange={(_, data) => onChange({ kind: data.value as Account['kind'] })}
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
        <Input value={name} autoComplete="off" onChange={(_, data) => onChange({ name: data.value })} />
      </Field>
      {kind === 'local' && (
        <Field
          label={isNew ? 'Password' : 'New password'}
          required={isNew}
          hint={
            isNew
              ? 'At least 12 characters.'
              : 'Empty: it stays as it is. A new one ends all sessions of the account.'
          }
          {...(isTooShort(password)
            ? ({ validationState: 'error', validationMessage: 'At least 12 characters.' } as const)
            : {})}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(_, data) => onChange({ password: data.value })}
          />
        </Field>
      )}
      <RoleField value={role} onChange={value => onChange({ role: value })} />
      <ScopeField value={scope} onChange={value => onChange({ scope: value })} />
      {!isNew && (
        <Checkbox
          label="Disabled: may not sign in"
          checked={disabled}
          onChange={(_, data) => onChange({ disabled: data.checked === true })}
        />
      )}
    </>
  );
}

function isTooShort(password: string): boolean {
  return password !== '' && password.length < 12;
}
