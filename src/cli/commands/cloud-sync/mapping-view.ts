import { type Mapping, mappingStanding } from '../../../api/index.ts';
import { instant, type Listing, type Printer } from '../../output/index.ts';

/** Every status a mapping, a run or a member can have, as a colour where there are any. */
export function statusColour({ colours }: Printer): (text: string) => string {
  return text => {
    if (text.startsWith('Success')) return colours.green(text);
    if (text.startsWith('Failed')) return colours.red(text);
    return /^(Partial|Awaiting|Not in)/.test(text) ? colours.yellow(text) : text;
  };
}

/** How mappings are shown: the columns of the console's Collection Cloud Sync. */
export function mappingListing(print: Printer): Listing<Mapping> {
  return {
    columns: [
      { title: 'Collection', value: row => row.collectionName },
      { title: 'Group', value: row => row.groupName },
      { title: 'Status', value: row => row.status, colour: statusColour(print), whole: true },
      { title: 'Members', value: row => row.memberCount },
      { title: 'Completed', value: row => row.syncCompleted },
      { title: 'Failed', value: row => row.syncFailed },
      // Nearly always nobody: then the column gives its place to those that tell more.
      { title: 'In progress', value: row => row.syncInProgress || undefined, optional: true },
      { title: 'Limits', value: limitsOf, optional: true },
      { title: 'Not in Entra', value: row => row.notInEntra, optional: true },
      {
        title: 'Last run',
        value: row => instant(row.lastSyncTime ?? row.lastFullSyncTime),
        whole: true,
        optional: true,
      },
    ],
    fields: [
      'collectionId',
      'collectionName',
      'collectionType',
      'groupId',
      'groupName',
      'cloudServiceId',
      ...mappingStanding.keyof().options,
      'maxRemovals',
      'maxRemovalPercent',
      'paused',
    ],
    empty: 'No collection is mapped. Map one with: rollcall cloud-sync add COLLECTION --group NAME',
  };
}

/** The limits of a mapping's own, where it has some. */
function limitsOf({ maxRemovals, maxRemovalPercent }: Mapping): string | undefined {
  const limits = [
    ...(maxRemovals === null ? [] : [String(maxRemovals)]),
    ...(maxRemovalPercent === null ? [] : [`${maxRemovalPercent} %`]),
  ];
  return limits.length > 0 ? `removals ≤ ${limits.join(', ')}` : undefined;
}
