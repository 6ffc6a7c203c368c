import { Button, Field, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Group } from '../../../../src/api/contract/index.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { SignInButton } from './as-whom.tsx';
import { useCreateGroup } from './data.ts';
import { type EntraUser, signInHelps } from './entra-user.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'end',
  },
});

/** Makes a new security group in a tenant. */
export function NewGroup({
  tenant,
  user,
  onMade,
}: {
  tenant: string;
  user: EntraUser;
  onMade: (group: Group) => void;
}) {
  const styles = useStyles();
  const [name, setName] = useState('');
  const create = useCreateGroup(tenant);
  // What the app was refused says nothing of a user, nor the other way round.
  const error = create.variables?.signIn === user.signIn ? create.error : null;
  return (
    <>
      <div className={styles.row}>
        <Field label="Or make a new security group">
          <Input value={name} placeholder="Name" onChange={(_, data) => setName(data.value)} />
        </Field>
        <Button
          icon={create.isPending ? <Spinner size="tiny" /> : <AddRegular />}
          disabledFocusable={create.isPending || name.trim() === ''}
          onClick={() =>
            create.mutate(
              { displayName: name.trim(), signIn: user.signIn },
              {
                onSuccess: group => {
                  setName('');
                  onMade(group);
                },
              },
            )
          }
        >
          Create group
        </Button>
      </div>
      {error && <ProblemBar error={error} action={signInHelps(error) && <SignInButton user={user} />} />}
    </>
  );
}
