import type { DiscoveryState, Tenant } from '../../../../src/api/contract/index.ts';
import { formatTime } from '../../parts/format.ts';

/** The clouds as a person chooses them. */
export const clouds: Record<Tenant['cloud'], string> = {
  public: 'Azure public cloud',
  usgov: 'Azure US Government (L4)',
  'usgov-dod': 'Azure US Government (L5, DoD)',
  china: 'Azure China (21Vianet)',
  custom: 'Own addresses',
};

/** The kinds of credential as a person chooses them. */
export const credentials: Record<Tenant['credentialKind'], string> = {
  'client-secret': 'Client secret',
  certificate: 'Certificate',
  'managed-identity': 'Managed identity',
  'federated-token-file': 'Federated token file',
};

/** Where the discovery of one kind of object stands, in a sentence. */
export function sentenceOf(state: DiscoveryState): string {
  const found = `${state.objectCount.toLocaleString()} ${state.kind}s`;
  // A loss that is held stands as the error of its discovery too, and is told beside this sentence.
  if (state.error && state.heldRemovals === 0) return `${found}; the last discovery failed: ${state.error}`;
  if (state.underWay) return `${found}; a full discovery is under way`;
  const last = state.lastDeltaTime ?? state.lastFullTime;
  return last ? `${found}, last looked at ${formatTime(last)}` : found;
}

/** When the credential of a tenant ends, as far as that is known. */
export function endOf({ credentialExpiresAt, credentialExpirySource }: Tenant): string {
  if (credentialExpiresAt !== null) return formatTime(credentialExpiresAt);
  if (credentialExpirySource === 'never') return 'Never';
  return 'Not known: not read yet, or the app may not read it';
}
