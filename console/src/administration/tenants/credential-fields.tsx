import { Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { FileField } from '../../parts/file-field.tsx';
import type { CredentialForm } from './credential.ts';
import { credentials } from './words.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

const help: Record<CredentialForm['kind'], string> = {
  'client-secret': 'The value (not the id) of a secret of the app registration. It ends some day.',
  certificate:
    'A PFX, or a PEM file with certificate and private key; the public part is uploaded to the app.',
  'managed-identity': 'Rollcall runs on an Azure machine or container whose identity Entra knows.',
  'federated-token-file': 'A workload identity: a file in which the platform puts fresh tokens.',
};

/** How the app registration proves itself: the kind, and what that kind needs. */
export function CredentialFields({
  form,
  onChange,
}: {
  form: CredentialForm;
  onChange: (form: CredentialForm) => void;
}) {
  const styles = useStyles();
  const change = (part: Partial<CredentialForm>) => onChange({ ...form, ...part });
  return (
    <div className={styles.fields}>
      <Field label="Kind of credential" hint={help[form.kind]}>
        <RadioGroup
          layout="horizontal"
          value={form.kind}
          onChange={(_, data) => change({ kind: data.value as CredentialForm['kind'] })}
        >
          {Object.entries(credentials).map(([kind, title]) => (
            <Radio key={kind} value={kind} label={title} />
          ))}
        </RadioGroup>
      </Field>
      {form.kind === 'client-secret' && (
        <Field label="Client secret" required>
          <Input
            type="password"
            autoComplete="off"
            value={form.secret}
            onChange={(_, data) => change({ secret: data.value })}
          />
        </Field>
      )}
      {form.kind === 'certificate' && (
        <>
          <FileField
            label="Certificate file"
            accept=".pfx,.p12,.pem"
            name={form.file?.name ?? null}
            onFile={file => change({ file })}
          />
          <Field label="Passphrase" hint="Where the file has one.">
            <Input
              type="password"
              autoComplete="off"
              value={form.passphrase}
              onChange={(_, data) => change({ passphrase: data.value })}
            />
          </Field>
        </>
      )}
      {form.kind === 'managed-identity' && (
        <RadioGroup
          aria-label="Which managed identity"
          value={form.systemAssigned ? 'system' : 'user'}
          onChange={(_, data) => change({ systemAssigned: data.value === 'system' })}
        >
          <Radio value="system" label="The identity of the machine itself (system-assigned)" />
          <Radio value="user" label="The one with the client ID given above (user-assigned)" />
        </RadioGroup>
      )}
      {form.kind === 'federated-token-file' && (
        <Field label="Path of the file on the server" required>
          <Input
            value={form.path}
            placeholder="/var/run/secrets/azure/tokens/azure-identity-token"
            onChange={(_, data) => change({ path: data.value })}
          />
        </Field>
      )}
    </div>
  );
}
