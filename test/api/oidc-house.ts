import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { makeCertificates } from '../../emulator/certificate.ts';

/** Somebody whom the provider knows. */
export type Person = { sub: string } & Record<string, unknown>;

export const clientId = 'rollcall';
export const clientSecret = 'a secret that only the two of them know';

/**
 * A real OpenID Connect provider on loopback, with a certificate of an authority of its own. Whoever comes is signed
 * in as `person` without being asked.
 */
export async function startProvider(redirectUri: string) {
  const { caPem, certPem, keyPem } = makeCertificates(['127.0.0.1', 'localhost']);
  const state: { person: Person; denies: boolean } = { person: { sub: 'ann' }, denies: false };
  let handle = (_: IncomingMessage, answer: ServerResponse) => {
    answer.end();
  };
  const server = createServer({ cert: certPem, key: keyPem }, (request, answer) => handle(request, answer));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ ...state.person, sub: id }) }),
  });
  const callback = provider.callback();
  handle = (request, answer) => {
    if (request.url?.startsWith('/interaction/')) {
      interact(provider, state, request, answer).catch(error => answer.destroy(error));
    } else callback(request, answer);
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  return { issuer, caPem, state };
}

async function interact(
  provider: Provider,
  { person, denies }: { person: Person; denies: boolean },
  request: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  if (denies) {
    await provider.interactionFinished(request, answer, { error: 'access_denied' });
    return;
  }
  const { params } = await provider.interactionDetails(request, answer);
  const grant = new provider.Grant({ accountId: person.sub, clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile email');
  await provider.interactionFinished(request, answer, {
    login: { accountId: person.sub },
    consent: { grantId: await grant.save() },
  });
}
