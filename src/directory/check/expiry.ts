import { z } from 'zod';
import { parseAnswer } from '../graph/paging.ts';
import type { Session } from '../session.ts';
import type { CredentialKind } from '../tenant/credential.ts';
import type { Expiry } from '../tenant/expiry-store.ts';
import { certificateExpiry } from '../tenant/prepare.ts';
import type { Secrets } from '../tenant/secrets.ts';

const applicationShape = z.object({
  passwordCredentials: z
    .array(z.object({ hint: z.string().nullish(), endDateTime: z.string().nullish() }))
    .nullish(),
});

/**
 * When the secret or certificate of a tenant ends. A certificate tells itself; a secret's end stands with the app
 * registration, which Application.Read.All may read.
 * @throws Problem when Graph can not be reached
 */
export async function credentialExpiry(session: Session, secrets: Secrets): Promise<Expiry> {
  const { tenant, transport } = session;
  const credential = tenant.credential.open(secrets);
  if (credential.kind === 'certificate') return { kind: 'at', at: certificateExpiry(credential.pem) };
  if (credential.kind !== 'client-secret') return { kind: 'never' };
  const target = `/applications(appId='${tenant.clientId}')?$select=passwordCredentials`;
  const answer = await transport.send({ method: 'GET', target });
  if (answer.status >= 400) return { kind: 'unknown' };
  const application = parseAnswer(applicationShape, answer.body, 'the app registration');
  return secretExpiry(application.passwordCredentials ?? [], credential.secret);
}

/** The end of the secret in use: Entra shows the first three characters of each as its hint. */
function secretExpiry(
  passwords: { hint?: string | null | undefined; endDateTime?: string | null | undefined }[],
  secret: string,
): Expiry {
  const ours = passwords.filter(p => p.hint && secret.startsWith(p.hint));
  const ends = (ours.length > 0 ? ours : passwords)
    .map(p => Date.parse(p.endDateTime ?? ''))
    .filter(time => !Number.isNaN(time));
  return ends.length === 0 ? { kind: 'unknown' } : { kind: 'at', at: new Date(Math.max(...ends)) };
}

const dayMs = 86_400_000;
/** A secret that ends over a weekend is noticed before. */
const warnDays = 30;

/** What is to be said of a credential that has ended, or ends within 30 days; null where there is nothing to say. */
export function expiryWarning(
  kind: CredentialKind,
  at: Date,
  now: Date,
): { ended: boolean; message: string; hint: string } | null {
  const days = Math.floor((at.getTime() - now.getTime()) / dayMs);
  if (days > warnDays) return null;
  const what = kind === 'certificate' ? 'certificate' : 'client secret';
  const date = at.toISOString().slice(0, 10);
  const option = kind === 'certificate' ? '--certificate FILE' : '--client-secret-file FILE';
  const ended = at <= now;
  return {
    ended,
    message: ended
      ? `The ${what} ended on ${date}.`
      : `The ${what} ends ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`}, on ${date}.`,
    hint: `Make a new ${what} under App registrations > Certificates & secrets and give it with "tenant set ${option}": Rollcall takes it up without a stop.`,
  };
}
