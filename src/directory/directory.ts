import { randomBytes } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { type Clock, systemClock } from '../base/index.ts';
import { delta } from './graph/delta.ts';
import { createGroup, getGroup, listMembers, ownsGroup, searchGroups } from './graph/groups.ts';
import { type Counters, type DirectoryLog, Transport } from './graph/transport.ts';
import type { DeltaPage, GroupFacts, GroupMember, OnOutcome } from './graph/types.ts';
import { writeMembers } from './graph/write-members.ts';
import { openConnections } from './http/dispatcher.ts';
import { Governor } from './rate/governor.ts';
import { limitsOf, type TenantSize } from './rate/limits.ts';
import { type SignIn, signInOf } from './signin/sign-in.ts';
import { TokenCache } from './signin/token-cache.ts';
import { type TokenClaims, tokenClaims } from './signin/token-claims.ts';
import type { Secrets } from './tenant/secrets.ts';
import type { Tenant } from './tenant/tenant.ts';

/** One tenant's Entra directory through Microsoft Graph. Lives as long as a run or the server. */
export interface Directory {
  /** What was sent so far. */
  readonly counters: Readonly<Counters>;
  /** @throws Problem of kind not-found when there is no such group */
  getGroup(groupId: string, signal?: AbortSignal): Promise<GroupFacts>;
  /** Groups whose name starts with a text; all without one. */
  searchGroups(options?: { startsWith?: string; signal?: AbortSignal }): AsyncIterable<GroupFacts>;
  /** Makes an assigned security group, with the app as its owner where the API allows. */
  createGroup(
    group: { displayName: string; description?: string },
    signal?: AbortSignal,
  ): Promise<GroupFacts>;
  /** Direct members, a page of up to 999 at a time. */
  listMembers(groupId: string, signal?: AbortSignal): AsyncIterable<GroupMember[]>;
  /** Adds members; "already there" is success. Every id ends in exactly one outcome unless this throws. */
  addMembers(
    groupId: string,
    objectIds: readonly string[],
    onOutcome: OnOutcome,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Removes members; "not there" is success. */
  removeMembers(
    groupId: string,
    objectIds: readonly string[],
    onOutcome: OnOutcome,
    signal?: AbortSignal,
  ): Promise<void>;
  /** What changed since a link (null: everything). @throws DeltaExpired when the link is too old */
  delta(kind: 'device' | 'user', link: string | null, signal?: AbortSignal): AsyncIterable<DeltaPage>;
  /** Signs in and tells what the token says. @throws Problem when Entra refuses */
  verify(): Promise<TokenClaims>;
  /** Whether the app owns a group. */
  ownsGroup(groupId: string, signal?: AbortSignal): Promise<boolean>;
  /** Ends the connections. */
  close(): Promise<void>;
}

export interface DirectoryOptions {
  clock?: Clock;
  /** In [0, 1): spreads delays. */
  random?: () => number;
  /** Connections of one's own; they are not closed with the directory. */
  dispatcher?: Dispatcher;
  /** Where HTTPS_PROXY and NO_PROXY are read. */
  env?: Readonly<Record<string, string | undefined>>;
  log?: DirectoryLog;
  /** Number of users in the tenant, for the read quota; 'small' is always safe. */
  tenantSize?: TenantSize;
  /** Signs in some other way than with the stored credential. */
  signIn?: SignIn;
}

/** Opens the directory of a tenant. Nothing is sent before it is needed. */
export function openDirectory(tenant: Tenant, secrets: Secrets, options: DirectoryOptions = {}): Directory {
  const { clock = systemClock, random = Math.random, env = process.env } = options;
  const dispatcher = options.dispatcher ?? openConnections(tenant.ca, env);
  const signIn: SignIn =
    options.signIn ??
    (signal => signInOf(tenant, tenant.credential.open(secrets), dispatcher, { clock, random })(signal));
  const token = new TokenCache(signIn, clock);
  const governor = new Governor(limitsOf(tenant.quotaShare, options.tenantSize ?? 'small'), clock, random);
  const transport = new Transport({
    graphUrl: tenant.graphUrl,
    dispatcher,
    token,
    governor,
    clock,
    random,
    ...(options.log ? { log: options.log } : {}),
  });
  const claims = async () => tokenClaims(await token.get());
  const writer = { transport, governor, clock, token };
  return {
    counters: transport.counters,
    getGroup: (groupId, signal) => getGroup(transport, groupId, signal),
    searchGroups: search => searchGroups(transport, search),
    createGroup: async (group, signal) =>
      createGroup(transport, group, (await claims()).objectId, randomBytes(4).toString('hex'), signal),
    listMembers: (groupId, signal) => listMembers(transport, groupId, signal),
    addMembers: (groupId, ids, onOutcome, signal) =>
      writeMembers(writer, 'add', groupId, ids, onOutcome, signal),
    removeMembers: (groupId, ids, onOutcome, signal) =>
      writeMembers(writer, 'remove', groupId, ids, onOutcome, signal),
    delta: (kind, link, signal) => delta(transport, kind, link, signal),
    verify: claims,
    ownsGroup: async (groupId, signal) => {
      const { objectId } = await claims();
      return objectId !== null && (await ownsGroup(transport, groupId, objectId, signal));
    },
    close: async () => {
      if (!options.dispatcher) await dispatcher.close();
    },
  };
}
