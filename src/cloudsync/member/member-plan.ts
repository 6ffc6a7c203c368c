import type { LedgerEntry } from '../plan.ts';
import type { MemberObject } from './member-reading.ts';

// What pushing one member through does with one object. Pure.

/** What is to be done with an object, or why nothing is. */
export type MemberAction =
  | { do: 'add' | 'remove'; why: string }
  /** It is as it should be without Rollcall having done it: only to be noted. */
  | { do: 'adopt'; why: string }
  | { do: 'nothing'; why: string }
  | { do: 'held'; why: string };

/**
 * Whether Entra's list of members may tell that an object which is wanted is there already. What was sent lately or has
 * no answer may not show in it yet; where that is another change than to put the object in, it is not believed.
 */
export function listDecides({ wanted, entry, undone }: MemberObject): boolean {
  // When an undo took it out is in the record of that, not in the ledger: the list may still show it.
  return wanted && !undone && (!entry || isConfirmed(entry) || !(entry.recent || entry.state === 'pending'));
}

/**
 * Decides about one object as an incremental run would, except that who is wanted is put in also after somebody has
 * taken it out in Entra: whoever pushes a member by hand wants to see it in the group. What is so already is not sent.
 * @param listed Entra lists it as a member; asked only where `listDecides`
 * @param kept how many members Rollcall keeps in the group
 * @param wantsAny whether the collections want anybody in it
 */
export function memberAction(
  object: MemberObject,
  { listed, kept, wantsAny }: { listed: boolean; kept: number; wantsAny: boolean },
): MemberAction {
  const { current, wanted, entry, held } = object;
  if (wanted) {
    if (!listed || !listDecides(object)) return { do: 'add', why: 'Put into the group' };
    const isKnown = entry !== undefined && isConfirmed(entry);
    return { do: isKnown ? 'nothing' : 'adopt', why: 'Nothing: it is a member already' };
  }
  if (!entry || (entry.wanted === 'out' && entry.state === 'done')) {
    return { do: 'nothing', why: 'Nothing: no collection wants it there, and Rollcall has not put it there' };
  }
  if (entry.wanted === 'in' && entry.state === 'failed' && !entry.maybeIn) {
    return { do: 'nothing', why: 'Nothing: no collection wants it there, and it never got in' };
  }
  const decided = entry.wanted === 'out';
  if (held && !decided)
    return { do: 'held', why: 'Its removal is part of a plan that is held or was refused' };
  if (!decided && !wantsAny && kept <= 1) {
    return {
      do: 'held',
      why: 'It is the last member that Rollcall keeps in the group, which would be emptied',
    };
  }
  return {
    do: 'remove',
    why: current ? 'Take out of the group' : 'Take the object that it was before out of the group',
  };
}

function isConfirmed({ wanted, state }: LedgerEntry): boolean {
  return wanted === 'in' && state === 'done';
}
