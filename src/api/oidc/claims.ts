import { Problem } from '../../base/index.ts';
import { roles as allRoles, type Role, signInProblems } from '../contract/index.ts';
import type { StoredOidc } from './settings.ts';

/** What a provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The role that the claims give: the highest of those that fit, else the one for everybody.
 * @returns undefined when the settings give no roles at all, so that the account's own stays
 * @throws Problem `oidc-no-role`, `oidc-too-many-groups`
 */
export function roleOf(claims: Claims, settings: Pick<StoredOidc, 'roles' | 'roleClaim' | 'defaultRole'>) {
  const { roles, roleClaim, defaultRole } = settings;
  if (roles.length === 0) return undefined;
  const values = valuesOf(claims, roleClaim);
  const fitting = roles.filter(({ value }) => values.includes(value)).map(({ role }) => role);
  const highest = fitting.sort((a, b) => allRoles.indexOf(b) - allRoles.indexOf(a))[0] ?? defaultRole;
  if (highest) return highest satisfies Role;
  // Entra leaves groups out when they are more than 200, and says so.
  if (hasOverage(claims, roleClaim)) throw signInProblem('oidc-too-many-groups');
  throw signInProblem('oidc-no-role');
}

/** The texts of a claim: itself, or what its list has. A name with dots goes into objects where there is no such claim. */
export function valuesOf(claims: Claims, name: string): string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : inside(claims, name.split('.'));
  return (Array.isArray(value) ? value : [value]).filter(one => typeof one === 'string');
}

function inside(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, first)) return undefined;
  return inside(Reflect.get(value, first), rest);
}

function hasOverage(claims: Claims, name: string): boolean {
  const elsewhere = claims._claim_names;
  return elsewhere !== null && typeof elsewhere === 'object' && Object.hasOwn(elsewhere, name);
}

/** A problem of signing in, in the words that the console has for its code. */
export function signInProblem(code: keyof typeof signInProblems, cause?: unknown): Problem {
  const { message, hint } = signInProblems[code] ?? { message: code, hint: '' };
  return new Problem('unauthenticated', code, message, hint, cause === undefined ? undefined : { cause });
}
