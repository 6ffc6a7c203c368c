import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, call } from './client.ts';

/** Who is signed in. */
export interface Session {
  name: string;
  role: 'full-administrator' | 'operator' | 'read-only';
}

/** The session of this browser; null when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await call<Session>('GET', '/session', { signal });
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** Signs in with a token; the server answers with a cookie that scripts can not read. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => call<Session>('POST', '/session', { body: { token } }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Ends the session of this browser. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<void>('DELETE', '/session'),
    onSettled: () => {
      queries.clear();
      window.location.reload();
    },
  });
}
