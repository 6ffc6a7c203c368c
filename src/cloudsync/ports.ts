import type { Problem } from '../base/index.ts';
import type { FailureKind } from '../store/index.ts';

// What cloud sync needs of a connected tenant. The directory room provides it; tests put a tenant in memory there.

/** What a group is, as far as its members may be changed. */
export interface GroupFacts {
  id: string;
  displayName: string;
  description: string | null;
  kind: 'security' | 'microsoft365' | 'mail-enabled-security' | 'distribution';
  dynamic: boolean;
  onPremises: boolean;
  roleAssignable: boolean;
}

/** What became of one member of a change. */
export type MemberOutcome =
  | { objectId: string; outcome: 'done' | 'already' }
  | { objectId: string; outcome: 'failed'; code: string; message: string; kind: FailureKind };

/** A member as Entra lists it. */
export interface ListedMember {
  id: string;
  displayName: string | null;
}

type OnOutcome = (outcomes: MemberOutcome[]) => Promise<void>;

/** The part of a directory that reads and writes groups. Every method throws a Problem for what a person can mend. */
export interface GroupDirectory {
  readonly counters: { readonly requests: number; readonly writes: number };
  /** @throws Problem `group-not-found` or alike when Entra has no such group */
  getGroup(groupId: string, signal?: AbortSignal): Promise<GroupFacts>;
  searchGroups(options: { startsWith?: string; signal?: AbortSignal }): AsyncIterable<GroupFacts>;
  /** A page at a time. */
  listMembers(groupId: string, signal?: AbortSignal): AsyncIterable<ListedMember[]>;
  /** Tells what became of each object, some at a time, as answers arrive. */
  addMembers(groupId: string, objectIds: string[], told: OnOutcome, signal?: AbortSignal): Promise<void>;
  removeMembers(groupId: string, objectIds: string[], told: OnOutcome, signal?: AbortSignal): Promise<void>;
}

/** Opens (or gives again) the directory of a cloud service. */
export type Directories = (cloudServiceId: number) => Promise<GroupDirectory>;

/** A refusal, or nothing. */
export type Refusal = Problem | undefined;
