import type { Credential } from '../../../../src/api/contract/index.ts';

/** What the fields of a credential hold, whatever kind is chosen. */
export interface CredentialForm {
  kind: Credential['kind'];
  secret: string;
  file: File | null;
  passphrase: string;
  systemAssigned: boolean;
  path: string;
}

export const emptyCredential: CredentialForm = {
  kind: 'client-secret',
  secret: '',
  file: null,
  passphrase: '',
  systemAssigned: true,
  path: '',
};

/** Whether all is there that the chosen kind needs. */
export function isComplete(form: CredentialForm): boolean {
  switch (form.kind) {
    case 'client-secret':
      return form.secret.trim() !== '';
    case 'certificate':
      return form.file !== null;
    case 'managed-identity':
      return true;
    case 'federated-token-file':
      return form.path.trim() !== '';
  }
}

/** The credential that the fields describe; a file of a certificate is read, as PEM or as PFX. */
export async function credentialOf(form: CredentialForm): Promise<Credential> {
  switch (form.kind) {
    case 'client-secret':
      return { kind: form.kind, secret: form.secret.trim() };
    case 'managed-identity':
      return { kind: form.kind, systemAssigned: form.systemAssigned };
    case 'federated-token-file':
      return { kind: form.kind, path: form.path.trim() };
    case 'certificate': {
      const bytes = new Uint8Array((await form.file?.arrayBuffer()) ?? new ArrayBuffer());
      const text = new TextDecoder().decode(bytes);
      const passphrase = form.passphrase === '' ? {} : { passphrase: form.passphrase };
      return text.includes('-----BEGIN')
        ? { kind: form.kind, pem: text, ...passphrase }
        : { kind: form.kind, pfx: base64(bytes), ...passphrase };
    }
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
