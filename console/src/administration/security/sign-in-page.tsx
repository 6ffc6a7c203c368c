import { makeStyles, Spinner, Text } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { Command } from '../../parts/command.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { EmptyState, Page } from '../../parts/page.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { useOidc, useRemoveOidc } from './data.ts';
import { OidcForm } from './oidc-form.tsx';

const useStyles = makeStyles({
  // The form is longer than the window.
  form: {
    minHeight: 0,
    overflowY: 'auto',
    padding: '3px',
    display: 'grid',
    gap: '12px',
    alignContent: 'start',
  },
});

/** Administration → Security → Sign-in: how people sign in by an OpenID Connect provider. */
export function SignInPage() {
  const styles = useStyles();
  const lack = useLack('getOidc');
  const oidc = useOidc(lack === undefined);
  const [ending, setEnding] = useState(false);
  // Counts the removals: after one the form begins with nothing.
  const [round, setRound] = useState(0);
  const remove = useRemoveOidc();
  const settings = oidc.data?.answer;
  return (
    <Page
      title="Sign-in"
      actions={
        <Command
          label="End this sign-in"
          icon={<DeleteRegular />}
          lack={lack ?? (settings ? undefined : 'No sign-in by a provider is set up.')}
          onClick={() => setEnding(true)}
        />
      }
    >
      {lack && <EmptyState title={lack} />}
      {oidc.error && <ProblemBar error={oidc.error} />}
      {oidc.isLoading && <Spinner label="Reading the settings" />}
      {oidc.data && (
        <div className={styles.form}>
          <Text>
            {settings
              ? `People sign in by ${settings.name}, or with a password.`
              : 'People sign in with a password. Let them sign in by Entra or another OpenID Connect provider too: register Rollcall there, then fill this in.'}
          </Text>
          <OidcForm key={round} present={oidc.data} />
        </div>
      )}
      {ending && settings && (
        <FormDialog
          alert
          title={`End the sign-in by ${settings.name}?`}
          submit="End it"
          onSubmit={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                setEnding(false);
                setRound(round + 1);
              },
            })
          }
          onClose={() => setEnding(false)}
          pending={remove.isPending}
          error={remove.error}
        >
          <Text>
            Nobody signs in by it any more; the accounts stay. These settings and the secret are forgotten.
          </Text>
        </FormDialog>
      )}
    </Page>
  );
}
