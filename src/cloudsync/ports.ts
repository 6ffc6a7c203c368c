import type { Directory } from '../directory/index.ts';
import type { ResourceType } from '../store/index.ts';

export type {
  FailureKind,
  GroupFacts,
  GroupMember,
  MemberChanges,
  MemberOutcome,
} from '../directory/index.ts';

/** What cloud sync needs of a tenant's directory: to read and write groups. */
export type GroupDirectory = Pick<
  Directory,
  | 'getGroup'
  | 'searchGroups'
  | 'listMembers'
  | 'countMembers'
  | 'membersLink'
  | 'memberChanges'
  | 'addMembers'
  | 'removeMembers'
> & {
  readonly counters: { readonly requests: number; readonly writes: number };
  /** The same directory with counters of its own: several groups are written side by side. */
  countedApart(): GroupDirectory;
};

/**
 * Opens (or gives again) the directory of a cloud service.
 * @param members what a run is about to put into a group or take out of it: it may be refused while such members
 *   have not been discovered
 */
export type Directories = (
  cloudServiceId: number,
  members?: readonly ResourceType[],
) => Promise<GroupDirectory>;
