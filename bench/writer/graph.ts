import { Agent } from 'undici';
import { z } from 'zod';
import type { Emulator } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';

/** How one request was answered. */
export interface Answer {
  status: number;
  /** Milliseconds to wait, where it was told. */
  retryAfterMs: number | null;
}

/** A request inside a batch. */
export interface Part {
  method: 'PATCH' | 'DELETE';
  url: string;
  body?: object;
}

/** A plain client of Graph, as a script has it: a token, keep-alive, no rate of its own. */
export interface Graph {
  readonly clock: Clock;
  /** The address that a reference to an object has in a body. */
  reference(objectId: string): string;
  send(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>;
  /** Sends a batch; answers in the order of the parts. */
  sendBatch(parts: readonly Part[]): Promise<Answer[]>;
  close(): Promise<void>;
}

const headers = z.record(z.string(), z.string());
const batchAnswer = z.object({
  responses: z.array(z.object({ id: z.string(), status: z.number(), headers: headers.optional() })),
});

/** Signs in to an emulated tenant with the secret of its app. */
export async function signIn(emulator: Emulator, clock: Clock): Promise<Graph> {
  const agent = new Agent({ connect: { ca: emulator.caPem } });
  const { tenantId, clientId, clientSecret } = emulator.credentials;
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
    scope: `${emulator.graphUrl}/.default`,
  });
  const told = await agent.request({
    origin: emulator.loginUrl,
    path: `/${tenantId}/oauth2/v2.0/token`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await told.body.json());

  const call = (method: 'POST' | 'DELETE', path: string, body?: object) =>
    agent.request({
      origin: emulator.graphUrl,
      path: `/v1.0${path}`,
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  return {
    clock,
    reference: objectId => `${emulator.graphUrl}/v1.0/directoryObjects/${objectId}`,
    async send(method, path, body) {
      const answer = await call(method, path, body);
      await answer.body.dump();
      return { status: answer.statusCode, retryAfterMs: waitOf(answer.headers['retry-after']) };
    },
    async sendBatch(parts) {
      const requests = parts.map(({ method, url, body }, id) => ({
        id: String(id),
        method,
        url,
        ...(body ? { headers: { 'content-type': 'application/json' }, body } : {}),
      }));
      const answer = await call('POST', '/$batch', { requests });
      const { responses } = batchAnswer.parse(await answer.body.json());
      const byId = new Map(responses.map(response => [response.id, response]));
      return requests.map(({ id }) => {
        const response = byId.get(id);
        if (!response) throw new Error(`The batch's answer lacks request ${id}.`);
        const told = Object.entries(response.headers ?? {}).find(([name]) => /^retry-after$/i.test(name));
        return { status: response.status, retryAfterMs: waitOf(told?.[1]) };
      });
    },
    close: () => agent.close(),
  };
}

function waitOf(header: string | string[] | undefined): number | null {
  const seconds = Number.parseFloat(String(header));
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
