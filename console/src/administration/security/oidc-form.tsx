import { Checkbox, Field, Input, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { type OidcSettings, redirectPath } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { FileField } from '../../parts/file-field.tsx';
import { useOidcForm } from './data.ts';
import { changeOf, type OidcForm as Form, formOf, lackOf } from './oidc.ts';
import { OidcRoles } from './oidc-roles.tsx';

/** The settings of the sign-in by a provider. Its secret goes to the server and never comes back. */
export function OidcForm({ present }: { present: Tagged<OidcSettings | null> }) {
  const { base, form, change, save, outcome } = useOidcForm(present, formOf);
  const server = form.publicUrl.trim().replace(/\/+$/, '') || window.location.origin;
  const redirect = server + redirectPath;
  const isMoved = base !== null && form.issuer.trim() !== base.issuer;
  const text = (key: 'name' | 'issuer' | 'clientId' | 'nameClaim' | 'roleClaim' | 'scopes' | 'publicUrl') => (
    <Input value={form[key]} autoComplete="off" onChange={(_, data) => change({ [key]: data.value })} />
  );
  return (
    <ApplyForm {...outcome} route="updateOidc" invalid={lackOf(form)} onApply={() => save(changeOf(form))}>
      <Field label="Redirect address" hint="Register this at the provider, for a web application.">
        <Row>
          <Text>{redirect}</Text>
          <CopyButton text={redirect}>Copy address</CopyButton>
        </Row>
      </Field>
      <Field label="Name" required hint="What the button says: Sign in with …">
        {text('name')}
      </Field>
      <Field label="Issuer" required hint="Of Entra: https://login.microsoftonline.com/TENANT-ID/v2.0">
        {text('issuer')}
      </Field>
      <Field label="Client ID" required>
        {text('clientId')}
      </Field>
      <Secret form={form} isKept={base?.hasSecret === true} onChange={change} />
      {isMoved && base.hasSecret && form.secret === '' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The secret that is kept belongs to the old issuer, and is forgotten with it: give the new one.
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label="Claim that names the account" required>
        {text('nameClaim')}
      </Field>
      <Field label="Claim with roles or groups" required hint="A dot goes into objects.">
        {text('roleClaim')}
      </Field>
      <OidcRoles form={form} disabled={false} onChange={change} />
      <Checkbox
        label="Make an account for whoever signs in first; off, an administrator makes it"
        checked={form.autoCreate}
        onChange={(_, data) => change({ autoCreate: data.checked === true })}
      />
      <Field label="Scopes" hint="What is asked of the provider.">
        {text('scopes')}
      </Field>
      <Field label="Address of this server" hint="Where browsers reach it. Empty: as the request says.">
        {text('publicUrl')}
      </Field>
      <FileField
        label="Certificate authority of the provider"
        hint={base?.hasCa ? 'One is kept, and stays unless another is chosen.' : 'Only for one of your own.'}
        accept=".pem,.crt,.cer"
        name={typeof form.ca === 'string' ? 'Chosen' : null}
        onFile={async file => change({ ca: file ? await file.text() : undefined })}
      />
      {base?.hasCa && (
        <Checkbox
          label="Forget the certificate authority that is kept"
          checked={form.ca === null}
          onChange={(_, data) => change({ ca: data.checked === true ? null : undefined })}
        />
      )}
    </ApplyForm>
  );
}

function Secret({
  form,
  isKept,
  onChange,
}: {
  form: Form;
  isKept: boolean;
  onChange: (part: Partial<Form>) => void;
}) {
  return (
    <>
      <Field
        label="Client secret"
        hint={
          isKept
            ? 'One is kept, sealed, and never shown. Empty: it stays.'
            : 'None is kept. Empty: a public client, by PKCE alone.'
        }
      >
        <Input
          type="password"
          autoComplete="new-password"
          disabled={form.forgetSecret}
          value={form.secret}
          onChange={(_, data) => onChange({ secret: data.value })}
        />
      </Field>
      {isKept && (
        <Checkbox
          label="Forget the secret that is kept: a public client"
          checked={form.forgetSecret}
          onChange={(_, data) => onChange({ forgetSecret: data.checked === true, secret: '' })}
        />
      )}
    </>
  );
}

function Row({ children }: { children: ReactNode }) {
  return (
    <div
      style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, overflowWrap: 'anywhere' }}
    >
      {children}
    </div>
  );
}
