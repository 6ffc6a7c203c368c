import type { Role } from '../contract/index.ts';

/** Who sends a request. */
export interface Identity {
  /** How it is named in jobs, in the history and in the audit log. */
  name: string;
  role: Role;
  accountId: number | null;
  tokenId: number | null;
  /** The session of the browser; null for a bearer token. */
  session: { id: number; expiresAt: string } | null;
  /**
   * What it is limited to: it sees a collection only when that is, or is limited to, one of the numbers in each list.
   * No list: no limit.
   */
  limits: readonly (readonly number[])[];
}
