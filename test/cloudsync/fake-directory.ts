import { Problem } from '../../src/base/index.ts';
import type { GroupDirectory, GroupFacts, MemberChanges, MemberOutcome } from '../../src/cloudsync/ports.ts';
import type { TestClock } from './test-clock.ts';

type Failure = Extract<MemberOutcome, { outcome: 'failed' }>;

/** What a scripted failure may hit. */
export type Call = 'getGroup' | 'listMembers' | 'memberChanges' | 'addMembers' | 'removeMembers';

/** An Entra tenant in memory: groups with members, answers that lag behind writes, and failures on demand. */
export class FakeDirectory implements GroupDirectory {
  readonly counters = { requests: 0, writes: 0 };
  readonly groups = new Map<string, GroupFacts & { members: Set<string> }>();
  /** Objects that Entra has; an add of another one fails as gone. */
  readonly objects = new Map<string, string>();
  /** Members that fail, by object id. */
  readonly failing = new Map<string, Pick<Failure, 'code' | 'message' | 'kind'>>();
  /** Each write that changed something: `add G object` or `remove G object`. */
  readonly written: string[] = [];
  /** Each member that was sent. */
  readonly sent: string[] = [];
  /** How long lists lag behind writes, in milliseconds. */
  lagMs = 0;
  /** Called before every call and between the members of a write; may throw to break it. */
  interrupt: (call: Call) => void | Promise<void> = () => {};
  /** Links given before this many changes are worth nothing. */
  linksFrom = 0;
  /** How often each was asked for. */
  readonly asked = { lists: 0, changes: 0 };
  #past: { at: number; groupId: string; objectId: string; was: boolean }[] = [];
  readonly #clock: TestClock;

  readonly #pageSize: number;
  readonly #fewestPages: number;

  /** @param options.fewestPages a list takes so many answers, however short it is: every group is a large one */
  constructor(clock: TestClock, { pageSize = 3, fewestPages = 0 } = {}) {
    this.#clock = clock;
    this.#pageSize = pageSize;
    this.#fewestPages = fewestPages;
  }

  /** Groups of a test share the counters: no test counts what several side by side have sent. */
  countedApart(): this {
    return this;
  }

  /** Makes a group with members. */
  put(id: string, members: string[] = [], facts: Partial<GroupFacts> = {}): void {
    this.groups.set(id, {
      id,
      displayName: facts.displayName ?? `Group ${id}`,
      description: null,
      kind: 'security',
      dynamic: false,
      onPremises: false,
      roleAssignable: false,
      membersHidden: false,
      ...facts,
      members: new Set(members),
    });
  }

  /** The true members of a group, in order. */
  members(groupId: string): string[] {
    return [...this.#group(groupId).members].sort();
  }

  /** Somebody else changes a group in Entra. */
  foreign(groupId: string, change: 'add' | 'remove', objectId: string): void {
    this.#put(groupId, objectId, change === 'add');
  }

  /** Entra drops an object, with all its memberships. */
  drop(objectId: string): void {
    this.objects.delete(objectId);
    for (const groupId of this.groups.keys()) this.#put(groupId, objectId, false);
  }

  async getGroup(groupId: string): Promise<GroupFacts> {
    await this.#call('getGroup');
    return this.#group(groupId);
  }

  async mayChange(): Promise<boolean> {
    return true;
  }

  async *searchGroups({ startsWith = '' }: { startsWith?: string } = {}): AsyncGenerator<GroupFacts> {
    for (const group of this.groups.values()) if (group.displayName.startsWith(startsWith)) yield group;
  }

  async *listMembers(groupId: string) {
    await this.#call('listMembers');
    this.asked.lists += 1;
    const listed = this.#listed(groupId);
    const all = [...listed].map(id => ({
      id,
      type: 'device' as const,
      displayName: this.objects.get(id) ?? null,
    }));
    const end = Math.max(all.length, this.#fewestPages * this.#pageSize);
    for (let at = 0; at < end; at += this.#pageSize) {
      await this.#call('listMembers');
      yield all.slice(at, at + this.#pageSize);
    }
  }

  async countMembers(groupId: string): Promise<number> {
    await this.#call('memberChanges');
    return this.#listed(groupId).size;
  }

  async membersLink(_groupId: string): Promise<string> {
    await this.#call('memberChanges');
    return String(this.#visible());
  }

  async memberChanges(groupId: string, link: string, most: number): Promise<MemberChanges> {
    await this.#call('memberChanges');
    this.asked.changes += 1;
    if (Number(link) < this.linksFrom) return { usable: false, because: 'expired' };
    const end = this.#visible();
    const told = this.#past.slice(Number(link), end).filter(change => change.groupId === groupId);
    const changes = new Map(told.map(({ objectId, was }) => [objectId, !was]));
    if (changes.size > most) return { usable: false, because: 'too much' };
    return { usable: true, changes, link: String(Math.max(Number(link), end)) };
  }

  /** Every link given so far is worth nothing from now on. */
  expireLinks(): void {
    this.linksFrom = this.#past.length + 1;
  }

  /** How many changes lists and delta queries show by now. */
  #visible(): number {
    const seen = this.#clock.now().getTime() - this.lagMs;
    const hidden = this.#past.findIndex(({ at }) => at > seen);
    return hidden < 0 ? this.#past.length : hidden;
  }

  /** The members as lists show them by now. */
  #listed(groupId: string): Set<string> {
    const listed = new Set(this.#group(groupId).members);
    for (const { objectId, was, groupId: of } of this.#past.slice(this.#visible()).toReversed()) {
      if (of !== groupId) continue;
      if (was) listed.add(objectId);
      else listed.delete(objectId);
    }
    return listed;
  }

  #put(groupId: string, objectId: string, there: boolean): void {
    const { members } = this.#group(groupId);
    const was = members.has(objectId);
    if (was === there) return;
    this.#past.push({ at: this.#clock.now().getTime(), groupId, objectId, was });
    if (there) members.add(objectId);
    else members.delete(objectId);
  }

  async addMembers(
    groupId: string,
    ids: Iterable<string> | AsyncIterable<string>,
    told: (outcomes: MemberOutcome[]) => Promise<void>,
  ) {
    await this.#write('add', groupId, ids, told);
  }

  async removeMembers(
    groupId: string,
    ids: Iterable<string> | AsyncIterable<string>,
    told: (outcomes: MemberOutcome[]) => Promise<void>,
  ) {
    await this.#write('remove', groupId, ids, told);
  }

  async #write(
    change: 'add' | 'remove',
    groupId: string,
    objectIds: Iterable<string> | AsyncIterable<string>,
    told: (outcomes: MemberOutcome[]) => Promise<void>,
  ) {
    const call = change === 'add' ? 'addMembers' : 'removeMembers';
    const ids = await Array.fromAsync(objectIds);
    for (let at = 0; at < ids.length; at += this.#pageSize + 1) {
      await this.#call(call);
      this.counters.writes += 1;
      const outcomes = ids.slice(at, at + this.#pageSize + 1).map(id => this.#change(change, groupId, id));
      // The answer may get lost after the change was made.
      await this.interrupt(call);
      await told(outcomes);
    }
  }

  #change(change: 'add' | 'remove', groupId: string, objectId: string): MemberOutcome {
    this.sent.push(`${change} ${objectId}`);
    const failure = this.failing.get(objectId);
    if (failure) return { objectId, outcome: 'failed', ...failure };
    const was = this.#group(groupId).members.has(objectId);
    if (was === (change === 'add')) return { objectId, outcome: 'already' };
    if (change === 'add' && !this.objects.has(objectId)) {
      return {
        objectId,
        outcome: 'failed',
        code: 'Request_ResourceNotFound',
        message: `Resource '${objectId}' does not exist.`,
        kind: 'gone',
      };
    }
    this.#put(groupId, objectId, change === 'add');
    this.written.push(`${change} ${groupId} ${objectId}`);
    return { objectId, outcome: 'done' };
  }

  async #call(call: Call): Promise<void> {
    this.counters.requests += 1;
    await this.interrupt(call);
  }

  #group(groupId: string) {
    const group = this.groups.get(groupId);
    if (group) return group;
    throw new Problem('not-found', 'group-not-found', `No group ${groupId}.`, 'Map to another group.');
  }
}
