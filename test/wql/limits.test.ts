import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWql } from '../../src/collections/wql/index.ts';
import { members } from './support/members.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses, smallResources } from './support/small-site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(smallClasses, smallResources);
});
afterAll(() => site.close());

const devices = 'select * from SMS_R_System where ';

describe('large queries run', () => {
  it('with thousands of conditions joined by or', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `Name like '%pc${i}_'`);
    expect(await members(site, `${devices}${names.join(' or ')} or Name = 'paris'`)).toEqual([3, 5]);
  });

  it('with thousands of conditions joined by and', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `Name <> 'pc${i}'`);
    expect(await members(site, `${devices}${names.join(' and ')} and Client = 3`)).toEqual([5]);
  });

  it('with a list of 40,000 names, more than a statement may have parameters', async () => {
    const names = Array.from({ length: 40_000 }, (_, i) => `'pc${i}'`).join(',');
    expect(await members(site, `${devices}Name in (${names}, 'Paris')`)).toEqual([3, 5]);
  });

  it('nested as deep as is allowed', async () => {
    const deep = Array.from({ length: 130 }).reduce<string>(
      (inner, _, i) => (i % 2 ? `(Client = 9 or ${inner})` : `not (Client = 8 and ${inner})`),
      'Client = 1',
    );
    const wql = devices + deep;
    const checked = checkWql(wql, site.catalogue, { collections: () => undefined });
    expect(Array.isArray(checked)).toBe(false);
    await members(site, wql);
  });

  it('with subselects in subselects', async () => {
    const deep = Array.from({ length: 16 }).reduce<string>(
      inner => `ResourceID in (select ResourceID from SMS_R_System where ${inner})`,
      'Client = 1',
    );
    expect(await members(site, devices + deep)).toEqual([1, 4]);
  });
});

describe('what is too large is refused', () => {
  it.each<[string, string, RegExp]>([
    ['parentheses', `${devices}${'('.repeat(50_000)}Client = 1`, /nested more than 200 levels/],
    ['not', `${devices}${'not '.repeat(50_000)}Client = 1`, /nested more than 200 levels/],
    ['functions', `${devices}${'upper('.repeat(50_000)}Name`, /nested more than 200 levels/],
    ['text', `${devices}Name = '${'x'.repeat(1_000_000)}'`, /longer than/],
    ['a pattern', `${devices}Name like '${'x'.repeat(5000)}'`, /longer than 4000/],
    [
      'conditions',
      `${devices}${Array.from({ length: 40_000 }, () => 'Client > 1').join(' or ')}`,
      /more than 32,000 values/,
    ],
    [
      'classes',
      `select r.ResourceID from SMS_R_System r ${Array.from({ length: 60 }, (_, i) => `join SMS_R_System r${i} on r${i}.Name = r.Name`).join(' ')}`,
      /more than 50 classes/,
    ],
    [
      'subselects',
      devices +
        Array.from({ length: 100 }).reduce<string>(
          inner => `ResourceID in (select ResourceID from SMS_R_System where ${inner})`,
          'Client = 1',
        ),
      /nested/,
    ],
  ])('%s', (_, wql, message) => {
    const checked = checkWql(wql, site.catalogue, { collections: () => undefined });
    expect(Array.isArray(checked) && checked[0]?.message).toMatch(message);
  });
});

describe('a text full of errors', () => {
  it('is looked at until 50 have been found', () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `Naem${i} = 'x'`);
    const checked = checkWql(devices + names.join(' or '), site.catalogue, { collections: () => undefined });
    expect(checked).toHaveLength(50);
  });
});
