import { Field, Select } from '@fluentui/react-components';
import { type Role, roles } from '../../../../src/api/contract/index.ts';
import { roleWords } from '../../parts/role.ts';

const may: Record<Role, string> = {
  'read-only': 'Looks at everything, previews queries, plans and verifies.',
  operator: 'Also discovers, evaluates, maps, synchronizes and approves.',
  'full-administrator': 'Also imports, and changes collections, tenants, accounts and settings.',
};

/** A field for a role; it says what the chosen one may do. */
export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <Field label="Role" hint={may[value]}>
      <Select value={value} onChange={(_, data) => onChange(data.value as Role)}>
        {roles.map(role => (
          <option key={role} value={role}>
            {roleWords(role)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
