import type { App } from './apps.ts';
import type { Directory } from './directory.ts';
import type { DirectoryObject, TrackedKind } from './types.ts';

/** What stands before the objects in a saved tenant. */
export interface StateHead {
  /** The version of the format. */
  rollcallEmulator: 1;
  tenantId: string;
  displayName: string;
  domain: string;
  deltaTokensSince: number;
  /** The number of the last change of each kind: delta links that know them all stay good. */
  changes: Record<TrackedKind, number>;
  apps: App[];
}

/** One entry behind the head: an object, a deleted object with the groups it was in, or the lists of a group. */
type StateEntry =
  | { object: DirectoryObject }
  | { deleted: DirectoryObject; groups: string[] }
  | { group: string; members: string[]; owners: string[] };

/** The directory as lines of JSON, one entry each. */
export function* writeEntries(directory: Directory): Generator<string> {
  for (const object of directory.objects()) yield entry({ object });
  const groups = [...directory.ids('group')];
  for (const { object, groups: wasIn } of directory.deletedEntries()) {
    yield entry({ deleted: object, groups: wasIn });
    if (object.kind === 'group') groups.push(object.id);
  }
  for (const group of groups) {
    const members = [...directory.linked('members', group)];
    const owners = [...directory.linked('owners', group)];
    if (members.length + owners.length > 0) yield entry({ group, members, owners });
  }
}

/** Fills an empty directory from the lines that `writeEntries` made. */
export function readEntries(
  lines: Iterable<string>,
  directory: Directory,
  changes: StateHead['changes'],
): void {
  for (const line of lines) {
    if (line === '') continue;
    const read = JSON.parse(line) as StateEntry;
    if ('object' in read) directory.insert(read.object);
    else if ('deleted' in read) directory.insertDeleted(read.deleted, read.groups);
    else {
      for (const member of read.members) directory.link('members', read.group, member);
      for (const owner of read.owners) directory.link('owners', read.group, owner);
    }
  }
  directory.forgetChanges(changes);
}

function entry(value: StateEntry): string {
  return JSON.stringify(value);
}
