import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Faults } from './faults.ts';
import type { RequestLog } from './log.ts';
import type { LoginEndpoint } from './login/endpoint.ts';
import type { Tenant } from './tenant/tenant.ts';

/** What the control API reaches. */
export interface ControlParts {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly login: LoginEndpoint;
  /** What a client needs to know to connect. */
  readonly connection: () => Record<string, unknown>;
  /** Writes the state to its file, if it has one. */
  readonly save: () => Promise<void>;
}

/** Answers the control API. */
export interface Control {
  answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void>;
}

const headers = z.record(z.string(), z.string()).optional();

const faultInput = z.object({
  method: z.string().optional(),
  /** A regular expression. */
  path: z.string().optional(),
  where: z.enum(['batch', 'call', 'any']).optional(),
  body: z.string().optional(),
  times: z.number().int().min(1).optional(),
  skip: z.number().int().min(0).optional(),
  action: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('status'),
      status: z.number().int(),
      code: z.string().optional(),
      message: z.string().optional(),
      headers,
      body: z.unknown().optional(),
    }),
    z.object({ kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
    z.object({ kind: z.literal('delay'), ms: z.number().min(0) }),
    z.object({ kind: z.literal('hang'), apply: z.boolean() }),
    z.object({ kind: z.literal('drop'), apply: z.boolean() }),
    z.object({ kind: z.literal('shuffle') }),
    z.object({ kind: z.literal('expire-token') }),
    z.object({ kind: z.literal('truncate') }),
  ]),
});

const properties = z.record(z.string(), z.unknown());
const oneOrMore = z.union([properties, z.array(properties)]);

/** A wrong use of the control API: answered 400 or 404 with its words. */
class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The control API under /emulator: seeds and inspects the tenant, queues faults, reads the log. It is for the
 * machine it runs on: calls from elsewhere are refused.
 */
export function createControl(parts: ControlParts): Control {
  return {
    async answer(request, response, body) {
      const send = (status: number, value: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(value, null, 2)}\n`);
      };
      const from = request.socket.remoteAddress ?? '';
      if (!/^(?:127\.|::1$|::ffff:127\.)/.test(from)) {
        send(403, { error: 'The control API answers this machine only.' });
        return;
      }
      try {
        const url = new URL(request.url ?? '/', 'https://emulator');
        const path = url.pathname.split('/').filter(Boolean).slice(1).map(decodeURIComponent);
        const value = body === '' ? undefined : (JSON.parse(body) as unknown);
        send(200, await answerControl(parts, request.method ?? 'GET', path, url.searchParams, value));
      } catch (error) {
        const status = error instanceof ControlError ? error.status : 400;
        send(status, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
      }
    },
  };
}

async function answerControl(
  { tenant, faults, log, login, connection, save }: ControlParts,
  method: string,
  path: readonly string[],
  query: URLSearchParams,
  body: unknown,
): Promise<unknown> {
  const [place = '', id = '', third = '', fourth = ''] = path;
  switch (`${method} ${place}${path.length > 2 ? `/${third}` : ''}`) {
    case 'GET ':
    case 'GET connection':
      return connection();
    case 'POST users':
      return many(body, user => tenant.addUser(user));
    case 'POST devices':
      return many(body, device => tenant.addDevice(device));
    case 'POST groups':
      return many(body, group => tenant.addGroup(group));
    case 'POST apps':
      return many(body, app => tenant.addApp(app));
    case 'GET apps':
      return [...tenant.apps.values()];
    case 'GET groups': {
      const name = query.get('displayName');
      if (name !== null) return tenant.findGroup(name) ?? missing(`group ${name}`);
      return [...tenant.directory.ids('group')].map(group => ({
        ...tenant.object(group)?.properties,
        id: group,
      }));
    }
    case 'GET groups/members':
      return tenant.object(id) ? tenant.members(id) : missing(`group ${id}`);
    case 'GET groups/owners':
      return tenant.object(id) ? tenant.owners(id) : missing(`group ${id}`);
    case 'PUT groups/members':
      return { added: tenant.addMember(id, fourth) };
    case 'DELETE groups/members':
      return { removed: tenant.removeMember(id, fourth) };
    case 'PUT groups/owners':
      return { added: tenant.addOwner(id, fourth) };
    case 'DELETE groups/owners':
      return { removed: tenant.removeOwner(id, fourth) };
    case 'GET objects': {
      const object = tenant.object(id) ?? missing(`object ${id}`);
      return { ...object.properties, id: object.id, kind: object.kind };
    }
    case 'PATCH objects':
      tenant.updateObject(id, properties.parse(body));
      return {};
    case 'DELETE objects':
      return { deleted: tenant.deleteObject(id, { permanently: query.get('permanently') === 'true' }) };
    case 'POST objects/restore':
      return { restored: tenant.restoreObject(id) };
    case 'PUT apps/permissions': {
      const wanted = z.array(z.string()).parse(body);
      tenant.revoke(id);
      tenant.grant(id, ...wanted);
      return tenant.app(id);
    }
    case 'POST apps/secrets': {
      const secret = z
        .object({ value: z.string().optional(), endDateTime: z.string().optional() })
        .parse(body ?? {});
      return { value: tenant.addSecret(id, secret.value, secret.endDateTime) };
    }
    case 'DELETE apps/secrets':
      tenant.removeSecrets(id);
      return {};
    case 'POST apps/expire-secrets':
      tenant.expireSecrets(id);
      return {};
    case 'POST apps/certificates':
      tenant.addCertificate(id, z.object({ pem: z.string() }).parse(body).pem);
      return {};
    case 'POST apps/sign-in-error':
      tenant.failSignIn(id, z.object({ code: z.number().int().nullable() }).parse(body).code);
      return {};
    case 'POST expire-access-tokens':
      tenant.expireAccessTokens();
      return {};
    case 'POST expire-delta-tokens':
      tenant.expireDeltaTokens();
      return {};
    case 'GET device-codes':
      return login.deviceCodes.waiting();
    case 'POST device-codes/approve':
      login.deviceCodes.approve(id, z.object({ userId: z.string() }).parse(body).userId);
      return {};
    case 'POST device-codes/decline':
      login.deviceCodes.decline(id);
      return {};
    case 'POST faults': {
      const input = faultInput.parse(body);
      const { path: pattern, ...fault } = input;
      faults.add(pattern === undefined ? fault : { ...fault, path: new RegExp(pattern, 'i') });
      return { waiting: faults.waiting };
    }
    case 'GET faults':
      return { waiting: faults.waiting };
    case 'DELETE faults':
      faults.clear();
      return {};
    case 'GET counters':
      return { ...log.counters, dangerous: log.dangerous };
    case 'GET log':
      return log.entries().slice(-Number(query.get('last') ?? 1000));
    case 'DELETE log':
      log.clear();
      return {};
    case 'POST save':
      await save();
      return {};
    default:
      return missing(`${method} /emulator/${path.join('/')}`);
  }
}

function many<T>(body: unknown, add: (input: Record<string, unknown>) => T): T | T[] {
  const input = oneOrMore.parse(body ?? {});
  return Array.isArray(input) ? input.map(add) : add(input);
}

function missing(what: string): never {
  throw new ControlError(404, `There is no ${what}.`);
}
