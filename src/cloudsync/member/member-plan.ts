import type { MemberObject } from './member-reading.ts';

// What pushing one member through does with one object. Pure.

/** What is to be done with an object, or why nothing is. */
export type MemberAction =
  | { do: 'add' | 'remove'; why: string }
  | { do: 'nothing'; why: string }
  | { do: 'held'; why: string };

/**
 * Decides about one object as an incremental run would, except that who is wanted is sent in any case: whoever pushes
 * a member by hand wants to see it in the group, also after somebody has taken it out in Entra.
 * @param kept how many members Rollcall keeps in the group
 * @param wantsAny whether the collections want anybody in it
 */
export function memberAction(
  { current, wanted, entry, held }: MemberObject,
  { kept, wantsAny }: { kept: number; wantsAny: boolean },
): MemberAction {
  if (wanted) {
    if (entry?.wanted === 'in' && entry.state === 'done') {
      return { do: 'add', why: 'Put into the group, should it not be there any more' };
    }
    return { do: 'add', why: 'Put into the group' };
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
