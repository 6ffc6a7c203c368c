import { Button, Field, Input, makeStyles, Select, Spinner, Text, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Group, Tenant } from '../../../../src/api/contract/index.ts';
import { Choices } from '../../parts/choices.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { AsWhom, SignInButton } from './as-whom.tsx';
import { useGroups } from './data.ts';
import { type EntraUser, signInHelps } from './entra-user.ts';
import { NewGroup } from './new-group.tsx';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'end',
  },
});

const kinds: Record<Group['kind'], string> = {
  security: 'Security',
  microsoft365: 'Microsoft 365',
  'mail-enabled-security': 'Mail-enabled security',
  distribution: 'Distribution',
};

/** Choose the tenant, search its groups by the start of their name, tick several, or make a new one. */
export function GroupSearch({
  tenants,
  tenant,
  onTenant,
  chosen,
  onChange,
  mapped,
  user,
}: {
  tenants: readonly Tenant[];
  tenant: string;
  onTenant: (id: string) => void;
  chosen: readonly Group[];
  onChange: (chosen: readonly Group[]) => void;
  mapped: ReadonlySet<string>;
  user: EntraUser;
}) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [search, setSearch] = useState<string | null>(null);
  const groups = useGroups(tenant, search, user.signIn);
  const ids = new Set(chosen.map(group => group.id));
  // What was chosen stays in view, whatever is searched for next.
  const found = (groups.data?.items ?? []).toSorted(byName);
  const shown = [...chosen.filter(group => !found.some(other => other.id === group.id)), ...found];
  return (
    <>
      <Field label="Tenant">
        <Select value={tenant} onChange={(_, data) => onTenant(data.value)}>
          {tenants.map(each => (
            <option key={each.id} value={each.id}>
              {each.name} ({each.tenantId})
            </option>
          ))}
        </Select>
      </Field>
      <AsWhom user={user} />
      <div className={styles.row}>
        <Field label="Name starts with" hint="Blank returns all groups.">
          <Input
            value={text}
            onChange={(_, data) => setText(data.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              setSearch(text.trim());
            }}
          />
        </Field>
        <Button
          icon={groups.isFetching ? <Spinner size="tiny" /> : <SearchRegular />}
          style={{ marginBottom: 20 }}
          onClick={() => setSearch(text.trim())}
        >
          Search
        </Button>
      </div>
      {groups.error && (
        <ProblemBar error={groups.error} action={signInHelps(groups.error) && <SignInButton user={user} />} />
      )}
      <Choices
        label="Groups found"
        choices={shown.map(group => ({
          id: group.id,
          name: group.displayName,
          note: kinds[group.kind],
          lack: mapped.has(group.id) ? 'Added already' : lackOf(group),
        }))}
        chosen={ids}
        onToggle={({ id }) => {
          const group = shown.find(each => each.id === id);
          if (!group) return;
          onChange(ids.has(id) ? chosen.filter(each => each.id !== id) : [...chosen, group]);
        }}
        empty={emptyText(groups.error ? null : search, groups.isFetching)}
        height={200}
      />
      {groups.data?.next && <Text size={200}>These are the first 500; write more of the name.</Text>}
      <NewGroup tenant={tenant} user={user} onMade={group => onChange([...chosen, group])} />
    </>
  );
}

/** Entra gives them in no order. */
const byName = (one: Group, other: Group) => one.displayName.localeCompare(other.displayName);

/** In a word or two, for there is no room for the whole refusal. */
function lackOf(group: Group): string | null {
  if (group.usable) return null;
  if (group.dynamic) return 'Dynamic: Entra decides its members';
  if (group.onPremises) return 'Mastered on-premises';
  if (group.roleAssignable) return 'Can bear Entra roles';
  return `${kinds[group.kind]}: can only be read`;
}

function emptyText(search: string | null, isFetching: boolean): string {
  if (isFetching) return 'Asking Entra …';
  if (search === null) return 'Search for groups, or make a new one below.';
  return search === '' ? 'The tenant has no group.' : `No group's name starts with "${search}".`;
}
