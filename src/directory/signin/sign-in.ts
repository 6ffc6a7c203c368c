import { readFile } from 'node:fs/promises';
import type { TokenCredential } from '@azure/identity';
import type { Dispatcher } from 'undici';
import { type Clock, Problem } from '../../base/index.ts';
import { backoff, failureOf } from '../http/retry.ts';
import type { Credential } from '../tenant/credential.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { identityClient, type SignInTrace } from './identity-client.ts';
import { platformClient } from './platform.ts';
import { causedByProblem, signInProblemOf } from './problems.ts';

/** An access token for Graph. Never logged. */
export interface AccessToken {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Signs in once and gives a fresh token. @throws Problem saying what Entra or the network refused */
export type SignIn = (signal?: AbortSignal) => Promise<AccessToken>;

const attempts = 3;

/** Makes the sign-in of a tenant with its credential. @azure/identity is loaded at the first use: it is heavy. */
export function signInOf(
  tenant: Tenant,
  credential: Credential,
  dispatcher: Dispatcher,
  options: { clock: Clock; random: () => number },
): SignIn {
  const scope = `${tenant.graphUrl}/.default`;
  return async signal => {
    for (let attempt = 1; ; attempt++) {
      const trace = traceOf(credential);
      try {
        // A new credential object each time: the library keeps tokens by itself, and a token that Graph has refused
        // must not come back from there.
        const source = await credentialSource(tenant, credential, dispatcher, trace);
        const got = await source.getToken(scope, signal ? { abortSignal: signal } : {});
        if (got) return { token: got.token, expiresAt: got.expiresOnTimestamp };
        throw new Error('no token came');
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt >= attempts || !mayHeal(trace)) throw problemOf(error, credential, trace);
        await options.clock.sleep(backoff(attempt, options.random()), signal);
      }
    }
  };
}

async function credentialSource(
  tenant: Tenant,
  credential: Credential,
  dispatcher: Dispatcher,
  trace: SignInTrace,
): Promise<TokenCredential> {
  const identity = await import('@azure/identity');
  const httpClient = identityClient(dispatcher, trace);
  const options = {
    httpClient,
    retryOptions: { maxRetries: 0 },
    authorityHost: tenant.loginUrl,
    // A private cloud is not in Microsoft's list of authorities, and need not reach the public one to ask.
    disableInstanceDiscovery: tenant.cloud === 'custom',
  };
  const { tenantId, clientId } = tenant;
  switch (credential.kind) {
    case 'client-secret':
      return new identity.ClientSecretCredential(tenantId, clientId, credential.secret, options);
    case 'certificate':
      return new identity.ClientCertificateCredential(
        tenantId,
        clientId,
        { certificate: credential.pem },
        { ...options, sendCertificateChain: true },
      );
    case 'federated-token-file':
      return new identity.ClientAssertionCredential(
        tenantId,
        clientId,
        () => readToken(credential.file),
        options,
      );
    case 'managed-identity': {
      const shared = { httpClient: platformClient().httpClient, retryOptions: { maxRetries: 0 } };
      return new identity.ManagedIdentityCredential(
        credential.systemAssigned ? shared : { ...shared, clientId },
      );
    }
  }
}

/** The federated token as it is now: whoever issues it renews the file. */
async function readToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(cause => {
    throw tokenFileProblem(`The federated token file ${file} can not be read.`, cause);
  });
  const token = text.trim();
  if (token === '') throw tokenFileProblem(`The federated token file ${file} is empty.`);
  // Whoever may set the path must not be able to send any other file of this machine away.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    throw tokenFileProblem(`The file ${file} holds no token (JWT).`);
  return token;
}

function tokenFileProblem(message: string, cause?: unknown): Problem {
  return new Problem(
    'upstream',
    'token-file-unreadable',
    message,
    'Check the path and that the account of the server may read the file.',
    cause === undefined ? undefined : { cause },
  );
}

function mayHeal(trace: SignInTrace): boolean {
  if (trace.problem) {
    return !/^(host-unknown|tls-)/.test(trace.problem.code);
  }
  return trace.status !== null && failureOf(trace.status, null) !== null;
}

function problemOf(error: unknown, credential: Credential, trace: SignInTrace): Problem {
  const isPlatforms = credential.kind === 'managed-identity' && !trace.errorText?.includes('AADSTS');
  return isPlatforms && !causedByProblem(error)
    ? noManagedIdentity(error, trace)
    : signInProblemOf(error, trace);
}

function noManagedIdentity(error: unknown, trace: SignInTrace): Problem {
  const answered = trace.status !== null && trace.problem === null;
  return new Problem(
    'upstream',
    'no-managed-identity',
    answered
      ? `The platform refuses a token for the managed identity (status ${trace.status}).`
      : 'No managed identity answers on this machine.',
    'Run Rollcall where Azure gives it a managed identity, check its client id, or use another credential.',
    { cause: error },
  );
}

function traceOf(credential: Credential): SignInTrace {
  const trace = credential.kind === 'managed-identity' ? platformClient().trace : emptyTrace();
  return Object.assign(trace, emptyTrace());
}

function emptyTrace(): SignInTrace {
  return { problem: null, status: null, errorText: null };
}
