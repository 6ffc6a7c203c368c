import { Button, Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { roles as allRoles, type Role } from '../../../../src/api/contract/index.ts';
import { roleWords } from '../../parts/role.ts';
import type { OidcForm } from './oidc.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '1fr 200px auto',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    marginTop: tokens.spacingVerticalXS,
  },
});

/** Which value of the role claim gives which role, and what holds for everybody else. */
export function OidcRoles({
  form: { roles, defaultRole, roleClaim },
  disabled,
  onChange,
}: {
  form: OidcForm;
  disabled: boolean;
  onChange: (part: Partial<OidcForm>) => void;
}) {
  const styles = useStyles();
  const set = (at: number, part: Partial<(typeof roles)[number]>) =>
    onChange({ roles: roles.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) });
  return (
    <>
      <div role="group" aria-label="Roles by the claim">
        <Text>
          Who has a value in the claim {roleClaim || '…'} gets its role, at every sign-in; the highest counts.
        </Text>
        {roles.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity but its place
          <div className={styles.row} key={at}>
            <Input
              aria-label={`Value ${at + 1}`}
              placeholder="An app role or a group id"
              disabled={disabled}
              value={rule.value}
              onChange={(_, data) => set(at, { value: data.value })}
            />
            <Select
              aria-label={`Role ${at + 1}`}
              disabled={disabled}
              value={rule.role}
              onChange={(_, data) => set(at, { role: data.value as Role })}
            >
              {allRoles.map(role => (
                <option key={role} value={role}>
                  {roleWords(role)}
                </option>
              ))}
            </Select>
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={`Remove value ${at + 1}`}
              disabled={disabled}
              onClick={() => onChange({ roles: roles.filter((_, index) => index !== at) })}
            />
          </div>
        ))}
        <Button
          appearance="subtle"
          icon={<AddRegular />}
          disabled={disabled}
          onClick={() => onChange({ roles: [...roles, { value: '', role: 'read-only' }] })}
        >
          Add a value
        </Button>
      </div>
      <Field label="Whoever has none of these">
        <Select
          disabled={disabled}
          value={defaultRole}
          onChange={(_, data) => onChange({ defaultRole: data.value as Role | '' })}
        >
          <option value="">Is not let in, unless the account has a role here</option>
          {allRoles.map(role => (
            <option key={role} value={role}>
              Is {roleWords(role)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
