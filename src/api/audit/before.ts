import { mappingStatusPage } from '../../cloudsync/index.ts';
import { discoveryStates } from '../../schedule/index.ts';
import type { RouteName } from '../contract/index.ts';
import type { Services } from '../services.ts';

/** Answers a route with the parts of the request that is looked at. */
type Answer = (name: RouteName) => Promise<unknown>;

/** Most approvals at once that an entry tells of. */
const mostPlans = 1_000;

/**
 * What there is before a change whose address shows nothing by itself: what an approval lets pass, and the sessions
 * that are ended. Undefined where there is nothing to tell.
 */
export async function stateBefore(
  name: RouteName,
  body: unknown,
  { store }: Pick<Services, 'store'>,
  answer: Answer,
): Promise<unknown> {
  switch (name) {
    case 'synchronize': {
      const { approve, collections, group } = body as Approval;
      if (!approve) return undefined;
      const held = { collections, group, status: ['Awaiting Approval'], limit: mostPlans } as const;
      const { mappings } = await mappingStatusPage(store, held);
      return mappings.map(({ id, collectionName, groupName, groupId, heldPlan }) => {
        return { mapping: id, collectionName, groupName, groupId, heldPlan };
      });
    }
    case 'discover': {
      if (!(body as Approval).approve) return undefined;
      return (await discoveryStates(store)).filter(({ heldRemovals }) => heldRemovals > 0);
    }
    case 'endSessions':
      return await answer('listSessions');
    default:
      return undefined;
  }
}

/** What the bodies that can approve something have in common. */
interface Approval {
  approve?: boolean;
  collections?: string[];
  group?: string;
}
