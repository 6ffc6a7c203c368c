// What a run would change, from what is wanted, what is there and what the ledger remembers. Pure: no store, no
// clock, no Graph. Rules: docs/concepts.md, "Runs".

/** What the ledger remembers of one object in one group. */
export interface LedgerEntry {
  wanted: 'in' | 'out';
  state: 'pending' | 'done' | 'failed';
  /** Wanted in and not confirmed, and yet it may be there: a try that timed out, a removal that never ended. */
  maybeIn: boolean;
  /** Tried so lately that a list of the group's members may be older. */
  recent: boolean;
  attempts: number;
}

/** Why a member goes in or out: shown with the plan. */
export type Why =
  /** Wanted, and not in the group (full). */
  | 'missing'
  /** Joined a collection since the last run. */
  | 'joined'
  /** The resource has an Entra object now, or another one than before. */
  | 'appeared'
  /** Left the collections since the last run. */
  | 'left'
  /** The resource is another Entra object now. */
  | 'replaced'
  /** In the group though no collection wants it, and Rollcall put it there (full). */
  | 'unwanted'
  /** In the group though no collection wants it, and Rollcall never put it there (full). */
  | 'foreign'
  /** Failed before, and due again. */
  | 'retry'
  /** Decided by an earlier run that was cut short. */
  | 'resumed';

/** One member to add or remove. */
export interface Change {
  objectId: string;
  resourceId: number | null;
  why: Why;
  /** Tries of this change so far. */
  attempts: number;
  /** An addition that, should it fail, may all the same be in the group from before. */
  maybeIn: boolean;
  /** Decided (and let pass by the guard) in an earlier run, so not counted by the guard again. */
  decided: boolean;
}

/** What a run is to do; disjoint by object. */
export interface Plan {
  additions: Change[];
  removals: Change[];
  /** Already right in Entra: to be noted in the ledger as done, nothing is sent. */
  adopted: { objectId: string; resourceId: number }[];
  /** Neither wanted nor there any more: to be dropped from the ledger, nothing is sent. */
  forgotten: string[];
}

/** An object that is wanted in the group, listed there or remembered by the ledger, with all that decides about it. */
export interface SeenObject {
  objectId: string;
  /** The resource that wants it in the group now, or the one that the ledger knows. */
  resourceId: number | null;
  wantedNow: boolean;
  /** Entra lists it as a member. */
  listed: boolean;
  entry: LedgerEntry | undefined;
}

/** A plan of nothing. */
export function emptyPlan(): Plan {
  return { additions: [], removals: [], adopted: [], forgotten: [] };
}

/**
 * Puts into the plan of a full run what it does about an object: the group becomes what is wanted, foreign members
 * included. An object that is wanted, listed and confirmed by the ledger needs nothing and may be left out.
 */
export function planObject(plan: Plan, { objectId, resourceId, wantedNow, listed, entry }: SeenObject): void {
  if (wantedNow) {
    if (!listed || (entry && doubtful(entry))) {
      plan.additions.push(addition(objectId, resourceId, entry, 'missing'));
    } else if (resourceId !== null && (entry?.wanted !== 'in' || entry.state !== 'done')) {
      plan.adopted.push({ objectId, resourceId });
    }
  } else if (!entry) {
    if (listed) plan.removals.push(change(objectId, null, undefined, 'foreign'));
  } else if (listed || doubtful(entry)) {
    plan.removals.push(removal(objectId, resourceId, entry, 'unwanted'));
  } else if (entry.wanted === 'in' || entry.state !== 'done') {
    plan.forgotten.push(objectId);
  }
}

/** An object that may have to change since the last run, with all that decides about it. */
export interface TouchedObject {
  objectId: string;
  /** The resource that wants it in the group now, or the one that the ledger knows. */
  resourceId: number | null;
  wantedNow: boolean;
  /** What brought it up: a change of a collection, of an identity, or the ledger itself. */
  by: 'membership' | 'identity' | 'ledger';
  /** Entra still has the object, as far as discovery knows. */
  exists: boolean;
  entry: LedgerEntry | undefined;
}

/**
 * Puts into the plan of an incremental run what it does about an object: only what changed since the last run, and only
 * members that Rollcall put there are taken out. Whoever somebody removed in Entra stays out: the ledger says that
 * Rollcall has done its part.
 */
export function planTouched(
  plan: Plan,
  { objectId, resourceId, wantedNow, by, exists, entry }: TouchedObject,
): void {
  if (wantedNow) {
    if (entry?.wanted === 'in' && entry.state === 'done') return;
    const why = by === 'identity' ? 'appeared' : 'joined';
    plan.additions.push(addition(objectId, resourceId, entry, why));
    return;
  }
  if (!entry || (entry.wanted === 'out' && entry.state === 'done')) return;
  // Entra has dropped the object with all its memberships, or it never got in: there is nothing to take out.
  // A removal that is still open stays so: what discovery does not know (a service principal, a nested group, a
  // device that is minutes old) may well be in the group.
  const dropped = entry.wanted === 'in' && !exists;
  const neverIn = entry.wanted === 'in' && entry.state === 'failed' && !entry.maybeIn;
  if (dropped || neverIn) {
    plan.forgotten.push(objectId);
  } else {
    const why = by === 'identity' ? 'replaced' : 'left';
    plan.removals.push(removal(objectId, resourceId, entry, why));
  }
}

/** The removals that the guard has to judge. */
export function newRemovals(plan: Plan): Change[] {
  return plan.removals.filter(removal => !removal.decided);
}

/** Whether what Entra lists says too little about an object: a change may be under way or not be seen yet. */
function doubtful(entry: LedgerEntry): boolean {
  return entry.state === 'pending' || (entry.state === 'failed' && entry.recent);
}

function addition(
  objectId: string,
  resourceId: number | null,
  entry: LedgerEntry | undefined,
  otherwise: Why,
): Change {
  const open = entry && entry.state !== 'done' ? entry : undefined;
  const maybeIn = open !== undefined && (open.wanted === 'out' || open.state === 'pending' || open.maybeIn);
  return change(objectId, resourceId, open?.wanted === 'in' ? open : undefined, otherwise, maybeIn);
}

function removal(objectId: string, resourceId: number | null, entry: LedgerEntry, otherwise: Why): Change {
  if (entry.wanted === 'out' && entry.state === 'done')
    return change(objectId, resourceId, undefined, 'foreign');
  return change(objectId, resourceId, entry.wanted === 'out' ? entry : undefined, otherwise);
}

/** Plans hold them by the hundred thousand, so they are all made here, in one shape and small. */
function change(
  objectId: string,
  resourceId: number | null,
  open: LedgerEntry | undefined,
  otherwise: Why,
  maybeIn = false,
): Change {
  if (!open) return { objectId, resourceId, why: otherwise, attempts: 0, maybeIn, decided: false };
  const why: Why = open.state === 'pending' ? 'resumed' : 'retry';
  return { objectId, resourceId, why, attempts: open.attempts, maybeIn, decided: true };
}
