import type { GraphFailure } from './failure.ts';
import { LostTry } from './lost-try.ts';
import type { MemberOutcome } from './types.ts';
import type { Verdict } from './verdict.ts';

/** Graph's limit of references in one PATCH. */
export const membersPerPatch = 20;

/** One write that is still to be done: a PATCH of up to 20 additions, or the removal of one member. */
export interface MemberWrite {
  objectIds: readonly string[];
  /** How often it was sent and refused as transient. */
  tries: number;
  /** An earlier try may have been carried out. */
  uncertain: boolean;
  /** One of the members of an addition whose answer was lost: together they tell what became of it. */
  lost?: LostTry;
  /** Whose members were looked for in the list of members after a refusal: once is enough. */
  looked?: true;
  /** A piece of the refused addition that is taken apart for others like it. */
  probe?: symbol;
}

/** What follows from the answer to a write: outcomes that are final, and writes that are to be sent. */
export interface Step {
  outcomes: MemberOutcome[];
  writes: MemberWrite[];
}

const mostTries = { throttled: 12, overloaded: 8, missing: 5, token: 2 } as const;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The writes that members need at first, made as they are asked for: a large group is never in memory as a whole. Ids
 * are compared in lower case; what is no object id at all fails here, for it would fail the whole batch.
 * @param objectIds each once: Graph refuses a PATCH that names a member twice
 */
export async function* firstWrites(
  objectIds: Iterable<string> | AsyncIterable<string>,
  perWrite: number,
): AsyncGenerator<Step, undefined> {
  let some: string[] = [];
  for await (const objectId of objectIds) {
    const id = objectId.toLowerCase();
    if (guid.test(id)) some.push(id);
    else yield { outcomes: failed([id], 'invalid', notAnId), writes: [] };
    if (some.length < perWrite) continue;
    yield { outcomes: [], writes: [fresh(some)] };
    some = [];
  }
  if (some.length > 0) yield { outcomes: [], writes: [fresh(some)] };
}

/**
 * What to do after the verdict on a write. A PATCH is all or nothing, so one bad member must be found and taken out:
 * the one that Graph names at once, otherwise by halving.
 */
export function nextStep(write: MemberWrite, verdict: Verdict): Step {
  const step = stepOf(write, verdict);
  const { lost } = write;
  return lost ? { ...step, outcomes: step.outcomes.flatMap(outcome => lost.settle(outcome)) } : step;
}

/** Sends the members of a refused addition again in two halves, for one of them may be the reason. */
export function takeApart(write: MemberWrite): Step {
  return { outcomes: [], writes: halves(write) };
}

/** All members of a refused addition have failed. */
export function giveUp(
  { objectIds }: MemberWrite,
  { why, failure }: Extract<Verdict, { kind: 'refused' }>,
): Step {
  return { outcomes: failed(objectIds, why, failure), writes: [] };
}

function stepOf(write: MemberWrite, verdict: Verdict): Step {
  const { objectIds } = write;
  switch (verdict.kind) {
    case 'done':
      return { outcomes: objectIds.map(objectId => ({ objectId, outcome: 'done' })), writes: [] };
    case 'already':
      return alreadyThere(write);
    case 'culprit': {
      const rest = objectIds.filter(id => id !== verdict.objectId);
      const outcomes = failed([verdict.objectId], verdict.why, verdict.failure);
      // With a member that can not be added, no earlier try was carried out either.
      return { outcomes, writes: rest.length > 0 ? [{ ...write, objectIds: rest, uncertain: false }] : [] };
    }
    case 'no-group':
      return { outcomes: failed(objectIds, 'gone', verdict.failure), writes: [] };
    case 'token':
      return again(write, 'token', null);
    case 'again':
      return again(write, verdict.reason, verdict.failure);
    case 'listed': {
      const rest = objectIds.filter(id => !verdict.objectIds.has(id));
      // An addition is all or nothing: all of them can be its own work, some of them can not.
      const outcome = write.uncertain && rest.length === 0 ? 'done' : 'already';
      const outcomes = objectIds
        .filter(id => verdict.objectIds.has(id))
        .map(objectId => ({ objectId, outcome }) as const);
      return { outcomes, writes: rest.length > 0 ? [{ ...write, objectIds: rest, uncertain: false }] : [] };
    }
    case 'refused':
      return objectIds.length === 1 ? giveUp(write, verdict) : takeApart(write);
  }
}

/** Whether "some of them are there already" may be the work of an earlier try of the same addition. */
export function isDoubtful({ uncertain, objectIds }: MemberWrite): boolean {
  return uncertain && objectIds.length > 1;
}

/**
 * "One or more already exist" names nobody. After an uncertain try all of them are there most likely, and asking one
 * by one is the cheapest, and tells whether that try put them there: an undo must neither miss its work nor take
 * somebody else's for it. Otherwise it is one of them most likely, and halving is cheaper. A single one that is there
 * after an uncertain try was put there by that try, as far as anybody can tell.
 */
function alreadyThere(write: MemberWrite): Step {
  const [only, ...others] = write.objectIds;
  if (only !== undefined && others.length === 0) {
    const byUs = write.uncertain && write.lost === undefined;
    return { outcomes: [{ objectId: only, outcome: byUs ? 'done' : 'already' }], writes: [] };
  }
  if (!isDoubtful(write)) return { outcomes: [], writes: halves(write) };
  const lost = new LostTry(write.objectIds.length);
  return { outcomes: [], writes: write.objectIds.map(id => ({ ...fresh([id]), lost })) };
}

function again(write: MemberWrite, reason: keyof typeof mostTries, failure: GraphFailure | null): Step {
  const tries = write.tries + 1;
  if (tries < mostTries[reason]) {
    const uncertain = write.uncertain || reason === 'overloaded' || reason === 'missing';
    return { outcomes: [], writes: [{ ...write, tries, uncertain }] };
  }
  const told = failure ?? noAnswer;
  const why = reason === 'throttled' ? 'throttled' : 'unavailable';
  return { outcomes: failed(write.objectIds, why, told), writes: [] };
}

const noAnswer: GraphFailure = {
  status: 0,
  code: 'no-answer',
  message: 'Microsoft Graph gave no usable answer, although it was asked several times.',
  requestId: null,
};

const notAnId: GraphFailure = {
  status: 0,
  code: 'invalid-object-id',
  message: 'This is not the id of an Entra object.',
  requestId: null,
};

function halves(write: MemberWrite): MemberWrite[] {
  const middle = Math.ceil(write.objectIds.length / 2);
  const { looked, probe } = write;
  return [write.objectIds.slice(0, middle), write.objectIds.slice(middle)].map(objectIds => ({
    ...fresh(objectIds),
    ...(looked && { looked }),
    ...(probe && { probe }),
  }));
}

function fresh(objectIds: readonly string[]): MemberWrite {
  return { objectIds, tries: 0, uncertain: false };
}

function failed(
  objectIds: readonly string[],
  kind: Extract<MemberOutcome, { outcome: 'failed' }>['kind'],
  failure: GraphFailure,
): MemberOutcome[] {
  const trace = failure.requestId === null ? '' : ` (request ${failure.requestId})`;
  const message = failure.message + trace;
  return objectIds.map(objectId => ({ objectId, outcome: 'failed', code: failure.code, message, kind }));
}
