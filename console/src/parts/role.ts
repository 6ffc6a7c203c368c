import { useQueryClient } from '@tanstack/react-query';
import { type Role, type RouteName, roles, routes, type Session } from '../../../src/api/contract/index.ts';

const words: Record<Role, string> = {
  'read-only': 'Read-only',
  operator: 'Operator',
  'full-administrator': 'Full Administrator',
};

/** A role as the console writes it. */
export const roleWords = (role: Role): string => words[role];

const useSessionNow = () => useQueryClient().getQueryData<Session | null>(['session']);

/** Whether who is signed in sees some collections only, and what is limited to them. */
export function useIsLimited(): boolean {
  return Boolean(useSessionNow()?.collections);
}

/**
 * Why who is signed in may not do something, or undefined where they may.
 * @param route of the API that does it: its table says which role it needs, and whether it concerns the whole site
 */
export function useLack(route: RouteName): string | undefined {
  const session = useSessionNow();
  if (!session) return undefined;
  const { role: needed, scope } = routes[route];
  if (needed !== 'anyone' && roles.indexOf(session.role) < roles.indexOf(needed)) {
    return `Your role is ${words[session.role]}; this needs ${words[needed]}.`;
  }
  if (scope === 'site' && session.collections) {
    return 'Your account is limited to some collections; this concerns the whole site.';
  }
  return undefined;
}
