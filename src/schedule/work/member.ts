import type { ToldStep, WorkContext } from '../../base/index.ts';
import {
  type Directories,
  type Identify,
  type MemberStep,
  type PushedMember,
  pushMember,
} from '../../cloudsync/index.ts';
import { explainMembership } from '../../collections/index.ts';
import type { ObjectKeys } from '../../directory/index.ts';
import { getResource, type ResourceDetail } from '../../inventory/index.ts';
import { lookUp } from '../../sources/index.ts';
import type { EngineContext } from '../engine-context.ts';
import type { JobArguments } from '../jobs/index.ts';
import { evaluateNow } from './evaluate.ts';
import type { Outcome } from './outcome.ts';

/** What pushing one member through has done, step by step. */
export interface MemberRun {
  outcome: Outcome;
  collection: { id: string; name: string };
  resource: { id: number; name: string; type: 'device' | 'user' };
  /** Before the groups: inventory and collection. */
  steps: MemberStep[];
  groups: PushedMember[];
}

/** Pushes one resource through to the groups of a collection at once, and tells each step. */
export async function pushNow(
  context: EngineContext,
  { collection, group, member, requestedBy }: JobArguments<'member'> & { requestedBy: string },
  work: WorkContext,
): Promise<MemberRun> {
  const { store } = context;
  await evaluateNow(context, { collections: [collection], full: false }, work);
  const why = await explainMembership(store, collection, member, work.clock);
  const resource = await getResource(store, String(why.resource.id));
  const told: ToldStep[] = [];
  const tell = (step: MemberStep, groupName: string | null) => {
    told.push({ groupName, ...step });
    work.report({ phase: step.text, done: told.length, unit: 'steps', steps: [...told] });
  };
  const steps: MemberStep[] = [
    {
      step: 'inventory',
      outcome: 'ok',
      text: `${resource.name} is ${resource.type} ${resource.id}, from ${resource.source}`,
    },
    { step: 'collection', outcome: 'ok', text: why.summary },
  ];
  for (const step of steps) tell(step, null);
  const directories: Directories = id => context.directories.of(id);
  const request = { collection, group, resourceId: resource.id, requestedBy, tell };
  const groups = await pushMember(store, directories, identifier(context, resource, work), request, work);
  return {
    outcome: outcomeOf(groups.flatMap(pushed => pushed.steps)),
    collection: why.collection,
    resource: { id: resource.id, name: resource.name, type: resource.type },
    steps,
    groups,
  };
}

/** Looks the resource up in Entra where no discovery has found it yet. */
function identifier(context: EngineContext, resource: ResourceDetail, work: WorkContext): Identify {
  return async cloudServiceId => {
    const known = await identityOf(context, resource, cloudServiceId);
    if (known) return { step: 'identity', outcome: 'ok', text: `It is the object ${known}, by discovery` };
    const { tenant, directory } = await context.directories.find(cloudServiceId);
    await lookUp(context.store, directory, tenant, keysOf(resource), work);
    const found = await identityOf(context, resource, cloudServiceId);
    return found
      ? { step: 'identity', outcome: 'ok', text: `It is the object ${found}, just looked up in Entra` }
      : { step: 'identity', outcome: 'ok', text: `Not in Entra: no object fits ${keyWords(resource)}` };
  };
}

async function identityOf(
  { store }: EngineContext,
  { id }: ResourceDetail,
  cloudServiceId: number,
): Promise<string | undefined> {
  const { identities } = await getResource(store, String(id));
  return identities.find(identity => identity.cloudServiceId === cloudServiceId)?.objectId;
}

function keysOf(resource: ResourceDetail): ObjectKeys {
  if (resource.type === 'device') return { kind: 'device', deviceId: resource.entraDeviceId };
  const { entraUserId: objectId, onPremisesSid, userPrincipalName } = resource;
  return { kind: 'user', objectId, onPremisesSid, userPrincipalName };
}

function keyWords(resource: ResourceDetail): string {
  const { entraDeviceId, entraUserId, onPremisesSid, userPrincipalName } = resource;
  const keys =
    resource.type === 'device'
      ? [['device id', entraDeviceId]]
      : [
          ['object id', entraUserId],
          ['SID', onPremisesSid],
          ['user principal name', userPrincipalName],
        ];
  const known = keys.flatMap(([word, value]) => (value ? [`the ${word} ${value}`] : []));
  return known.length > 0 ? known.join(' or ') : 'it, for the inventory has no id to know it by';
}

function outcomeOf(steps: readonly MemberStep[]): Outcome {
  const has = (outcome: MemberStep['outcome']) => steps.some(step => step.outcome === outcome);
  if (has('stopped')) return 'failed';
  if (has('held')) return 'held';
  return has('failed') ? 'some-failed' : 'done';
}
