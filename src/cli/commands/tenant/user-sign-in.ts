import type { EntraSignIn } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import type { Context } from '../../session.ts';

/** How long one question about a sign-in waits for its end, in seconds. */
const askForSeconds = 20;

/**
 * Does something as a user who signs in to Entra by device code: shows the code, waits until it was typed, and forgets
 * the sign-in afterwards. Without `wanted`, does it as the app.
 * @throws Problem of the sign-in
 */
export async function asUser<T>(
  context: Context,
  { tenant, signIn: wanted }: { tenant?: string; signIn?: boolean },
  work: (signIn: string | undefined) => Promise<T>,
): Promise<T> {
  if (!wanted) return await work(undefined);
  const { client, signal, terminal } = context;
  const started = await client.call('startSignIn', { body: { tenant } }, signal);
  try {
    terminal.stderr.write(`${started.message}\n`);
    const { user } = await ended(context, started);
    terminal.stderr.write(`Signed in${user === null ? '' : ` as ${user}`}.\n`);
    return await work(started.id);
  } finally {
    await client.call('endSignIn', { params: { id: started.id } });
  }
}

async function ended({ client, signal }: Context, started: EntraSignIn): Promise<EntraSignIn> {
  let now = started;
  while (now.state === 'waiting') {
    now = await client.call('getSignIn', { params: { id: now.id }, query: { wait: askForSeconds } }, signal);
  }
  const { problem } = now;
  if (problem) throw new Problem(problem.kind, problem.code, problem.message, problem.hint);
  return now;
}
