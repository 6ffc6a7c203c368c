import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EntraSignIn } from '../../../../src/api/contract/index.ts';
import { Problem } from '../../../../src/base/index.ts';
import { api } from '../../api/client.ts';

/** How long one question about a sign-in waits for its end, in seconds. */
const askForSeconds = 20;

/** As whom the groups of a tenant are searched and made: as the app, or as a user who signs in by device code. */
export interface EntraUser {
  /** The sign-in to search and create with; undefined: as the app. */
  signIn: string | undefined;
  /** Who has signed in. */
  name: string | null;
  /** Until when that serves. */
  until: string | null;
  /** A sign-in that is under way or has failed; null: there is none. */
  open: { code: EntraSignIn | undefined; error: Error | null } | null;
  /** Begins a sign-in; one that there was ends. */
  begin(): void;
  /** Gives it up: as the app again. */
  end(): void;
}

/**
 * A user's sign-in to a tenant. The server forgets it when who asks for it goes away: what could be done with it is
 * done with the dialog it was begun in.
 */
export function useEntraUser(tenant: string): EntraUser {
  const start = useMutation({
    mutationFn: (of: string) => api.call('startSignIn', { body: { tenant: of } }),
  });
  const isOfTenant = start.variables === tenant;
  const begun = isOfTenant ? start.data : undefined;
  const end = useQuery({
    queryKey: ['entra-sign-in', begun?.id],
    enabled: begun !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const request = { params: { id: begun?.id ?? '' }, query: { wait: askForSeconds } };
      for (;;) {
        const now = await api.call('getSignIn', request, signal);
        if (now.state !== 'waiting') return now;
      }
    },
  });
  const id = start.data?.id;
  useEffect(() => {
    if (id === undefined) return;
    // It may have served its time already.
    return () => void api.call('endSignIn', { params: { id } }).catch(() => {});
  }, [id]);
  const user = end.data?.state === 'signed-in' ? end.data : undefined;
  const isOpen = isOfTenant && user === undefined;
  return {
    signIn: user?.id,
    name: user?.user ?? null,
    until: user?.expiresAt ?? null,
    open: isOpen ? { code: begun, error: start.error ?? end.error ?? problemOf(end.data) } : null,
    begin: () => start.mutate(tenant),
    end: () => start.reset(),
  };
}

/** Whether signing in oneself would help: the app may not do it, or the sign-in has served its time. */
export function signInHelps(error: Error): boolean {
  return error instanceof Problem && ['app-not-permitted', 'sign-in-not-found'].includes(error.code);
}

function problemOf(signIn: EntraSignIn | undefined): Problem | null {
  if (!signIn?.problem) return null;
  const { kind, code, message, hint } = signIn.problem;
  return new Problem(kind, code, message, hint);
}
