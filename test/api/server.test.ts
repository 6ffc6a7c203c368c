import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClientCertificate, startEmulator } from '../../emulator/index.ts';
import {
  createClient,
  createLog,
  job,
  jobResult,
  type ServerOptions,
  startServer,
} from '../../src/api/index.ts';
import { connect } from './entra.ts';
import { cheapPasswords, dataFolder, imported } from './house.ts';
import { browser } from './running-server.ts';

async function server(options: Partial<ServerOptions> = {}) {
  const log = createLog('silent', { write() {} });
  const dataDir = options.dataDir ?? (await dataFolder());
  const started = await startServer({
    dataDir,
    env: {},
    host: '127.0.0.1',
    port: 0,
    cycle: false,
    log,
    ...options,
  });
  onTestFinished(() => started.close());
  const client = createClient(async ({ method, url, headers, body }) => {
    const answer = await fetch(started.url + url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body as string }),
    });
    return { status: answer.status, body: await answer.text() };
  }, started.token);
  return { ...started, client, dataDir };
}

describe('the server', () => {
  it('does long work in a thread of its own and answers meanwhile', async () => {
    const app = await server();
    const lines = Array.from({ length: 20_000 }, (_, n) => `{"type":"device","name":"PC${n}"}`).join('\n');
    const job = await app.client.call('importResources', { body: lines });
    let answers = 0;
    let state = job.state;
    while (state === 'queued' || state === 'running') {
      state = (await app.client.call('getJob', { params: { id: job.id } })).state;
      answers += 1;
    }
    expect(state).toBe('succeeded');
    expect(answers).toBeGreaterThan(3);
    const { items } = await app.client.call('listResources', { query: { search: 'PC19999' } });
    expect(items).toHaveLength(1);
  });

  it('runs the cycle when told, and tells its first round', async () => {
    const app = await server();
    const job = await app.startCycle();
    expect(job).toMatchObject({ kind: 'cycle', state: 'succeeded', result: { outcome: 'done', groups: [] } });
  });

  it('does an idle round in no time: nothing to read but what changed, nothing to write', async () => {
    const entra = await startEmulator({ throttling: false });
    onTestFinished(() => entra.close());
    const app = await server();
    await connect(app.client, entra);
    const device = entra.tenant.addDevice({ displayName: 'A' });
    entra.tenant.addGroup({ displayName: 'Group1' });
    await imported(app, [{ type: 'device', name: 'A', entraDeviceId: device.deviceId }]);
    await app.client.call('addMapping', { body: { collection: 'SMS00001', group: 'Group1' } });
    const round = async () => {
      const { id } = await app.engine.submit({ kind: 'cycle', arguments: {} }, 'schedule');
      return await app.engine.wait(id);
    };
    const first = jobResult(job.parse(await round()), 'cycle');
    expect(first).toMatchObject({ outcome: 'done', groups: [{ added: 1 }] });
    const { writes, requests } = entra.counters;
    expect(await round()).toMatchObject({ state: 'succeeded', result: { outcome: 'done' } });
    expect(entra.counters.writes).toBe(writes);
    expect(entra.counters.requests).toBe(requests);
  });

  it('tells jobs as they move by server-sent events, and ends them when it closes', async () => {
    const app = await server();
    const stream = await fetch(`${app.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${app.token}` },
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const job = await app.client.call('evaluate', { body: {} });
    let text = '';
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes('"succeeded"')) text += (await reader?.read())?.value ?? '';
    expect(text).toContain('event: job');
    expect(text).toContain(job.id);
    await app.close();
    while (!(await reader?.read())?.done);
  });

  it('tells who comes back after a break to read everything again, and who looks on what others change', async () => {
    const app = await server();
    const headers = { authorization: `Bearer ${app.token}`, 'last-event-id': 'before-1' };
    const stream = await fetch(`${app.url}/api/v1/events`, { headers });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? '';
    };
    await until('event: resync\ndata: {"type":"resync"}');
    expect(text).toMatch(/\nid: [\w-]+-1\nevent: resync/);
    await app.client.call('createCollection', { body: { name: 'New', type: 'device' } });
    await until('data: {"type":"changed","what":"collections"}');
    await until('event: overview');
    await reader?.cancel();
  });

  it('tells by events no more than may be seen by now, however long the stream has been open', async () => {
    const app = await server({ passwordCost: cheapPasswords });
    const body = { name: 'Bob', password: 'correct horse battery', role: 'read-only' } as const;
    await app.client.call('createAccount', { body });
    const page = browser(app.url);
    await page.send('POST', '/session', body);
    const cookie = `rollcall_session=${page.cookies.get('rollcall_session')}`;
    const stream = await fetch(`${app.url}/api/v1/events`, { headers: { cookie } });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? '';
    };
    // A number from the first, by which a browser asks to be told what it has missed.
    await until('\n\n');
    expect(text).toMatch(/^id: [\w-]+-0\n/);
    const first = await app.client.call('evaluate', { body: {} });
    await until(`"${first.id}","kind":"evaluate","state":"succeeded"`);
    await app.client.call('updateAccount', { params: { ref: 'Bob' }, body: { collections: ['SMS00001'] } });
    const second = await app.client.call('evaluate', { body: {} });
    await app.client.call('getJob', { params: { id: second.id }, query: { wait: 30 } });
    await app.client.call('createCollection', { body: { name: 'Last', type: 'device' } });
    await until('"what":"collections"');
    expect(text).not.toContain(second.id);
    await reader?.cancel();
  });

  it('asks for a token before it tells events', async () => {
    const app = await server();
    expect((await fetch(`${app.url}/api/v1/events`)).status).toBe(401);
  });

  it('believes a trusted proxy whom it speaks for, and nobody else', async () => {
    const { url } = await server({ trustedProxies: ['127.0.0.0/8'] });
    const wrong = async (client: string) => {
      // The last is what the proxy itself has seen; what stands before it anybody may have written.
      const headers = { 'x-forwarded-for': `198.51.100.9, ${client}`, 'x-forwarded-proto': 'https' };
      return await browser(url).send('POST', '/session', { token: 'rollcall_x' }, headers);
    };
    for (let n = 0; n < 10; n++) await wrong('192.0.2.1');
    expect([(await wrong('192.0.2.1')).status, (await wrong('192.0.2.2')).status]).toEqual([429, 401]);
    const signedOut = await browser(url).send('DELETE', '/session', undefined, {
      'x-forwarded-proto': 'https',
    });
    expect(signedOut.headers.getSetCookie()[0]).toMatch(/^__Host-rollcall_session=.*; Secure$/);
  });

  it('says whether it lives and is ready, to anyone', async () => {
    const app = await server();
    for (const path of ['/healthz', '/readyz']) {
      const answer = await fetch(app.url + path);
      expect(await answer.json()).toEqual({ status: 'ok' });
    }
  });

  it.each(['0.0.0.0', '192.0.2.1', '::', 'rollcall.example'])('refuses %s without TLS', async host => {
    await expect(server({ host })).rejects.toMatchObject({ code: 'tls-needed' });
  });

  it('listens on every address with TLS, and tells browsers to stay with it', async () => {
    const { certPem: cert, keyPem: key } = makeClientCertificate('rollcall.example');
    const app = await server({ host: '0.0.0.0', tls: { cert, key } });
    expect(app.url).toMatch(/^https:/);
    const url = `https://127.0.0.1:${new URL(app.url).port}/api/v1/session`;
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    onTestFinished(() => dispatcher.close());
    const headers = { authorization: `Bearer ${app.token}` };
    const answer = await request(url, { dispatcher, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['strict-transport-security']).toContain('max-age');
    const body = JSON.stringify({ token: app.token });
    const signIn = await request(url, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(signIn.headers['set-cookie']).toContain('Secure');
    await Promise.all([answer.body.dump(), signIn.body.dump()]);
  });

  it('says so when something already listens there', async () => {
    const first = await server();
    const port = Number(new URL(first.url).port);
    await expect(server({ port })).rejects.toMatchObject({ code: 'address-in-use' });
  });

  it('tells an unreadable store as one clear problem', async () => {
    await expect(server({ dataDir: '/dev/null/rollcall' })).rejects.toMatchObject({
      name: 'Problem',
      kind: 'storage',
    });
  });

  it('logs no secrets', () => {
    let text = '';
    const log = createLog('info', {
      write(line) {
        text += line;
      },
    });
    log.info(
      { req: { headers: { authorization: 'Bearer abc', cookie: 'x=abc' } }, body: { token: 'abc' } },
      'x',
    );
    expect(text).not.toContain('abc');
  });
});
