import { Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { EntraSignIn } from '../../../../src/api/contract/index.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { formatShortTime } from '../../parts/format.ts';
import type { EntraUser } from './entra-user.ts';

const useStyles = makeStyles({
  code: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalL },
  waiting: { justifyContent: 'flex-start' },
});

/** Signs a user in to Entra by device code, in a page of Microsoft's; closes by itself when that is done. */
export function SignInDialog({ user }: { user: EntraUser }) {
  if (!user.open) return null;
  const { code, error } = user.open;
  // Not every address that a server names is one to open.
  const page = code && /^https:/i.test(code.verificationUri) ? code.verificationUri : null;
  return (
    <FormDialog
      title="Sign in to Entra"
      submit={error ? 'Try again' : 'Open the page'}
      onSubmit={() => {
        if (error) user.begin();
        else if (page) window.open(page, '_blank', 'noopener,noreferrer');
      }}
      onClose={user.end}
      incomplete={!error && page === null}
      error={error}
    >
      {!error && (code ? <Code code={code} page={page} /> : <Spinner label="Asking Entra for a code" />)}
    </FormDialog>
  );
}

function Code({ code, page }: { code: EntraSignIn; page: string | null }) {
  const styles = useStyles();
  const address = code.verificationUri;
  return (
    <>
      <Text>
        Groups are then searched and made with your own rights, while this window is open. Open{' '}
        {page ? (
          <Link href={page} target="_blank" rel="noopener noreferrer" inline>
            {address}
          </Link>
        ) : (
          address
        )}{' '}
        and type this code there:
      </Text>
      <div className={styles.code}>
        <output aria-label="Code">
          <Text size={600} font="monospace" weight="semibold">
            {code.userCode}
          </Text>
        </output>
        <CopyButton text={code.userCode}>Copy code</CopyButton>
      </div>
      <Spinner
        className={styles.waiting}
        size="tiny"
        label={`Waiting for you to sign in, until ${formatShortTime(code.expiresAt)}`}
      />
    </>
  );
}
