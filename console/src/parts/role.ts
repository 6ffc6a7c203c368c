import { useQueryClient } from '@tanstack/react-query';
import { type Role, roles, type Session } from '../../../src/api/contract/index.ts';

const words: Record<Role, string> = {
  'read-only': 'Read-only',
  operator: 'Operator',
  'full-administrator': 'Full Administrator',
};

/** A role as the console writes it. */
export const roleWords = (role: Role): string => words[role];

/**
 * Why who is signed in may not do something, or undefined where it may.
 * @param needed the least role that may
 */
export function useLack(needed: Role): string | undefined {
  const session = useQueryClient().getQueryData<Session | null>(['session']);
  if (!session || roles.indexOf(session.role) >= roles.indexOf(needed)) return undefined;
  return `Your role is ${words[session.role]}; this needs ${words[needed]}.`;
}
