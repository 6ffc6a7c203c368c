import { Agent } from 'undici';
import { identityClient, type SignInTrace } from './identity-client.ts';

// Where Azure gives tokens to machines and apps (managed identities): an address of the platform itself, reached
// without a proxy. The identity library keeps the first client that it was given for the whole life of the process,
// so this one is made once and never closed.

const trace: SignInTrace = { problem: null, status: null, errorText: null };
let client: ReturnType<typeof identityClient> | null = null;

/** The client for the platform's token endpoint, and the trace of what it saw last. */
export function platformClient(): { httpClient: ReturnType<typeof identityClient>; trace: SignInTrace } {
  client ??= identityClient(new Agent({ connect: { timeout: 5_000 } }), trace);
  return { httpClient: client, trace };
}
