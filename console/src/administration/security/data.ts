import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account, OidcSettings, RequestOf, routes } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { type Tagged, useSavedForm } from '../../parts/edited.ts';

export type NewAccount = RequestOf<typeof routes.createAccount>['body'];
export type AccountChange = RequestOf<typeof routes.updateAccount>['body'];
export type OidcChange = RequestOf<typeof routes.updateOidc>['body'];
export type NewToken = RequestOf<typeof routes.createToken>['body'];

/** Who may sign in. */
export function useAccounts(enabled: boolean) {
  return useQuery({
    queryKey: ['accounts'],
    enabled,
    queryFn: async ({ signal }) =>
      (await api.call('listAccounts', { query: { limit: 10_000 } }, signal)).items,
  });
}

/** What can be done with accounts; each reads the list again when it is done. */
export function useAccountActions() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['accounts'] });
  return {
    create: useMutation({
      mutationFn: (body: NewAccount) => api.call('createAccount', { body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: number) => api.call('deleteAccount', { params: { ref: String(id) } }),
      onSettled,
    }),
  };
}

/** One account, with the tag of its state. */
export function useAccount(id: number) {
  return useQuery({ queryKey: ['account', id], queryFn: () => readAccount(id) });
}

/** A form over an account. */
export function useAccountForm<F extends object>(present: Tagged<Account>, formOf: (account: Account) => F) {
  const { id } = present.answer;
  return useSavedForm({
    ...{ queryKey: ['account', id], present, formOf, read: () => readAccount(id) },
    save: (body: AccountChange, ifMatch) =>
      api.read('updateAccount', { params: { ref: String(id) }, body, ifMatch }),
  });
}

const readAccount = (id: number) => api.read('getAccount', { params: { ref: String(id) } });

/** One's own tokens; a full administrator sees all. */
export function useTokens() {
  return useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await api.call('listTokens', {}, signal)).items,
  });
}

/** Makes a token and takes one back. */
export function useTokenActions() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  return {
    create: useMutation({ mutationFn: (body: NewToken) => api.call('createToken', { body }), onSettled }),
    revoke: useMutation({
      mutationFn: (id: number) => api.call('revokeToken', { params: { id } }),
      onSettled,
    }),
  };
}

/** How people sign in by a provider; nothing while that is not set up. */
export function useOidc(enabled: boolean) {
  return useQuery({ queryKey: oidcKey, enabled, queryFn: readOidc });
}

/** A form over the settings of the sign-in by a provider. */
export function useOidcForm<F extends object>(
  present: Tagged<OidcSettings | null>,
  formOf: (settings: OidcSettings | null) => F,
) {
  return useSavedForm({
    ...{ queryKey: oidcKey, present, formOf, read: readOidc },
    save: (body: OidcChange, ifMatch) => api.read('updateOidc', { body, ifMatch }),
  });
}

/** Ends the sign-in by a provider. */
export function useRemoveOidc() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('removeOidc', {}),
    onSuccess: () => queries.setQueryData(oidcKey, notSet),
    onSettled: () => queries.invalidateQueries(),
  });
}

const oidcKey = ['oidc'];
const notSet: Tagged<OidcSettings | null> = { answer: null, etag: undefined };

async function readOidc(): Promise<Tagged<OidcSettings | null>> {
  const { oidc } = await api.call('getSignInWays', {});
  return oidc === null ? notSet : await api.read('getOidc', {});
}
