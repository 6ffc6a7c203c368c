import { randomBytes } from 'node:crypto';
import {
  appAsOwner,
  asSeen,
  type GroupAccess,
  type GroupOwner,
  groupAccess,
  mayChange,
} from './check/access.ts';
import { credentialExpiry } from './check/expiry.ts';
import { delta } from './graph/delta.ts';
import { findObjects, type ObjectKeys } from './graph/find-object.ts';
import {
  countMembers,
  createGroup,
  getGroup,
  listMembers,
  listServicePrincipals,
  searchGroups,
} from './graph/groups.ts';
import { memberChanges, membersLink } from './graph/member-changes.ts';
import type { Counters } from './graph/transport.ts';
import type {
  DeltaPage,
  EntraObject,
  GroupFacts,
  GroupMember,
  MemberChanges,
  OnOutcome,
} from './graph/types.ts';
import { writeMembers } from './graph/write-members.ts';
import { type DirectoryOptions, openSession, type Session } from './session.ts';
import type { TokenClaims } from './signin/token-claims.ts';
import type { Expiry } from './tenant/expiry-store.ts';
import type { Secrets } from './tenant/secrets.ts';
import type { Tenant } from './tenant/tenant.ts';

/** One tenant's Entra directory through Microsoft Graph. Lives as long as a run or the server. */
export interface Directory {
  /** What was sent so far through this handle. */
  readonly counters: Readonly<Counters>;
  /** @throws Problem of kind not-found when there is no such group */
  getGroup(groupId: string, signal?: AbortSignal): Promise<GroupFacts>;
  /** Groups whose name starts with a text; all without one. */
  searchGroups(options?: { startsWith?: string; signal?: AbortSignal }): AsyncIterable<GroupFacts>;
  /**
   * Makes an assigned security group, with the app as its owner where the API allows.
   * @param group.owner object id of the app: for a directory in which a user is signed in, who becomes an owner too
   */
  createGroup(
    group: { displayName: string; description?: string; owner?: GroupOwner },
    signal?: AbortSignal,
  ): Promise<GroupFacts>;
  /** Direct members, a page of up to 999 at a time. */
  listMembers(groupId: string, signal?: AbortSignal): AsyncIterable<GroupMember[]>;
  /** How many direct members a group has, as Entra counts them. */
  countMembers(groupId: string, signal?: AbortSignal): Promise<number>;
  /** Where Entra will go on telling of a group's members from now on; null where it gives no such place. */
  membersLink(groupId: string, signal?: AbortSignal): Promise<string | null>;
  /** Who came and left since a link; unusable beyond `most` members, and wherever there is any doubt. */
  memberChanges(groupId: string, link: string, most: number, signal?: AbortSignal): Promise<MemberChanges>;
  /** Adds members, each given once; "already there" is success. Each ends in one outcome unless this throws. */
  addMembers(
    groupId: string,
    objectIds: Iterable<string> | AsyncIterable<string>,
    onOutcome: OnOutcome,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Removes members; "not there" is success. */
  removeMembers(
    groupId: string,
    objectIds: Iterable<string> | AsyncIterable<string>,
    onOutcome: OnOutcome,
    signal?: AbortSignal,
  ): Promise<void>;
  /** What changed since a link (null: everything). @throws DeltaExpired when the link is too old */
  delta(kind: 'device' | 'user', link: string | null, signal?: AbortSignal): AsyncIterable<DeltaPage>;
  /** Looks up one device or user by what is known of it; none: Entra has no such object. */
  findObjects(keys: ObjectKeys, signal?: AbortSignal): Promise<EntraObject[]>;
  /** Signs in and tells what the token says. @throws Problem when Entra refuses */
  verify(): Promise<TokenClaims>;
  /** What the app may do with a group. @throws Problem when the owners can not be read */
  groupAccess(groupId: string, signal?: AbortSignal): Promise<GroupAccess>;
  /** The app as the owner of a group that a user makes. @throws Problem `app-unknown` */
  appAsOwner(): Promise<GroupOwner>;
  /** Whether the app may change a group's members: by permission, or as its owner. */
  mayChange(groupId: string, signal?: AbortSignal): Promise<boolean>;
  /** When the secret or certificate ends, as far as it can be known. */
  credentialExpiry(): Promise<Expiry>;
  /** The same directory, with connections, token and rate in common, and counters of its own. */
  countedApart(): Directory;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** Opens the directory of a tenant. Nothing is sent before it is needed. */
export function openDirectory(tenant: Tenant, secrets: Secrets, options: DirectoryOptions = {}): Directory {
  return directoryOver(openSession(tenant, secrets, options), secrets);
}

function directoryOver(session: Session, secrets: Secrets): Directory {
  const { transport, claims } = session;
  return {
    counters: transport.counters,
    getGroup: async (groupId, signal) => asSeen(await claims(), await getGroup(transport, groupId, signal)),
    searchGroups: async function* (search) {
      const seen = await claims();
      for await (const group of searchGroups(transport, search)) yield asSeen(seen, group);
    },
    createGroup: async (group, signal) => {
      const { objectId } = await claims();
      const ids = [group.owner?.appObjectId, objectId].filter(id => id !== undefined && id !== null);
      const owners = { ids, mustBe: group.owner?.mustBe ?? false };
      return createGroup(transport, group, owners, randomBytes(4).toString('hex'), signal);
    },
    listMembers: async function* (groupId, signal) {
      yield* listMembers(transport, groupId, signal);
      yield* listServicePrincipals(transport, groupId, signal);
    },
    countMembers: (groupId, signal) => countMembers(transport, groupId, signal),
    membersLink: (groupId, signal) => membersLink(transport, groupId, signal),
    memberChanges: (groupId, link, most, signal) => memberChanges(transport, groupId, link, most, signal),
    addMembers: (groupId, ids, onOutcome, signal) =>
      writeMembers(session, 'add', groupId, ids, onOutcome, signal),
    removeMembers: (groupId, ids, onOutcome, signal) =>
      writeMembers(session, 'remove', groupId, ids, onOutcome, signal),
    delta: (kind, link, signal) => delta(transport, kind, link, signal),
    findObjects: (keys, signal) => findObjects(transport, keys, signal),
    verify: claims,
    groupAccess: async (groupId, signal) => groupAccess(transport, await claims(), groupId, signal),
    appAsOwner: async () => appAsOwner(await claims()),
    mayChange: async (groupId, signal) => mayChange(transport, await claims(), groupId, signal),
    credentialExpiry: () => credentialExpiry(session, secrets),
    countedApart: () => directoryOver(session.withOwnTransport(), secrets),
    close: session.close,
  };
}
