/** One prerequisite of a tenant: whether it holds, what was seen, and what to do where it does not. */
export interface TenantCheck {
  /** Stable name of the check: `login-host`, `sign-in` … */
  check: string;
  verdict: 'pass' | 'warn' | 'fail';
  seen: string;
  /** Null where there is nothing to do. */
  advice: string | null;
}

export function pass(check: string, seen: string): TenantCheck {
  return { check, verdict: 'pass', seen, advice: null };
}

export function warn(check: string, seen: string, advice: string): TenantCheck {
  return { check, verdict: 'warn', seen, advice };
}

export function fail(check: string, seen: string, advice: string): TenantCheck {
  return { check, verdict: 'fail', seen, advice };
}
