/** What a group is and whether it can be a target. */
export interface GroupFacts {
  id: string;
  displayName: string;
  description: string | null;
  kind: 'security' | 'microsoft365' | 'mail-enabled-security' | 'distribution';
  /** Its members follow from a rule of Entra; they can't be set. */
  dynamic: boolean;
  /** Mastered in Active Directory; it can't be changed in Entra. */
  onPremises: boolean;
  roleAssignable: boolean;
  /** Entra shows its members to nobody who lacks a permission for that, and the app does. */
  membersHidden: boolean;
}

/** A member as Entra lists it. */
export interface GroupMember {
  id: string;
  type: 'user' | 'device' | 'group' | 'servicePrincipal' | 'other';
  displayName: string | null;
}

/** Why a member failed, as far as it tells what to do next. */
export type FailureKind = 'gone' | 'forbidden' | 'invalid' | 'throttled' | 'unavailable' | 'unknown';

/** What became of one member. 'already': the group was as wanted before. */
export type MemberOutcome =
  | { objectId: string; outcome: 'done' | 'already' }
  | { objectId: string; outcome: 'failed'; code: string; message: string; kind: FailureKind };

/** Takes outcomes as they come in; the next ones wait until it is done. */
export type OnOutcome = (outcomes: MemberOutcome[]) => Promise<void>;

/**
 * A device or user of a delta page. A property that is absent was not told: keep what is known; null: it has none.
 */
export interface EntraObject {
  id: string;
  kind: 'device' | 'user';
  displayName?: string | null | undefined;
  accountEnabled?: boolean | null | undefined;
  /** Devices: what Windows and ConfigMgr know the device by. */
  deviceId?: string | null | undefined;
  /** Devices: AzureAd (joined), ServerAd (hybrid joined), Workplace (registered). */
  trustType?: string | null | undefined;
  operatingSystem?: string | null | undefined;
  operatingSystemVersion?: string | null | undefined;
  isManaged?: boolean | null | undefined;
  isCompliant?: boolean | null | undefined;
  /** Users from here on. */
  userPrincipalName?: string | null | undefined;
  mail?: string | null | undefined;
  department?: string | null | undefined;
  userType?: string | null | undefined;
  onPremisesSecurityIdentifier?: string | null | undefined;
  onPremisesImmutableId?: string | null | undefined;
  onPremisesSamAccountName?: string | null | undefined;
  onPremisesDomainName?: string | null | undefined;
  onPremisesDistinguishedName?: string | null | undefined;
}

/** One page of a delta query: what changed, what went, and where to go on. One of the links is set. */
export interface DeltaPage {
  objects: EntraObject[];
  /** reason 'changed': deleted but restorable; 'deleted': for good. */
  removed: { id: string; reason: 'changed' | 'deleted' }[];
  nextLink: string | null;
  deltaLink: string | null;
}

/**
 * Who came into a group (true) and who left it (false) since a link, by object id, and where to go on; or why that can
 * not be relied upon.
 */
export type MemberChanges =
  | { usable: true; changes: ReadonlyMap<string, boolean>; link: string }
  | { usable: false; because: string };

/** The delta link is no longer good: start anew with `link` null. */
export class DeltaExpired extends Error {
  constructor() {
    super('the delta token has expired');
    this.name = 'DeltaExpired';
  }
}
