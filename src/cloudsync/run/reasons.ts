import type { FailureKind, MemberOutcome } from '../ports.ts';

/** What a failed member shows: what happened, in our words and Graph's, and what to do. */
export interface Reason {
  reason: string;
  hint: string;
}

const words: Record<FailureKind, Reason> = {
  gone: {
    reason: 'Entra has no such object any more.',
    hint: 'Run discovery. If the device or user is gone from Entra, it will show as Not in Entra; if it comes back, it joins by itself.',
  },
  forbidden: {
    reason: 'The application may not change this member.',
    hint: 'Make the application an owner of the group or grant it GroupMember.ReadWrite.All (for devices Device.ReadWrite.All also), then run cloud-sync run --full.',
  },
  invalid: {
    reason: 'Entra refuses this object as a member of this group.',
    hint: 'Check that the kind of group takes this kind of member: Microsoft 365 groups take users only.',
  },
  throttled: {
    reason: 'Entra is taking no more requests for now.',
    hint: 'Nothing to do: it is tried again by itself.',
  },
  unavailable: {
    reason: 'Entra did not answer in time.',
    hint: 'Nothing to do: it is tried again by itself. If it goes on, look at the service health of Microsoft 365.',
  },
  unknown: {
    reason: 'Entra refused the change for a reason that Rollcall does not know.',
    hint: 'Look at what Graph says; it is tried again by itself.',
  },
};

/** Our words, Graph's words and what to do for a member that failed. */
export function reasonOf(outcome: Extract<MemberOutcome, { outcome: 'failed' }>): Reason {
  const { reason, hint } = words[outcome.kind];
  return { reason: outcome.message ? `${reason} Graph says: ${outcome.message}` : reason, hint };
}
