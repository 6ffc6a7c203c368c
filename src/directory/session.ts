import type { Dispatcher } from 'undici';
import { type Clock, systemClock } from '../base/index.ts';
import { type DirectoryLog, Transport, type TransportOptions } from './graph/transport.ts';
import { openConnections } from './http/dispatcher.ts';
import type { Governor } from './rate/governor.ts';
import { Governors } from './rate/governors.ts';
import { limitsOf, type TenantSize } from './rate/limits.ts';
import { type SignIn, signInOf } from './signin/sign-in.ts';
import { TokenCache } from './signin/token-cache.ts';
import { type TokenClaims, tokenClaims } from './signin/token-claims.ts';
import type { Secrets } from './tenant/secrets.ts';
import type { Tenant } from './tenant/tenant.ts';

/** What may be given when a directory is opened; the defaults are the machine's own. */
export interface DirectoryOptions {
  clock?: Clock;
  /** In [0, 1): spreads delays. */
  random?: () => number;
  /** Connections of one's own; they are not closed with the directory. */
  dispatcher?: Dispatcher;
  /** Where HTTPS_PROXY and NO_PROXY are read. */
  env?: Readonly<Record<string, string | undefined>>;
  log?: DirectoryLog;
  /** Number of users in the tenant, for the read quota; 'small' is always safe. */
  tenantSize?: TenantSize;
  /** Where the rates of apps are kept, when directories are opened more than once; else it is one of its own. */
  governors?: Governors;
  /** Signs in some other way than with the stored credential. */
  signIn?: SignIn;
}

/** One tenant's connections, token, rate and transport, put together. */
export interface Session {
  tenant: Tenant;
  clock: Clock;
  dispatcher: Dispatcher;
  token: TokenCache;
  governor: Governor;
  transport: Transport;
  /** The same session with a transport, and so with counters, of its own. */
  withOwnTransport(): Session;
  /** Signs in where needed and reads the token. @throws Problem when Entra refuses */
  claims(): Promise<TokenClaims>;
  close(): Promise<void>;
}

/** Puts a session together. Nothing is sent, and the credential stays sealed, before the first request. */
export function openSession(tenant: Tenant, secrets: Secrets, options: DirectoryOptions): Session {
  const { clock = systemClock, random = Math.random, env = process.env } = options;
  const dispatcher = options.dispatcher ?? openConnections(tenant.ca, env);
  const signIn: SignIn =
    options.signIn ??
    (async signal =>
      await signInOf(tenant, tenant.credential.open(secrets), dispatcher, { clock, random })(signal));
  const token = new TokenCache(signIn, clock);
  const { governors = new Governors(clock, random) } = options;
  const governor = governors.of(tenant, limitsOf(tenant.quotaShare, options.tenantSize ?? 'small'));
  const transportOptions: TransportOptions = {
    graphUrl: tenant.graphUrl,
    dispatcher,
    token,
    governor,
    clock,
    random,
    ...(options.log ? { log: options.log } : {}),
  };
  const session: Session = {
    tenant,
    clock,
    dispatcher,
    token,
    governor,
    transport: new Transport(transportOptions),
    withOwnTransport: () => ({ ...session, transport: new Transport(transportOptions) }),
    claims: async () => tokenClaims(await token.get()),
    close: async () => {
      if (!options.dispatcher) await dispatcher.close();
    },
  };
  return session;
}
