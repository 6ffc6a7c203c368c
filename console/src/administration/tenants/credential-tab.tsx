import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useState } from 'react';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import { Facts } from '../../parts/facts.tsx';
import { credentialOf, emptyCredential, isComplete } from './credential.ts';
import { CredentialFields } from './credential-fields.tsx';
import { useUpdateTenant } from './data.ts';
import { credentials, endOf } from './words.ts';

/** The Credential tab: which there is and when it ends, and another in its place. */
export function CredentialTab({ tenant }: { tenant: Tenant }) {
  const update = useUpdateTenant(tenant.id);
  const [form, setForm] = useState({ ...emptyCredential, kind: tenant.credentialKind });
  const isOther =
    form.kind !== tenant.credentialKind || (form.kind !== 'managed-identity' && isComplete(form));
  const warnings = tenant.warnings.filter(each => each.code.includes('credential'));
  return (
    <>
      {warnings.map(each => (
        <MessageBar key={each.code} intent={each.level} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{each.message}</MessageBarTitle>
            {each.hint}
          </MessageBarBody>
        </MessageBar>
      ))}
      <Facts
        of={[
          ['Credential now', credentials[tenant.credentialKind]],
          ['Ends', endOf(tenant)],
        ]}
      />
      <ApplyForm
        changed={isOther}
        pending={update.isPending}
        saved={update.isSuccess}
        error={update.error}
        invalid={isComplete(form) ? undefined : 'Fill in the credential first.'}
        onApply={async () =>
          update.mutate(
            { credential: await credentialOf(form) },
            { onSuccess: () => setForm({ ...emptyCredential, kind: form.kind }) },
          )
        }
      >
        <CredentialFields form={form} onChange={setForm} />
      </ApplyForm>
    </>
  );
}
