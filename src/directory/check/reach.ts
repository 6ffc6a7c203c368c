import { exchange } from '../http/exchange.ts';
import { networkFailure } from '../http/network-problem.ts';
import type { Session } from '../session.ts';
import { signInProblem } from '../signin/problems.ts';
import { fail, pass, type TenantCheck, warn } from './types.ts';

/** Entra refuses signed assertions and fresh tokens when clocks differ by more than five minutes. */
const failSkewMs = 5 * 60_000;
const warnSkewMs = 60_000;

/** Whether sign-in host and Graph host answer over TLS that is trusted, and whether the clocks agree. */
export async function checkReach(session: Session): Promise<TenantCheck[]> {
  const { tenant } = session;
  const known = `${tenant.loginUrl}/${encodeURIComponent(tenant.tenantId)}/v2.0/.well-known/openid-configuration`;
  const login = await checkHost(session, 'login-host', known);
  const graph = await checkHost(session, 'graph-host', `${tenant.graphUrl}/v1.0/`);
  const date = login.date ?? graph.date;
  const clock = date === null ? [] : [checkClock(date.server, date.local)];
  return [login.check, graph.check, ...clock];
}

interface Reached {
  check: TenantCheck;
  /** The host's Date header and our time when it came (milliseconds since 1970). */
  date: { server: number; local: number } | null;
}

async function checkHost(session: Session, name: string, url: string): Promise<Reached> {
  const { host } = new URL(url);
  try {
    const request = { method: 'GET', url, headers: { accept: 'application/json' } } as const;
    const answer = await exchange(session.dispatcher, request);
    const server = Date.parse(answer.headers.date ?? '');
    const date = Number.isNaN(server) ? null : { server, local: session.clock.now().getTime() };
    if (answer.status >= 400 && answer.text.includes('AADSTS')) {
      const problem = signInProblem(answer.text, null);
      return { check: fail(name, `${host} answers: ${problem.message}`, problem.hint), date };
    }
    if (answer.status >= 500) {
      const advice = 'Wait and try again; if it goes on, look at the service health of Microsoft Entra.';
      return { check: fail(name, `${host} answers with the error ${answer.status}.`, advice), date };
    }
    return { check: pass(name, `${host} answers over TLS that this machine trusts.`), date };
  } catch (error) {
    const { problem } = networkFailure(error, url);
    return { check: fail(name, problem.message, problem.hint), date: null };
  }
}

/** Compares the clocks. The Date header has whole seconds. */
function checkClock(server: number, local: number): TenantCheck {
  const skew = local - server;
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) < warnSkewMs) return pass('clock', 'The clock of this machine agrees with Entra’s.');
  const seen = `The clock of this machine is ${seconds} seconds ${skew > 0 ? 'ahead of' : 'behind'} Entra’s.`;
  const advice = 'Set the clock of this machine by NTP: tokens and certificates are valid by the clock.';
  return Math.abs(skew) < failSkewMs ? warn('clock', seen, advice) : fail('clock', seen, advice);
}
