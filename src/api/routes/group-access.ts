import { type Directory, mayChangeAnyGroup } from '../../directory/index.ts';

/** What the app may do with a group. */
export interface GroupAccess {
  /** The app's service principal is an owner. */
  owned: boolean;
  /** The app may change the members: as an owner, or by a permission for all groups. */
  writable: boolean;
}

/** Asks Entra what the app may do with a group. @throws Problem when the owners can not be read */
export async function groupAccess(
  directory: Pick<Directory, 'verify' | 'ownsGroup'>,
  groupId: string,
  signal: AbortSignal,
): Promise<GroupAccess> {
  const { roles } = await directory.verify();
  const owned = await directory.ownsGroup(groupId, signal);
  return { owned, writable: owned || mayChangeAnyGroup(roles) };
}
