import { z } from 'zod';
import { parseAnswer } from '../graph/paging.ts';
import type { Session } from '../session.ts';
import { certificateExpiry } from '../tenant/prepare.ts';
import type { Secrets } from '../tenant/secrets.ts';

/** When a credential ends. `never`: it has no end of its own; `unknown`: the app may not read it. */
export type Expiry = { kind: 'at'; at: Date } | { kind: 'never' } | { kind: 'unknown' };

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
