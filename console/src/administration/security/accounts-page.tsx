import { Spinner, Text } from '@fluentui/react-components';
import { DeleteRegular, PersonAddRegular, SettingsRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Account } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Command } from '../../parts/command.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Grid } from '../../parts/grid.tsx';
import { EmptyState, ListPart, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { roleWords, useLack } from '../../parts/role.ts';
import { AccountProperties, NewAccount } from './account-dialog.tsx';
import { useAccountActions, useAccounts } from './data.ts';

const kinds = { local: 'Password', oidc: 'OpenID Connect' };

const columns: readonly Column<Account>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 220, grow: true },
  { id: 'role', title: 'Role', value: row => roleWords(row.role), width: 160 },
  { id: 'kind', title: 'Signs in by', value: row => kinds[row.kind], width: 140 },
  {
    id: 'collections',
    title: 'Collections',
    value: row => row.collections?.map(each => each.name).join(', ') ?? 'All',
    width: 240,
  },
  { id: 'state', title: 'State', value: row => (row.disabled ? 'Disabled' : 'Enabled'), width: 90 },
  timeColumn('signedIn', 'Last sign-in', row => row.lastSignInAt),
];

type Dialog = 'add' | 'change' | 'delete' | null;

/** Administration → Security → Administrative Users: who may sign in, with which role, over which collections. */
export function AccountsPage() {
  const lack = useLack('listAccounts');
  const [chosenId, setChosen] = useState<number | null>(null);
  const [dialog, setDialog] = useState<Dialog>(null);
  const accounts = useAccounts(lack === undefined);
  const { remove } = useAccountActions();
  const rows = accounts.data ?? [];
  const chosen = rows.find(row => row.id === chosenId);
  const none = chosen ? undefined : 'Select an account first.';
  return (
    <Page
      title="Administrative Users"
      actions={
        <>
          <Command
            label="Add account"
            icon={<PersonAddRegular />}
            lack={lack}
            onClick={() => setDialog('add')}
          />
          <Command
            label="Properties"
            icon={<SettingsRegular />}
            lack={lack ?? none}
            onClick={() => setDialog('change')}
          />
          <Command
            label="Delete"
            icon={<DeleteRegular />}
            lack={lack ?? none}
            onClick={() => setDialog('delete')}
          />
        </>
      }
    >
      {accounts.error && <ProblemBar error={accounts.error} />}
      <ListPart>
        <Grid
          onOpen={row => {
            setChosen(row.id);
            setDialog('change');
          }}
          label="Accounts"
          columns={columns}
          rows={rows}
          error={accounts.error}
          keyOf={row => String(row.id)}
          selected={chosenId === null ? null : String(chosenId)}
          onSelect={row => setChosen(row.id)}
          empty={
            lack ? (
              <EmptyState title={lack} />
            ) : accounts.isPending ? (
              <Spinner label="Reading the accounts" style={{ padding: 24 }} />
            ) : (
              <EmptyState title="There is no account yet.">
                You are signed in with a token. Add an account for yourself first, as Full Administrator.
              </EmptyState>
            )
          }
        />
      </ListPart>
      {dialog === 'add' && <NewAccount onClose={() => setDialog(null)} />}
      {dialog === 'change' && chosen && (
        <AccountProperties account={chosen} onClose={() => setDialog(null)} />
      )}
      {dialog === 'delete' && chosen && (
        <FormDialog
          alert
          title={`Delete the account ${chosen.name}?`}
          submit="Delete"
          onSubmit={() => remove.mutate(chosen.id, { onSuccess: () => setDialog(null) })}
          onClose={() => setDialog(null)}
          pending={remove.isPending}
          error={remove.error}
        >
          <Text>Its sessions end at once, and its tokens are taken back.</Text>
        </FormDialog>
      )}
    </Page>
  );
}
