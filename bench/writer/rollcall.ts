import type { Directory, MemberOutcome } from '../../src/directory/index.ts';
import type { GroupWriter } from './group-writer.ts';

/** Rollcall's own writer. */
export function rollcall(directory: Directory): GroupWriter {
  const noFailures = async (outcomes: MemberOutcome[]) => {
    const failed = outcomes.find(outcome => outcome.outcome === 'failed');
    if (failed) throw new Error(`A member failed: ${failed.message}`);
  };
  return {
    add: (groupId, objectIds) => directory.addMembers(groupId, objectIds, noFailures),
    remove: (groupId, objectIds) => directory.removeMembers(groupId, objectIds, noFailures),
  };
}
