import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleCollections, sampleGroups, sampleSite } from '../../src/cli/commands/demo/sample/index.ts';
import { resourceRecord } from '../../src/inventory/index.ts';
import { inProcess } from './rollcall.ts';

const now = new Date('2026-06-01T12:00:00Z');
const site = sampleSite(now);
const names = new Set(site.records.map(record => record.name));

describe('the sample site', () => {
  it('is the same every time', () => {
    expect(sampleSite(now)).toEqual(site);
  });

  it('has about 2,000 devices and 500 users, each with a name and an id of its own', () => {
    const devices = site.records.filter(record => record.type === 'device');
    expect([devices.length, site.records.length - devices.length]).toEqual([2_000, 500]);
    expect(names.size).toBe(2_500);
    expect(new Set(site.records.map(record => record.externalId)).size).toBe(2_500);
  });

  it('is made of records that can be imported', () => {
    for (const record of site.records) expect(resourceRecord.safeParse(record).error).toBeUndefined();
  });

  it('has devices that Entra does not know, knows twice, and knows by another id', () => {
    const inEntra = new Map(site.entraDevices.map(device => [device.deviceId, device]));
    const devices = site.records.filter(record => record.type === 'device');
    const missing = devices.filter(device => !inEntra.has(device.entraDeviceId ?? ''));
    expect(missing.length).toBeGreaterThan(100);
    const twice =
      site.entraDevices.length - new Set(site.entraDevices.map(device => device.displayName)).size;
    expect(twice).toBeGreaterThan(20);
    expect(new Set(site.entraDevices.map(device => device.id)).size).toBe(site.entraDevices.length);
  });

  it('has rules of every kind, and half of its collections feed a group', () => {
    for (const kind of ['direct', 'query', 'include', 'exclude', 'limitTo'] as const) {
      expect(sampleCollections.some(plan => plan[kind] !== undefined)).toBe(true);
    }
    const mapped = sampleCollections.filter(plan => plan.group !== undefined);
    expect(mapped.length / sampleCollections.length).toBeCloseTo(0.5, 0);
    for (const plan of mapped) {
      const group = sampleGroups.find(each => each.displayName === plan.group);
      expect(group).toBeDefined();
      expect([group?.dynamic, group?.onPremises]).toEqual([undefined, undefined]);
    }
  });

  it('names in its rules only what is there by then', () => {
    for (const [at, plan] of sampleCollections.entries()) {
      expect((plan.direct ?? []).filter(name => !names.has(name))).toEqual([]);
      const earlier = sampleCollections.slice(0, at).map(each => each.name);
      const others = [
        ...(plan.include ?? []),
        ...(plan.exclude ?? []),
        ...(plan.limitTo ? [plan.limitTo] : []),
      ];
      expect(others.filter(name => !earlier.includes(name))).toEqual([]);
    }
  });

  it('has queries that are right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-sample-'));
    try {
      const queries = sampleCollections.filter(plan => plan.query !== undefined && plan.name !== 'Finance');
      const file = join(folder, 'queries.jsonl');
      await writeFile(file, queries.map(plan => JSON.stringify({ wql: plan.query })).join('\n'));
      const checked = await inProcess(['--data', join(folder, 'none'), 'wql', 'check', file]);
      expect(checked).toEqual({ code: 0, stdout: `${queries.length} checked, none wrong.\n`, stderr: '' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
