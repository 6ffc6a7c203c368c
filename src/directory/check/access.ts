import { Problem } from '../../base/index.ts';
import { ownsGroup } from '../graph/groups.ts';
import type { Transport } from '../graph/transport.ts';
import type { GroupFacts } from '../graph/types.ts';
import type { TokenClaims } from '../signin/token-claims.ts';
import { mayChangeAnyGroup } from './permissions.ts';

/** What the app may do with a group. */
export interface GroupAccess {
  /** Its service principal is an owner. */
  owned: boolean;
  /** It may change the members: as an owner, or by a permission for all groups. */
  writable: boolean;
}

/** The app that is to own a group which a user makes. */
export interface GroupOwner {
  appObjectId: string;
  /** The app can not keep the group in step without owning it. */
  mustBe: boolean;
}

/** Asks Entra what the app may do with a group. @throws Problem when the owners can not be read */
export async function groupAccess(
  transport: Transport,
  { objectId, roles }: TokenClaims,
  groupId: string,
  signal?: AbortSignal,
): Promise<GroupAccess> {
  const owned = objectId !== null && (await ownsGroup(transport, groupId, objectId, signal));
  return { owned, writable: owned || mayChangeAnyGroup(roles) };
}

/** Whether the app may change a group's members. Its owners, a right of its own to read, are asked for only in need. */
export async function mayChange(
  transport: Transport,
  claims: TokenClaims,
  groupId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  // What the app may do is unknown then, which is no reason to doubt it.
  if (claims.roles === null && claims.objectId === null) return true;
  if (mayChangeAnyGroup(claims.roles)) return true;
  return (await groupAccess(transport, claims, groupId, signal)).owned;
}

/**
 * A group as the app sees it: one with a hidden membership hides it from whoever lacks the permission to look behind,
 * and answers with a list of nobody (learn.microsoft.com/graph/api/group-list-members). Where the token does not tell
 * the permissions of an app, they are not doubted.
 */
export function asSeen({ roles }: TokenClaims, group: GroupFacts): GroupFacts {
  const sees = roles === null || roles.length === 0 || roles.includes('Member.Read.Hidden');
  return group.membersHidden && sees ? { ...group, membersHidden: false } : group;
}

/** The app as the owner of a group, which it has to be unless it may change every group. @throws Problem app-unknown */
export function appAsOwner({ objectId, roles }: TokenClaims): GroupOwner {
  if (objectId !== null) return { appObjectId: objectId, mustBe: !mayChangeAnyGroup(roles) };
  throw new Problem(
    'upstream',
    'app-unknown',
    "Entra's token does not say which object the app is, so the group could not be kept in step.",
    'Create the group in Entra, and make the service principal of the app its owner.',
  );
}
