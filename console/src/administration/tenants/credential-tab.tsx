import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { Facts } from '../../parts/facts.tsx';
import { credentialOf, emptyCredential, isComplete } from './credential.ts';
import { CredentialFields } from './credential-fields.tsx';
import { useTenantForm } from './data.ts';
import { credentials, endOf } from './words.ts';

/** The Credential tab: which there is and when it ends, and another in its place. */
export function CredentialTab({ tenant: present }: { tenant: Tagged<Tenant> }) {
  const { form, change, save, outcome } = useTenantForm(present, formOf);
  const tenant = present.answer;
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
        {...outcome}
        route="updateTenant"
        changed={isOther}
        invalid={isComplete(form) ? undefined : 'Fill in the credential first.'}
        onApply={async () => save({ credential: await credentialOf(form) })}
      >
        <CredentialFields form={form} onChange={change} />
      </ApplyForm>
    </>
  );
}

function formOf({ credentialKind }: Tenant) {
  return { ...emptyCredential, kind: credentialKind };
}
