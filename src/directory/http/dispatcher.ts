import { createSecureContext, getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

const connectTimeoutMs = 10_000;
/** A batch may take long: its parts run one by one when Graph is busy. */
const headersTimeoutMs = 100_000;
const bodyTimeoutMs = 60_000;
const keepAliveMs = 60_000;
const connectionsPerHost = 32;

/** A proxy can't reach this machine's own addresses, nor the one where Azure keeps managed identities. */
const neverProxied = ['localhost', '127.0.0.1', '::1', '169.254.169.254'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The connections to one tenant's hosts, for sign-in and Graph alike: kept alive, with time limits, through the proxy
 * that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name.
 * @param ca PEM of certificate authorities trusted besides the machine's own
 */
export function openConnections(ca: string | null, env: Environment): Dispatcher {
  const tls = ca === null ? {} : { secureContext: createSecureContext({ ca: trustedWith(ca) }) };
  const options: Agent.Options = {
    connect: { ...tls, timeout: connectTimeoutMs },
    connections: connectionsPerHost,
    headersTimeout: headersTimeoutMs,
    bodyTimeout: bodyTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    // Resets are told apart from refusals by what was sent on a connection of HTTP/1.1.
    allowH2: false,
  };
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY ?? '';
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY ?? '';
  if (httpProxy === '' && httpsProxy === '') return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy,
    httpsProxy,
    noProxy: [env.no_proxy ?? env.NO_PROXY ?? '', ...neverProxied].join(','),
    requestTls: { ...tls, timeout: connectTimeoutMs },
    proxyTls: { ...tls, timeout: connectTimeoutMs },
  });
}

/** The machine's authorities (NODE_EXTRA_CA_CERTS included) and the extra ones. */
function trustedWith(ca: string): string[] {
  return [...getCACertificates('default'), ca];
}
