import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiRoot, httpProblem, type Session } from '../../../src/api/contract/index.ts';
import { Problem } from '../../../src/base/index.ts';
import { api, transport } from './client.ts';

/** The session of this browser; null when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await api.call('getSession', {}, signal);
      } catch (error) {
        if (error instanceof Problem && error.kind === 'unauthenticated') return null;
        throw error;
      }
    },
  });
}

/** Signs in with a token; the server answers with a cookie. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (token: string) => {
      const answer = await transport({
        method: 'POST',
        url: `${apiRoot}/session`,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      if (answer.status < 400) return;
      const { kind, code, detail, hint } = httpProblem.parse(JSON.parse(answer.body));
      throw new Problem(kind, code, detail, hint);
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Ends the session of this browser. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => transport({ method: 'DELETE', url: `${apiRoot}/session`, headers: {} }),
    onSettled: () => {
      queries.clear();
      window.location.reload();
    },
  });
}
