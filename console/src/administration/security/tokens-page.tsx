import { Text } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ApiToken } from '../../../../src/api/contract/index.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Command } from '../../parts/command.tsx';
import { EmptyState, Reading } from '../../parts/empty.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Grid } from '../../parts/grid.tsx';
import { ListPart, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { roleWords } from '../../parts/role.ts';
import { useTokenActions, useTokens } from './data.ts';
import { NewTokenDialog } from './new-token.tsx';

const columns: readonly Column<ApiToken>[] = [
  { id: 'name', title: 'Name', value: row => row.name, width: 200, grow: true },
  { id: 'role', title: 'Role', value: row => roleWords(row.role), width: 160 },
  { id: 'account', title: 'Account', value: row => row.account ?? '', width: 140 },
  {
    id: 'collections',
    title: 'Collections',
    value: row => row.collections?.map(each => each.name).join(', ') ?? 'All',
    width: 140,
  },
  timeColumn('used', 'Last use', row => row.lastUsedAt, { none: 'Never' }),
  timeColumn('expires', 'Expires', row => row.expiresAt, { none: 'Never' }),
  timeColumn('created', 'Made', row => row.createdAt, { optional: true }),
];

/** Administration → Security → API Tokens: made, listed, taken back. */
export function TokensPage() {
  const [chosenId, setChosen] = useState<number | null>(null);
  const [dialog, setDialog] = useState<'new' | 'revoke' | null>(null);
  const tokens = useTokens();
  const { revoke } = useTokenActions();
  const rows = tokens.data ?? [];
  const chosen = rows.find(row => row.id === chosenId);
  return (
    <Page
      title="API Tokens"
      actions={
        <>
          <Command label="New token" icon={<AddRegular />} onClick={() => setDialog('new')} />
          <Command
            label="Revoke"
            icon={<DeleteRegular />}
            lack={chosen ? undefined : 'Select a token first.'}
            onClick={() => setDialog('revoke')}
          />
        </>
      }
    >
      {tokens.error && <ProblemBar error={tokens.error} />}
      <ListPart>
        <Grid
          label="Tokens"
          columns={columns}
          rows={rows}
          error={tokens.error}
          keyOf={row => String(row.id)}
          selected={chosenId === null ? null : String(chosenId)}
          onSelect={row => setChosen(row.id)}
          empty={
            tokens.isPending ? (
              <Reading what="the tokens" />
            ) : (
              <EmptyState title="You have no token yet.">
                The command line and scripts sign in with one: click New token.
              </EmptyState>
            )
          }
        />
      </ListPart>
      {dialog === 'new' && <NewTokenDialog onClose={() => setDialog(null)} />}
      {dialog === 'revoke' && chosen && (
        <FormDialog
          alert
          title={`Revoke the token ${chosen.name}?`}
          submit="Revoke"
          onSubmit={() => revoke.mutate(chosen.id, { onSuccess: () => setDialog(null) })}
          onClose={() => setDialog(null)}
          pending={revoke.isPending}
          error={revoke.error}
        >
          <Text>Whatever signs in with it is refused from then on.</Text>
        </FormDialog>
      )}
    </Page>
  );
}
