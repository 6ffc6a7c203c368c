import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestOf, routes } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';

export type NewAccount = RequestOf<typeof routes.createAccount>['body'];
export type AccountChange = RequestOf<typeof routes.updateAccount>['body'];
export type OidcChange = RequestOf<typeof routes.updateOidc>['body'];
export type NewToken = RequestOf<typeof routes.createToken>['body'];

/** Who may sign in. */
export function useAccounts(enabled: boolean) {
  return useQuery({
    queryKey: ['accounts'],
    enabled,
    queryFn: async ({ signal }) => (await api.call('listAccounts', {}, signal)).items,
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
    update: useMutation({
      mutationFn: ({ id, ...body }: AccountChange & { id: number }) =>
        api.call('updateAccount', { params: { ref: String(id) }, body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: number) => api.call('deleteAccount', { params: { ref: String(id) } }),
      onSettled,
    }),
  };
}

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

/** How people sign in by a provider; null while that is not set up. */
export function useOidc(enabled: boolean) {
  return useQuery({
    queryKey: ['oidc'],
    enabled,
    queryFn: async ({ signal }) => {
      const { oidc } = await api.call('getSignInWays', {}, signal);
      return oidc === null ? null : await api.read('getOidc', {}, signal);
    },
  });
}

/** Sets up, changes and ends the sign-in by a provider. */
export function useOidcActions() {
  const queries = useQueryClient();
  const onSettled = () => {
    void queries.invalidateQueries({ queryKey: ['oidc'] });
    void queries.invalidateQueries({ queryKey: ['session', 'ways'] });
  };
  return {
    update: useMutation({
      mutationFn: ({ body, etag }: { body: OidcChange; etag: string | undefined }) =>
        api.read('updateOidc', { body, ifMatch: etag }),
      onSuccess: read => queries.setQueryData(['oidc'], read),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: () => api.call('removeOidc', {}),
      onSuccess: () => queries.setQueryData(['oidc'], null),
      onSettled,
    }),
  };
}
