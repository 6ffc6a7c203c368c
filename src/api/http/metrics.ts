import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { activityTotals, finishedRuns, summarizeMappings } from '../../cloudsync/index.ts';
import { lastCycle } from '../../schedule/index.ts';
import { authenticate } from '../auth/authenticate.ts';
import { wholeSite } from '../auth/scopes.ts';
import { mappingStatusWord } from '../contract/index.ts';
import { overview } from '../overview/overview.ts';
import type { Services } from '../services.ts';
import { answerOf, described } from './described.ts';

/**
 * GET /metrics: figures for Prometheus, read from the store when they are asked for. It needs a token of any role:
 * names of tenants stand in it, and behind a proxy everybody comes from loopback.
 */
export function registerMetrics(app: FastifyInstance, services: Services): void {
  const metrics = createMetrics(services);
  app.addHook('onClose', async () => metrics.registry.clear());
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (route.endsWith('/events')) return;
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    metrics.requests.observe(labels, reply.elapsedTime / 1_000);
  });
  const text = { 200: answerOf('text/plain', "Prometheus' exposition format") };
  const description = 'Needs a token of any role that is not limited to collections.';
  const schema = described('metrics', 'metrics', 'Figures for Prometheus', text, { description });
  app.get('/metrics', { schema }, async (request, reply) => {
    const identity = await authenticate(services, request);
    if (identity.limits.length > 0) throw wholeSite();
    await metrics.refresh();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

function createMetrics(services: Services) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'rollcall_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `rollcall_${name}`, help, labelNames, registers });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `rollcall_${name}`, help, labelNames, registers });

  const requests = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'How long requests took to be answered.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 5, 30],
    registers,
  });
  const runDuration = new Histogram({
    name: 'rollcall_run_duration_seconds',
    help: 'How long synchronizations of a group took, since the server started.',
    labelNames: ['kind', 'status'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1_800],
    registers,
  });
  const totals = {
    runs: counter('runs_total', 'Synchronizations of a group that have ended.', ['tenant']),
    failedRuns: counter('runs_failed_total', 'Of these, stopped by a problem.', ['tenant']),
    heldRuns: counter('runs_held_total', 'Of these, held for approval.', ['tenant']),
    added: counter('members_added_total', 'Members added to groups.', ['tenant']),
    removed: counter('members_removed_total', 'Members removed from groups.', ['tenant']),
    failed: counter('members_failed_total', 'Changes of members that Entra refused.', ['tenant']),
    requests: counter('graph_requests_total', 'Requests that runs have sent to Microsoft Graph.', ['tenant']),
    writes: counter('graph_writes_total', 'Of these, writes.', ['tenant']),
  };
  const gauges = {
    mappings: gauge('mappings', 'Mappings by status.', ['status']),
    members: gauge('members', 'Members of all mappings by status.', ['status']),
    approvals: gauge('approvals_waiting', 'Plans that wait for approval.'),
    quota: gauge('quota_used_ratio', 'Part of the allowed writes used since the hour before.', ['tenant']),
    health: gauge('tenant_healthy', '1: nothing to warn of; 0: see the overview.', ['tenant']),
    expiry: gauge('credential_expiry_timestamp_seconds', 'When the credential of a tenant ends.', ['tenant']),
    collections: gauge('collections', 'Collections by type.', ['type']),
    evaluationFailed: gauge('collections_failed', 'Collections whose last evaluation failed.'),
    cycle: gauge('cycle_duration_seconds', 'How long the last round of the schedule took.'),
    cycleAt: gauge('cycle_finished_timestamp_seconds', 'When the last round of the schedule ended.'),
    evaluation: gauge('evaluation_duration_seconds', 'How long the evaluation in the last round took.'),
  };
  let lastRun: number | undefined;

  async function refresh(): Promise<void> {
    const { store } = services;
    const now = await overview(services, { bucket: 'hour', hours: 1 });
    for (const word of mappingStatusWord.options) {
      gauges.mappings.set({ status: word }, now.mappings.byStatus[word] ?? 0);
    }
    const { members } = await summarizeMappings(store);
    for (const [status, count] of Object.entries(members)) {
      if (status !== 'total') gauges.members.set({ status }, count);
    }
    gauges.approvals.set(now.approvals.total);
    gauges.collections.set({ type: 'device' }, now.collections.devices);
    gauges.collections.set({ type: 'user' }, now.collections.users);
    gauges.evaluationFailed.set(now.collections.failed);
    for (const one of [gauges.quota, gauges.health, gauges.expiry]) one.reset();
    for (const { name: tenant, quota, health, credentialExpiresAt } of now.tenants) {
      gauges.quota.set({ tenant }, quota.usedPercent / 100);
      gauges.health.set({ tenant }, health === 'healthy' ? 1 : 0);
      if (credentialExpiresAt) gauges.expiry.set({ tenant }, Date.parse(credentialExpiresAt) / 1_000);
    }
    const cycle = await lastCycle(store.db);
    if (cycle) {
      gauges.cycle.set(cycle.elapsedMs / 1_000);
      gauges.cycleAt.set(Date.parse(cycle.finishedAt) / 1_000);
      gauges.evaluation.set(cycle.evaluationMs / 1_000);
    }
    const sums = await activityTotals(store.db);
    for (const [field, metric] of Object.entries(totals)) {
      metric.reset();
      for (const row of sums) metric.inc({ tenant: row.tenant }, row[field as keyof typeof totals]);
    }
    const runs = await finishedRuns(store.db, lastRun);
    lastRun = runs.upTo;
    for (const { kind, status, seconds } of runs.ended) runDuration.observe({ kind, status }, seconds);
  }

  return { registry, requests, refresh };
}
