import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { formatShortTime } from '../../parts/format.ts';
import type { EntraUser } from './entra-user.ts';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    '& > button': { flexShrink: 0 },
    gap: tokens.spacingHorizontalM,
  },
});

/** Says as whom groups are searched and made, and lets that be chosen. */
export function AsWhom({ user }: { user: EntraUser }) {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <Text role="status">
        {user.signIn === undefined
          ? 'Groups are searched and made as the app.'
          : `Groups are searched and made as ${user.name ?? 'you'}, until ${formatShortTime(user.until)}.`}
      </Text>
      {user.signIn === undefined ? (
        <Button appearance="subtle" onClick={user.begin}>
          Use your own account
        </Button>
      ) : (
        <Button appearance="subtle" onClick={user.end}>
          Use the app
        </Button>
      )}
    </div>
  );
}

/** Offers to sign in, where that would help. */
export function SignInButton({ user }: { user: EntraUser }) {
  return <Button onClick={user.begin}>Sign in to Entra</Button>;
}
