import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../src/api/contract/index.ts';
import { Problem } from '../../../src/base/index.ts';
import { api } from './client.ts';

type SignIn = { name: string; password: string } | { token: string };

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

/** Which ways there are to sign in here. */
export function useSignInWays() {
  return useQuery({
    queryKey: ['session', 'ways'],
    queryFn: ({ signal }) => api.call('getSignInWays', {}, signal),
  });
}

/** Signs in with a password or a token; the server answers with a cookie that scripts can not read. */
export function useSignIn() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: SignIn) => api.call('signIn', { body }),
    onSuccess: enter,
  });
}

/** Makes the first account with the token of the first start, and signs in as it. */
export function useSetUp() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: { token: string; name: string; password: string }) => api.call('setUp', { body }),
    onSuccess: enter,
  });
}

/** Goes to the provider's own sign-in, which comes back here. */
export function signInAt(start: string): void {
  window.localStorage.setItem(signedIn, 'yes');
  window.location.assign(start);
}

function useEnter() {
  const queries = useQueryClient();
  return (session: Session) => {
    window.localStorage.setItem(signedIn, 'yes');
    // What was read for somebody else, whose session ended on this page, is not for who signs in now.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    queries.setQueryData(['session'], session);
  };
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
