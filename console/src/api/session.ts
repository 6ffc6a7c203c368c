import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../src/api/contract/index.ts';
import { Problem } from '../../../src/base/index.ts';
import { api } from './client.ts';

// Whether this browser has signed in before. Without it nothing is asked of the server that it must refuse.
const signedIn = 'rollcall.signed-in';

/** The session of this browser; null when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      if (window.localStorage.getItem(signedIn) === null) return null;
      try {
        return await api.call('getSession', {}, signal);
      } catch (error) {
        if (!(error instanceof Problem) || error.kind !== 'unauthenticated') throw error;
        window.localStorage.removeItem(signedIn);
        return null;
      }
    },
  });
}

/** Signs in with a token; the server answers with a cookie that scripts can not read. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => api.call('signIn', { body: { token } }),
    onSuccess: session => {
      window.localStorage.setItem(signedIn, 'yes');
      queries.setQueryData(['session'], session);
    },
  });
}

/** Ends the session of this browser. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('signOut', {}),
    onSettled: () => {
      window.localStorage.removeItem(signedIn);
      queries.clear();
      window.location.reload();
    },
  });
}
