import { Problem } from '../../base/index.ts';

/**
 * What a broken connection means for the request on it.
 * - `not-sent`: it never reached the server, so sending it again is safe and soon of use
 * - `unknown`: it may or may not have been carried out
 * - `hopeless`: sending again will not help before somebody changes something (DNS, TLS, address)
 */
export type NetworkOutcome = 'not-sent' | 'unknown' | 'hopeless';

interface Meaning {
  outcome: NetworkOutcome;
  code: string;
  message: (host: string) => string;
  hint: string;
}

const unreachable = 'Check the address, the network, the firewall and the proxy (HTTPS_PROXY, NO_PROXY).';
const otherAuthority =
  'If a company proxy or a private cloud signs with its own authority, give its certificate (--ca-file; in the console: Certificate authority).';

/** Codes of Node and undici, and of OpenSSL's certificate checks. */
const meanings: Record<string, Meaning> = {
  ENOTFOUND: {
    outcome: 'hopeless',
    code: 'host-unknown',
    message: host => `The host ${host} is unknown.`,
    hint: 'Check the spelling of the address, the cloud chosen, and the name service (DNS).',
  },
  ECONNREFUSED: {
    outcome: 'not-sent',
    code: 'host-unreachable',
    message: host => `${host} refuses connections.`,
    hint: unreachable,
  },
  ...each(['EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'EADDRNOTAVAIL'], {
    outcome: 'not-sent',
    code: 'host-unreachable',
    message: host => `${host} can not be reached.`,
    hint: unreachable,
  }),
  ...each(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'], {
    outcome: 'not-sent',
    code: 'host-unreachable',
    message: host => `${host} does not answer to a connection.`,
    hint: unreachable,
  }),
  ...each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'], {
    outcome: 'unknown',
    code: 'host-timeout',
    message: host => `${host} took too long to answer.`,
    hint: 'Rollcall tries again by itself; if it goes on, look at the service health of Microsoft Graph.',
  }),
  ...each(
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_UNTRUSTED',
    ],
    {
      outcome: 'hopeless',
      code: 'tls-untrusted',
      message: host =>
        `The certificate of ${host} is signed by an authority that this machine does not trust.`,
      hint: otherAuthority,
    },
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: {
    outcome: 'hopeless',
    code: 'tls-wrong-host',
    message: host => `The certificate of ${host} is made out to another name.`,
    hint: 'Check the address; if a proxy answers in its place, check HTTPS_PROXY.',
  },
  ...each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'], {
    outcome: 'hopeless',
    code: 'tls-expired',
    message: host => `The certificate of ${host} is not valid at this machine's time.`,
    hint: 'Check the clock of this machine; if it is right, the host needs a new certificate.',
  }),
};

const reset: Meaning = {
  outcome: 'unknown',
  code: 'connection-lost',
  message: host => `The connection to ${host} was lost.`,
  hint: 'Rollcall tries again by itself; if it goes on, check the network between here and Entra.',
};

const otherTls: Meaning = {
  outcome: 'hopeless',
  code: 'tls-failed',
  message: host => `No secure connection to ${host} could be made.`,
  hint: 'Check that the address is one of https and that TLS 1.2 or newer is spoken there.',
};

/** A request that got no answer: what that means, and the problem to tell if it stays so. */
export interface NetworkFailure {
  outcome: NetworkOutcome;
  problem: Problem;
}

/** Reads what undici threw. Everything unknown is taken as a lost connection: it may have been carried out. */
export function networkFailure(error: unknown, url: string): NetworkFailure {
  const code = codeOf(error);
  const isTls = code !== undefined && /^(ERR_SSL|ERR_TLS|EPROTO|CERT_)/.test(code);
  const meaning = (code === undefined ? undefined : meanings[code]) ?? (isTls ? otherTls : reset);
  const problem = new Problem('upstream', meaning.code, meaning.message(new URL(url).host), meaning.hint, {
    cause: error,
  });
  return { outcome: meaning.outcome, problem };
}

/** The code of an error or of what caused it: undici and AggregateError wrap the system's own. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code in meanings) return error.code;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return codeOf(inner, depth + 1) ?? own;
}

function each(codes: string[], meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(codes.map(code => [code, meaning]));
}
