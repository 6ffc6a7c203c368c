import type { EmulatedTime } from '../time.ts';
import { Journal } from './journal.ts';
import { OrderedIds } from './ordered-ids.ts';
import { type DirectoryObject, type ObjectKind, restorable, type TrackedKind } from './types.ts';

const kinds: readonly ObjectKind[] = [
  'user',
  'device',
  'group',
  'servicePrincipal',
  'application',
  'orgContact',
];

/** The lists of objects a group refers to. */
export type GroupList = 'members' | 'owners';

/**
 * The objects of the tenant, who is in which group, and the journals of what changed. It keeps these consistent and
 * judges nothing: whether a change is allowed is the business of those who ask for it.
 */
export class Directory {
  readonly journals: Record<TrackedKind, Journal>;
  readonly #time: EmulatedTime;
  readonly #objects = new Map<string, DirectoryObject>();
  readonly #lists: Record<ObjectKind, OrderedIds>;
  readonly #deleted = new Map<string, { object: DirectoryObject; groups: string[] }>();
  readonly #members = new Map<string, OrderedIds>();
  readonly #owners = new Map<string, OrderedIds>();
  readonly #groupsOf = new Map<string, Set<string>>();
  /** Ids by other keys; a list only where several objects claim the same key. */
  readonly #byKey = new Map<string, string | string[]>();
  #edition = 0;

  constructor(time: EmulatedTime) {
    this.#time = time;
    this.journals = { user: new Journal(), device: new Journal(), group: new Journal() };
    this.#lists = Object.fromEntries(kinds.map(kind => [kind, new OrderedIds()])) as Record<
      ObjectKind,
      OrderedIds
    >;
  }

  /** Grows with every change of any kind: tells whether there is something to save. */
  get edition(): number {
    return this.#edition;
  }

  /** The object with this id, if it exists and is not deleted. */
  object(id: string): DirectoryObject | undefined {
    return this.#objects.get(id.toLowerCase());
  }

  /** The object of this kind with this id. */
  get<K extends ObjectKind>(kind: K, id: string): DirectoryObject<K> | undefined {
    const object = this.object(id);
    return object?.kind === kind ? (object as DirectoryObject<K>) : undefined;
  }

  /** The user by user principal name, the device by deviceId, the application or service principal by appId. */
  byKey<K extends ObjectKind>(kind: K, key: string): DirectoryObject<K> | undefined {
    return this.allByKey(kind, key)[0];
  }

  /** The same where several objects may claim the key. */
  allByKey<K extends ObjectKind>(kind: K, key: string): DirectoryObject<K>[] {
    const ids = this.#byKey.get(`${kind} ${key.toLowerCase()}`) ?? [];
    return [ids].flat().flatMap(id => this.get(kind, id) ?? []);
  }

  /** The ids of all objects of a kind, in the order they came. */
  ids(kind: ObjectKind): OrderedIds {
    return this.#lists[kind];
  }

  /** All objects, in the order they came. */
  objects(): IterableIterator<DirectoryObject> {
    return this.#objects.values();
  }

  /** Objects in the deleted items, with the groups that each was in. */
  deletedEntries(): IterableIterator<{ object: DirectoryObject; groups: string[] }> {
    return this.#deleted.values();
  }

  /** Forgets what changed and goes on counting changes from these numbers. */
  forgetChanges(last: Readonly<Record<TrackedKind, number>>): void {
    for (const kind of ['user', 'device', 'group'] as const) this.journals[kind] = new Journal(last[kind]);
  }

  /** The object in the deleted items with this id, and the groups that it was in. */
  deletedObject(id: string): { object: DirectoryObject; groups: string[] } | undefined {
    return this.#deleted.get(id.toLowerCase());
  }

  /** Puts an object in; its id must be new. */
  insert(object: DirectoryObject): void {
    if (this.#objects.has(object.id)) throw new Error(`an object ${object.id} exists already`);
    this.#objects.set(object.id, object);
    this.#lists[object.kind].add(object.id);
    this.#index(object);
    if (object.kind === 'group') {
      this.#members.set(object.id, this.#members.get(object.id) ?? new OrderedIds());
      this.#owners.set(object.id, this.#owners.get(object.id) ?? new OrderedIds());
    }
    this.#note(object, null);
  }

  /** Changes properties of an object. */
  change(object: DirectoryObject, patch: object): void {
    this.#unindex(object);
    Object.assign(object.properties, patch);
    this.#index(object);
    this.#note(object, Object.keys(patch));
  }

  /**
   * Deletes an object: to the deleted items where its kind has that, unless `permanently`. It leaves all groups.
   * @returns false where there is no such object
   */
  remove(id: string, permanently = false): boolean {
    const object = this.object(id);
    if (!object) {
      if (!permanently || !this.#deleted.delete(id.toLowerCase())) return false;
      this.#edition += 1;
      return true;
    }
    const groups = [...(this.#groupsOf.get(object.id) ?? [])];
    for (const group of groups) this.unlink('members', group, object.id);
    this.#objects.delete(object.id);
    this.#lists[object.kind].delete(object.id);
    this.#unindex(object);
    if (!permanently && restorable.has(object.kind)) {
      object.deletedDateTime = this.#time.text();
      this.#deleted.set(object.id, { object, groups });
    } else if (object.kind === 'group') {
      for (const member of this.#members.get(object.id) ?? []) this.#groupsOf.get(member)?.delete(object.id);
      this.#members.delete(object.id);
      this.#owners.delete(object.id);
    }
    this.#note(object, null);
    return true;
  }

  /** Puts an object into the deleted items, as it is read from a saved state. */
  insertDeleted(object: DirectoryObject, groups: string[]): void {
    this.#deleted.set(object.id, { object, groups });
    if (object.kind === 'group') {
      this.#members.set(object.id, new OrderedIds());
      this.#owners.set(object.id, new OrderedIds());
    }
  }

  /** Brings an object back from the deleted items, into the groups that it was in. */
  restore(id: string): DirectoryObject | undefined {
    const entry = this.#deleted.get(id.toLowerCase());
    if (!entry) return undefined;
    this.#deleted.delete(entry.object.id);
    delete entry.object.deletedDateTime;
    this.insert(entry.object);
    for (const group of entry.groups)
      if (this.get('group', group)) this.link('members', group, entry.object.id);
    return entry.object;
  }

  /** The members or owners of a group. */
  linked(list: GroupList, groupId: string): OrderedIds {
    return this.#list(list).get(groupId.toLowerCase()) ?? new OrderedIds();
  }

  /** The groups that an object is a direct member of. */
  groupsOf(id: string): ReadonlySet<string> {
    return this.#groupsOf.get(id.toLowerCase()) ?? new Set();
  }

  /** Puts an object into a group's list; false where it was there. */
  link(list: GroupList, groupId: string, id: string): boolean {
    if (!this.#list(list).get(groupId)?.add(id)) return false;
    if (list === 'members') {
      const groups = this.#groupsOf.get(id);
      if (groups) groups.add(groupId);
      else this.#groupsOf.set(id, new Set([groupId]));
    }
    this.#noteLink(list, groupId, id, true);
    return true;
  }

  /** Takes an object out of a group's list; false where it was not there. */
  unlink(list: GroupList, groupId: string, id: string): boolean {
    if (!this.#list(list).get(groupId)?.delete(id)) return false;
    if (list === 'members') this.#groupsOf.get(id)?.delete(groupId);
    this.#noteLink(list, groupId, id, false);
    return true;
  }

  #list(list: GroupList): Map<string, OrderedIds> {
    return list === 'members' ? this.#members : this.#owners;
  }

  #note(object: DirectoryObject, fields: readonly string[] | null): void {
    this.#edition += 1;
    if (object.kind === 'user' || object.kind === 'device' || object.kind === 'group') {
      this.journals[object.kind].record({ at: this.#time.now(), id: object.id, fields });
    }
  }

  #noteLink(list: GroupList, groupId: string, id: string, added: boolean): void {
    this.#edition += 1;
    const change = { at: this.#time.now(), id: groupId, fields: [list] };
    this.journals.group.record(list === 'members' ? { ...change, member: { id, added } } : change);
  }

  #index(object: DirectoryObject): void {
    const key = keyOf(object);
    if (key === null) return;
    const known = this.#byKey.get(key);
    this.#byKey.set(key, known === undefined ? object.id : [...[known].flat(), object.id]);
  }

  #unindex(object: DirectoryObject): void {
    const key = keyOf(object);
    const known = key === null ? undefined : this.#byKey.get(key);
    if (key === null || known === undefined) return;
    const others = [known].flat().filter(id => id !== object.id);
    if (others.length === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, others);
  }
}

/** What an object can be asked for by, beside its id. */
function keyOf(object: DirectoryObject): string | null {
  const key =
    object.kind === 'user'
      ? object.properties.userPrincipalName
      : object.kind === 'device'
        ? object.properties.deviceId
        : object.kind === 'application' || object.kind === 'servicePrincipal'
          ? object.properties.appId
          : null;
  return key ? `${object.kind} ${key.toLowerCase()}` : null;
}
