import { Button, Link, makeStyles, Spinner, Text, Title2, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { signInAt, useSignInWays } from '../api/session.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { FirstAccountForm } from './first-account-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { TokenForm } from './token-form.tsx';

const useStyles = makeStyles({
  page: {
    height: '100%',
    display: 'grid',
    placeItems: 'center',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    width: 'min(26rem, calc(100vw - 4rem))',
    padding: tokens.spacingHorizontalXXXL,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
  },
});

/** The first page for whoever is not signed in: by password, by the organisation's provider, or by token. */
export function SignIn() {
  const styles = useStyles();
  const ways = useSignInWays();
  const [byToken, setByToken] = useState(false);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Title2 as="h1">Rollcall</Title2>
        {ways.isPending && <Spinner />}
        {ways.error && <ProblemBar error={ways.error} />}
        {byToken && <TokenForm />}
        {!byToken && ways.data?.setUpNeeded && <FirstAccountForm />}
        {!byToken && ways.data?.setUpNeeded === false && (
          <>
            <Oidc provider={ways.data.oidc} />
            <PasswordForm />
          </>
        )}
        <Text size={200}>
          <Link as="button" onClick={() => setByToken(!byToken)}>
            {byToken ? 'Other ways to sign in' : 'Sign in with a token'}
          </Link>
        </Text>
      </div>
    </main>
  );
}

function Oidc({ provider }: { provider: { name: string; start: string } | null }) {
  if (!provider) return null;
  return (
    <Button appearance="primary" onClick={() => signInAt(provider.start)}>
      Sign in with {provider.name}
    </Button>
  );
}
