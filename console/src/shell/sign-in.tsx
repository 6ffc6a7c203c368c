import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { useSignIn } from '../api/session.ts';

const useStyles = makeStyles({
  page: {
    height: '100%',
    display: 'grid',
    placeItems: 'center',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  form: {
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

/** The first page for whoever is not signed in. */
export function SignIn() {
  const styles = useStyles();
  const [token, setToken] = useState('');
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(token.trim());
  };
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit}>
        <Title2 as="h1">Rollcall</Title2>
        <Text>
          Sign in with the token that the server printed when it started. It is also in the file{' '}
          <code>token</code> of its data folder.
        </Text>
        <Field label="Token" required>
          <Input
            type="password"
            autoComplete="current-password"
            value={token}
            onChange={(_, data) => setToken(data.value)}
          />
        </Field>
        {signIn.error && (
          <MessageBar intent="error">
            <MessageBarBody>{signIn.error.message}</MessageBarBody>
          </MessageBar>
        )}
        <Button type="submit" appearance="primary" disabled={token.trim() === '' || signIn.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
