import type { Directory } from '../directory/index.ts';

export type { FailureKind, GroupFacts, MemberOutcome } from '../directory/index.ts';

/** What cloud sync needs of a tenant's directory: to read and write groups. */
export type GroupDirectory = Pick<
  Directory,
  'getGroup' | 'searchGroups' | 'listMembers' | 'addMembers' | 'removeMembers'
> & { readonly counters: { readonly requests: number; readonly writes: number } };

/** Opens (or gives again) the directory of a cloud service. */
export type Directories = (cloudServiceId: number) => Promise<GroupDirectory>;
