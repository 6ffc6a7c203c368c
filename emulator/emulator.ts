import { randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificates } from './certificate.ts';
import { createControl } from './control.ts';
import { Faults } from './faults.ts';
import { GraphPipeline } from './graph/pipeline.ts';
import { type Counters, RequestLog } from './log.ts';
import { LoginEndpoint } from './login/endpoint.ts';
import { createTokenIssuer } from './login/tokens.ts';
import { createListener } from './server.ts';
import { createKeeper, readStateFile } from './state-file.ts';
import type { App, AppInput } from './tenant/apps.ts';
import { Tenant, type TenantInput } from './tenant/tenant.ts';
import { documentedQuotas, type Quotas, Throttle } from './throttle.ts';
import { type EmulatorClock, emulatedTime } from './time.ts';

/** How an emulator is started; nothing is required. */
export interface EmulatorOptions extends TenantInput {
  /** 0 or absent: any free port. */
  port?: number;
  /** The address to listen on; 127.0.0.1 unless told otherwise. */
  host?: string;
  /** App registrations; by default one, called Rollcall, with a secret and the usual permissions. */
  apps?: readonly AppInput[];
  /** Where the time is read; the machine's clock by default. */
  clock?: EmulatorClock;
  /** How many times faster documented durations pass: quota windows, staleness, life of delta links. 1 by default. */
  speed?: number;
  /** The documented quotas, some of one's own, or false for none. */
  throttling?: false | Partial<Quotas>;
  /** So many writes to one group at one time, then 503; no limit by default, for Microsoft states none. */
  maxGroupWrites?: number;
  /** Milliseconds by which lists of members lag behind writes; 0 by default. */
  staleMembersMs?: number;
  /** For how many milliseconds delta queries lag behind; default 0. */
  staleDeltaMs?: number;
  /** How many members a page of a list holds at most: Graph may give fewer than were asked for. Default 999. */
  memberPageSize?: number;
  /** The life of access tokens in seconds; 3599 by default. */
  tokenLifeSeconds?: number;
  /** The life of delta links in milliseconds; 7 days by default. */
  deltaLifeMs?: number;
  /** Objects on a page of a delta query; 200 by default. */
  deltaPageSize?: number;
  /** Milliseconds that every request takes; 0 by default. */
  latencyMs?: number;
  /**
   * Where the tenant is kept: read at the start where the file exists (then tenant and apps are those of the file),
   * written every few seconds after a change and at the end.
   */
  stateFile?: string;
}

/** A running emulator. */
export interface Emulator {
  /** The authority host: `https://127.0.0.1:<port>`. */
  readonly loginUrl: string;
  /** The address of Graph without `/v1.0`. */
  readonly graphUrl: string;
  /** The authority that signed its certificate, for clients to trust. */
  readonly caPem: string;
  readonly tenant: Tenant;
  /** The first app registration: what a client signs in with. */
  readonly app: App;
  /** Tenant, client id and secret of the first app. */
  readonly credentials: { tenantId: string; clientId: string; clientSecret: string };
  /** What a workload with a managed identity (the first app) finds in its environment. */
  readonly managedIdentity: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly counters: Counters;
  /** Device-code sign-ins that wait for a user. */
  readonly deviceCodes: LoginEndpoint['deviceCodes'];
  /** Writes the tenant to the state file now, or to another file. */
  save(file?: string): Promise<void>;
  /** Ends it: open connections are cut, the state is written where it has a file. */
  close(): Promise<void>;
}

/** Starts an emulated Entra tenant: token endpoint and Microsoft Graph over HTTPS on one port. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const time = emulatedTime(options.clock ?? { now: () => new Date() }, options.speed ?? 1);
  const host = options.host ?? '127.0.0.1';
  const saved = options.stateFile === undefined ? null : await readStateFile(options.stateFile);
  const tenant = new Tenant(saved?.tenant.head ?? options, time);
  if (saved) tenant.restore(saved.tenant);
  else for (const app of options.apps ?? [{}]) tenant.addApp(app);
  const [app] = tenant.apps.values();
  if (!app) throw new RangeError('an emulated tenant needs at least one app');
  const certificates =
    saved?.certificates ?? makeCertificates([...new Set(['localhost', '127.0.0.1', '::1', host])]);
  let base = '';
  const log = new RequestLog();
  const faults = new Faults();
  const tokens = createTokenIssuer();
  const users = () => tenant.directory.ids('user').size;
  const quotas = { ...documentedQuotas, ...(options.throttling || {}) };
  const pipeline = new GraphPipeline({
    tenant,
    time,
    tokens,
    faults,
    log,
    throttle: options.throttling === false ? null : new Throttle(quotas, tenant.id, users, time),
    limits: {
      groupWrites: options.maxGroupWrites ?? Number.POSITIVE_INFINITY,
      staleMs: time.lasts(options.staleMembersMs ?? 0),
      staleDeltaMs: time.lasts(options.staleDeltaMs ?? 0),
      memberPageSize: options.memberPageSize ?? 999,
      deltaLifeMs: time.lasts(options.deltaLifeMs ?? 7 * 86_400_000),
      deltaPageSize: options.deltaPageSize ?? 200,
      latencyMs: options.latencyMs ?? 0,
    },
    graphUrl: () => base,
  });
  const identityHeader = randomUUID();
  const login = new LoginEndpoint({
    tenant,
    tokens,
    time,
    loginUrl: () => base,
    graphUrl: () => base,
    tokenLifeSeconds: options.tokenLifeSeconds ?? 3599,
    identityHeader,
  });
  const credentials = { tenantId: tenant.id, clientId: app.appId, clientSecret: app.secrets[0]?.value ?? '' };
  const connection = () => ({ ...credentials, loginUrl: base, graphUrl: base, caPem: certificates.caPem });
  const keeper = createKeeper(
    options.stateFile,
    () => ({ tenant: tenant.state(), certificates }),
    () => tenant.directory.edition,
  );
  const control = createControl({ tenant, faults, log, login, connection, save: () => keeper.save() });
  const listener = createListener({ pipeline, login, control });
  const server = createServer(
    { key: certificates.keyPem, cert: certificates.certPem },
    (request, response) => {
      void listener(request, response);
    },
  );
  // A client that keeps a connection must not find it closed just as it sends: as long as front doors do.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  keeper.start();
  const { port } = server.address() as AddressInfo;
  base = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    loginUrl: base,
    graphUrl: base,
    caPem: certificates.caPem,
    tenant,
    app,
    credentials,
    managedIdentity: { IDENTITY_ENDPOINT: `${base}/msi/token`, IDENTITY_HEADER: identityHeader },
    faults,
    log,
    counters: log.counters,
    deviceCodes: login.deviceCodes,
    save: file => keeper.save(file),
    async close() {
      await new Promise<void>((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      await keeper.close();
    },
  };
}
