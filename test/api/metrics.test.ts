import { describe, expect, it } from 'vitest';
import { run, world } from './world.ts';

async function metrics({ app, token }: Pick<Awaited<ReturnType<typeof world>>, 'app' | 'token'>) {
  const answer = await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${token}` } });
  expect(answer.headers['content-type']).toContain('text/plain');
  return answer.body;
}

describe('the figures for Prometheus', () => {
  it('tell runs, members, writes, quota and mappings by status', async () => {
    const it = await world({ inGroup: ['A'] });
    await metrics(it);
    await run(it);
    const text = await metrics(it);
    for (const line of [
      'rollcall_runs_total{tenant="Contoso"} 1',
      'rollcall_members_added_total{tenant="Contoso"} 2',
      'rollcall_members_removed_total{tenant="Contoso"} 1',
      'rollcall_mappings{status="Success"} 1',
      'rollcall_mappings{status="Failed"} 0',
      'rollcall_members{status="completed"} 2',
      'rollcall_approvals_waiting 0',
      'rollcall_run_duration_seconds_count{kind="full",status="success"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(/rollcall_graph_writes_total\{tenant="Contoso"\} [1-9]/);
    expect(text).toMatch(/rollcall_quota_used_ratio\{tenant="Contoso"\} 0/);
    expect(text).toMatch(
      /rollcall_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/mappings"/,
    );
  });

  it('count a run once, however often they are read', async () => {
    const it = await world();
    await metrics(it);
    await run(it);
    await metrics(it);
    expect(await metrics(it)).toContain(
      'rollcall_run_duration_seconds_count{kind="full",status="success"} 1\n',
    );
    expect(await metrics(it)).toContain('rollcall_runs_total{tenant="Contoso"} 1\n');
  });

  it('are told to who has a token, and not to who is limited to some collections', async () => {
    const { app, client } = await world();
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(401);
    const body = { name: 'Part', role: 'read-only', collections: ['SMS00001'] } as const;
    const { token } = await client.call('createToken', { body: { ...body, collections: ['SMS00001'] } });
    const answer = await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${token}` } });
    expect(answer.json()).toMatchObject({ status: 403, code: 'outside-scope' });
  });
});
