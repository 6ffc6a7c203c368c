import { randomUUID } from 'node:crypto';
import type { Device, Group, User } from '@microsoft/microsoft-graph-types';
import { type EmulatedTime, graphTime } from '../time.ts';
import {
  type App,
  type AppInput,
  certificateFacts,
  type FederatedCredential,
  makeApp,
  makeSecretValue,
} from './apps.ts';
import { Directory } from './directory.ts';
import { type SeedGroup, seedDevice, seedGroup, seedUser } from './seed.ts';
import { readEntries, type StateHead, writeEntries } from './state.ts';
import type { DirectoryObject } from './types.ts';

/** What a tenant is made with. */
export interface TenantInput {
  tenantId?: string;
  displayName?: string;
  /** The verified domain that user principal names and mail addresses end in. */
  domain?: string;
}

/** A tenant as data: what `snapshot` gives and `restore` takes. */
export interface TenantState {
  readonly head: StateHead;
  /** The objects and lists, a line of JSON each. */
  readonly entries: Iterable<string>;
}

/** An object as seen from outside: its properties and its id. */
export type Seen<T> = T & { id: string };

/**
 * The emulated tenant, for tests and demonstrations: seeds and inspects it without any check, as somebody with all
 * rights in Entra's own portal would. Ids may be written in either case.
 */
export class Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  directory: Directory;
  readonly apps = new Map<string, App>();
  /** Delta links handed out before this instant (milliseconds) are refused with 410. */
  deltaTokensSince = 0;
  /** Access tokens of an earlier generation are refused with 401. */
  tokenGeneration = 0;
  readonly #time: EmulatedTime;

  constructor(input: TenantInput, time: EmulatedTime) {
    this.id = (input.tenantId ?? randomUUID()).toLowerCase();
    this.displayName = input.displayName ?? 'Contoso';
    this.domain = input.domain ?? 'contoso.onmicrosoft.com';
    this.directory = new Directory(time);
    this.#time = time;
  }

  /** Adds a user; what is not given gets a believable value. */
  addUser(user: User = {}): Seen<User> {
    const made = seedUser(user, this.domain, this.#time.text());
    const [alias = '', domain = ''] = made.properties.userPrincipalName?.split('@') ?? [];
    for (let n = 2; !user.userPrincipalName && this.#hasUser(made.properties.userPrincipalName); n += 1) {
      made.properties.userPrincipalName = `${alias}${n}@${domain}`;
    }
    return this.#insert(made);
  }

  /** Adds a device; `id` is the object id, `deviceId` what Windows and ConfigMgr know. */
  addDevice(device: Device = {}): Seen<Device> {
    return this.#insert(seedDevice(device, this.#time.text()));
  }

  /** Adds a group of any kind, with owners and members. */
  addGroup(group: SeedGroup = {}): Seen<Group> {
    const seen = this.#insert(seedGroup(group, this.domain, this.#time.text()));
    for (const owner of group.owners ?? []) this.addOwner(seen.id, owner);
    for (const member of group.members ?? []) this.addMember(seen.id, member);
    return seen;
  }

  /** Registers an app and its service principal. */
  addApp(input: AppInput = {}): App {
    const app = makeApp(input, this.#time.now());
    if (this.apps.has(app.appId)) throw new Error(`an app ${app.appId} exists already`);
    this.apps.set(app.appId, app);
    const { appId, displayName } = app;
    this.directory.insert({
      kind: 'application',
      id: app.objectId,
      properties: { appId, displayName, createdDateTime: this.#time.text(), signInAudience: 'AzureADMyOrg' },
    });
    this.directory.insert({
      kind: 'servicePrincipal',
      id: app.servicePrincipalId,
      properties: {
        accountEnabled: true,
        appDisplayName: displayName,
        appRoleAssignmentRequired: false,
        appId,
        appOwnerOrganizationId: this.id,
        displayName,
        servicePrincipalNames: [appId],
        servicePrincipalType: 'Application',
        signInAudience: 'AzureADMyOrg',
      },
    });
    this.#publish(app);
    return app;
  }

  /** The app with this id; throws where there is none. */
  app(appId: string): App {
    const app = this.apps.get(appId.toLowerCase());
    if (!app) throw new Error(`no app ${appId} in the emulated tenant`);
    return app;
  }

  /** Grants application permissions; as in Entra they are in tokens issued from now on. */
  grant(appId: string, ...permissions: string[]): void {
    const app = this.app(appId);
    app.permissions = [...new Set([...app.permissions, ...permissions])];
    this.#publish(app);
  }

  /** Takes application permissions away from tokens issued from now on; without any named: all. */
  revoke(appId: string, ...permissions: string[]): void {
    const app = this.app(appId);
    app.permissions = permissions.length === 0 ? [] : app.permissions.filter(p => !permissions.includes(p));
    this.#publish(app);
  }

  /** Gives an app one more secret and returns its value; two years unless `endDateTime` (ISO 8601) is given. */
  addSecret(appId: string, value = makeSecretValue(), endDateTime?: string): string {
    const end = endDateTime ?? new Date(this.#time.now() + 730 * 86_400_000).toISOString();
    const app = this.app(appId);
    app.secrets.push({ keyId: randomUUID(), value, endDateTime: end });
    this.#publish(app);
    return value;
  }

  /** Takes all secrets of an app away. */
  removeSecrets(appId: string): void {
    const app = this.app(appId);
    app.secrets = [];
    this.#publish(app);
  }

  /** Lets all secrets of an app end at an instant (ISO 8601), by default a day ago. */
  expireSecrets(appId: string, endDateTime = new Date(this.#time.now() - 86_400_000).toISOString()): void {
    const app = this.app(appId);
    app.secrets = app.secrets.map(secret => ({ ...secret, endDateTime }));
    this.#publish(app);
  }

  /** Registers a certificate (PEM) on an app. */
  addCertificate(appId: string, pem: string): void {
    const app = this.app(appId);
    app.certificates.push({ keyId: randomUUID(), pem });
    this.#publish(app);
  }

  /** Trusts the tokens of another issuer for an app. */
  addFederatedCredential(appId: string, credential: FederatedCredential): void {
    this.app(appId).federatedCredentials.push(credential);
  }

  /** Answers every sign-in of an app with an AADSTS code; null: no more. */
  failSignIn(appId: string, code: number | null): void {
    this.app(appId).signInError = code;
  }

  /** Makes every access token issued so far invalid: Graph answers 401. */
  expireAccessTokens(): void {
    this.tokenGeneration += 1;
  }

  /** Makes every delta link and delta page handed out so far invalid: Graph answers 410. */
  expireDeltaTokens(): void {
    this.deltaTokensSince = this.#time.now() + 1;
  }

  /** Somebody in Entra puts an object into a group; false where it was there. */
  addMember(groupId: string, objectId: string): boolean {
    return this.directory.link('members', this.#group(groupId), this.#object(objectId));
  }

  /** Somebody in Entra takes an object out of a group; false where it was not there. */
  removeMember(groupId: string, objectId: string): boolean {
    return this.directory.unlink('members', this.#group(groupId), objectId.toLowerCase());
  }

  /** Somebody in Entra makes an object an owner of a group. */
  addOwner(groupId: string, objectId: string): boolean {
    return this.directory.link('owners', this.#group(groupId), this.#object(objectId));
  }

  /** Somebody in Entra takes ownership of a group away. */
  removeOwner(groupId: string, objectId: string): boolean {
    return this.directory.unlink('owners', this.#group(groupId), objectId.toLowerCase());
  }

  /** The object ids of a group's members as they truly are, in the order they came. */
  members(groupId: string): string[] {
    return [...this.directory.linked('members', groupId)];
  }

  /** Whether an object truly is a member. */
  hasMember(groupId: string, objectId: string): boolean {
    return this.directory.linked('members', groupId).has(objectId.toLowerCase());
  }

  /** The object ids of a group's owners. */
  owners(groupId: string): string[] {
    return [...this.directory.linked('owners', groupId)];
  }

  /** The object with this id, or undefined where there is none or it is deleted. */
  object(id: string): DirectoryObject | undefined {
    return this.directory.object(id);
  }

  /** The first group with this display name. */
  findGroup(displayName: string): Seen<Group> | undefined {
    for (const id of this.directory.ids('group')) {
      const group = this.directory.get('group', id);
      if (group?.properties.displayName === displayName) return { ...group.properties, id };
    }
    return undefined;
  }

  /** Changes properties of an object, of whatever kind. */
  updateObject(id: string, patch: User & Device & Group): void {
    const object = this.directory.object(id);
    if (!object) throw new Error(`no object ${id} in the emulated tenant`);
    this.directory.change(object, patch);
  }

  /** Deletes an object: users and groups can be restored unless `permanently`; false where there is none. */
  deleteObject(id: string, options: { permanently?: boolean } = {}): boolean {
    return this.directory.remove(id, options.permanently);
  }

  /** Brings a deleted user or group back, into its groups; false where it is not among the deleted items. */
  restoreObject(id: string): boolean {
    return this.directory.restore(id) !== undefined;
  }

  /** The tenant as it is, for `restore`; access tokens and sign-ins under way are not in it. */
  snapshot(): TenantState & { entries: string[] } {
    return { ...this.state(), entries: [...writeEntries(this.directory)] };
  }

  /** The same for writing it away: entries are made as they are read, so nothing may change meanwhile. */
  state(): TenantState {
    const { user, device, group } = this.directory.journals;
    return {
      head: {
        rollcallEmulator: 1,
        tenantId: this.id,
        displayName: this.displayName,
        domain: this.domain,
        deltaTokensSince: this.deltaTokensSince,
        changes: { user: user.last, device: device.last, group: group.last },
        apps: structuredClone([...this.apps.values()]),
      },
      entries: writeEntries(this.directory),
    };
  }

  /** Puts the tenant back to a snapshot of it, as if time had been turned back. */
  restore({ head, entries }: TenantState): void {
    if (head.tenantId !== this.id) throw new Error('a snapshot fits only the tenant it was made of');
    this.deltaTokensSince = head.deltaTokensSince;
    this.apps.clear();
    for (const app of structuredClone(head.apps)) this.apps.set(app.appId, app);
    this.directory = new Directory(this.#time);
    readEntries(entries, this.directory, head.changes);
  }

  /** Shows an app's credentials, without their secrets, where Graph shows them. */
  #publish(app: App): void {
    const application = this.directory.get('application', app.objectId);
    if (!application) return;
    this.directory.change(application, {
      passwordCredentials: app.secrets.map(({ keyId, value, endDateTime }) => ({
        displayName: null,
        endDateTime,
        hint: value.slice(0, 3),
        keyId,
        secretText: null,
      })),
      keyCredentials: app.certificates.map(({ keyId, pem }) => {
        const { x5t, validFrom, validTo } = certificateFacts(pem);
        return {
          customKeyIdentifier: Buffer.from(x5t, 'base64url').toString('hex').toUpperCase(),
          displayName: null,
          endDateTime: graphTime(validTo),
          key: null,
          keyId,
          startDateTime: graphTime(validFrom),
          type: 'AsymmetricX509Cert',
          usage: 'Verify',
        };
      }),
    });
  }

  #insert<T extends DirectoryObject>(object: T): Seen<T['properties']> {
    this.directory.insert(object);
    return { ...object.properties, id: object.id };
  }

  #hasUser(name: string | null | undefined): boolean {
    return this.directory.byKey('user', name ?? '') !== undefined;
  }

  #group(id: string): string {
    const group = this.directory.get('group', id);
    if (!group) throw new Error(`no group ${id} in the emulated tenant`);
    return group.id;
  }

  #object(id: string): string {
    const object = this.directory.object(id);
    if (!object) throw new Error(`no object ${id} in the emulated tenant`);
    return object.id;
  }
}
