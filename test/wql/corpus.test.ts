import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckedQuery, checkWql, compileWql } from '../../src/collections/wql/index.ts';
import { cutOff, hasShared, readCorpus } from './support/shared.ts';
import { makeSite, type Site, standardDefinitions } from './support/site.ts';

const sound = readCorpus().filter(query => !query.suspect);
const whole = sound.filter(query => !cutOff.has(query.id));
const now = new Date('2026-03-01T12:00:00Z');

describe.skipIf(!hasShared)('the published queries', () => {
  let site: Site;
  beforeAll(async () => {
    site = await makeSite(
      {
        ...standardDefinitions(),
        // What these administrators' sites brought themselves.
        SMS_G_System_DOMAINHolding: { properties: { AppProfile: 'string', TS_Name: 'string' } },
      },
      [],
    );
    await site.run('create temp table changed (resource_id integer primary key)');
  });
  afterAll(() => site.close());

  const check = (query: { wql: string; kind: 'device' | 'user' }, purpose: 'rule' | 'query') =>
    checkWql(query.wql, site.catalogue, { collections: () => undefined, type: query.kind, purpose });

  it('compile and run, all that are sound', async () => {
    expect([sound.length, whole.length]).toEqual([210, 204]);
    const failures: string[] = [];
    for (const query of whole) {
      const checked = check(query, 'query');
      if (Array.isArray(checked)) {
        failures.push(`${query.id}: ${checked.map(error => error.message).join(' ')}`);
        continue;
      }
      for (const options of [{ now }, { now, resourceIds: { table: 'changed' } }]) {
        const { sql, parameters } = compileWql(checked, options);
        await site.run(sql, parameters);
      }
    }
    expect(failures).toEqual([]);
  });

  it('are refused as rules only where they do not select ResourceID', () => {
    const refused = whole.flatMap(query => {
      const checked = check(query, 'rule');
      return Array.isArray(checked) ? [{ query, errors: checked }] : [];
    });
    expect(refused).toHaveLength(10);
    for (const { query, errors } of refused) {
      expect(errors[0]?.message).toMatch(/must select ResourceID/);
      expect(query.wql).not.toMatch(/^select(?:(?!\bfrom\b).)*resourceid/is);
    }
  });

  it('are said to be cut off where they end in the middle', () => {
    for (const query of sound.filter(entry => cutOff.has(entry.id))) {
      expect(check(query, 'query'), query.id).toHaveProperty('length', 1);
    }
  });

  it('depend on the rows of other resources only where they compare resources or read lists of the site', () => {
    const others = whole.filter(query => !(check(query, 'query') as CheckedQuery).ownRowsOnly);
    expect(others.map(query => query.id)).toEqual([
      'q0121',
      'q0122',
      'q0148',
      'q0149',
      'q0150',
      'q0160',
      'q0175',
      'q0198',
    ]);
  });
});
