import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fold } from '../../src/base/index.ts';
import { checkWql, compileWql, WqlError } from '../../src/collections/wql/index.ts';
import { now } from './support/members.ts';
import { readCorpus } from './support/shared.ts';
import { makeSite, type Site, standardDefinitions } from './support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(standardDefinitions(), []);
});
afterAll(() => site.close());

/** Checks any text; what passes must run. Whatever is not a WqlError fails the test. */
async function survive(wql: string): Promise<'refused' | 'ran'> {
  const checked = checkWql(wql, site.catalogue, { collections: () => undefined, purpose: 'query' });
  if (Array.isArray(checked)) {
    expect(checked.length).toBeGreaterThan(0);
    for (const error of checked) {
      expect(error).toBeInstanceOf(WqlError);
      expect(error.line).toBeGreaterThan(0);
      expect(error.column).toBeGreaterThan(0);
    }
    return 'refused';
  }
  const { sql, parameters } = compileWql(checked, { now });
  await site.run(sql, parameters);
  return 'ran';
}

const words =
  `select * distinct from where and or not like in is null true false inner left right full outer join on
  as order by asc desc SMS_R_System SMS_R_User SMS_G_System_SYSTEM SMS_G_System_COMPUTER_SYSTEM Name ResourceID Client
  SystemOUName Model CreationDate r s = <> < > <= >= != ( ) , . - + 1 0x1f 2.5 'a' "b%" '[' '\\\\' 'true'
  '2026-01-01' GetDate() DateDiff( DateAdd( DatePart( day month Upper( Substring( r.Name SMS_R_System.Name
  SMS_G_System_COMPUTER_SYSTEM.Model SMS_CM_RES_COLL_X SMS_FullCollectionMembership CollectionID union ; -- ' " $x`
    .trim()
    .split(/\s+/);

const samples = [
  "select * from SMS_R_System where Name like 'a%' and Client = 1",
  "select r.ResourceID from SMS_R_System r join SMS_G_System_SYSTEM s on s.ResourceID = r.ResourceID where s.Name <> r.Name or not r.SystemOUName = 'X/Y'",
  "select ResourceID from SMS_R_System where ResourceID not in (select ResourceID from SMS_G_System_COMPUTER_SYSTEM where Model in ('a', 'b', 3))",
  'select * from SMS_R_System where DateDiff(day, CreationDate, GetDate()) > 30 and DateAdd(mm, 1, CreationDate) < "2026-01-01"',
];

describe('no text', () => {
  it('of any characters does more than be refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async text => {
        await survive(text);
        await survive(`select * from SMS_R_System where Name = ${text}`);
        await survive(`select * from SMS_R_System where Name like '${text}'`);
      }),
      { numRuns: 300 },
    );
  });

  it('of words in any order does more than be refused or run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 40 }), async soup => {
        await survive(soup.join(' '));
        await survive(`select * from SMS_R_System where ${soup.join(' ')}`);
      }),
      { numRuns: 500 },
    );
  });

  it('like a real query with a few characters changed does more than be refused or run', async () => {
    const queries = [...samples, ...readCorpus().map(query => query.wql)];
    const outcomes = { refused: 0, ran: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...queries),
        fc.array(
          fc.tuple(fc.nat(), fc.nat(3), fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 }))),
          {
            maxLength: 4,
          },
        ),
        async (query, changes) => {
          let text = query;
          for (const [where, removed, added] of changes) {
            const at = where % (text.length + 1);
            text = text.slice(0, at) + added + text.slice(at + removed);
          }
          outcomes[await survive(text)]++;
        },
      ),
      { numRuns: 500 },
    );
    expect(outcomes.ran).toBeGreaterThan(20);
    expect(outcomes.refused).toBeGreaterThan(20);
  });
});

describe('what is written between quotes', () => {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

  it('reaches SQL only as a parameter', () => {
    const compile = (text: string) => {
      const wql = `select * from SMS_R_System where Name = ${quoted(text)} or SystemOUName in (${quoted(text)}, 'x')
        or ResourceID in (select ResourceID from SMS_G_System_COMPUTER_SYSTEM where Model <> ${quoted(text)})
        or Client = ${quoted(`q${text}`)}`;
      const checked = checkWql(wql, site.catalogue, { collections: () => undefined });
      if (Array.isArray(checked)) throw checked[0];
      return compileWql(checked, { now }).sql;
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        expect(compile(text)).toBe(compile('other'));
      }),
    );
  });

  it('is found as it is stored', async () => {
    const own = await makeSite({ SMS_R_System: { properties: { Name: 'string' } } }, []);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), async text => {
        await own.run('delete from class_1');
        await own.run('insert into class_1 values (1, 0, ?)', [fold(text)]);
        const checked = checkWql(`select * from SMS_R_System where Name = ${quoted(text)}`, own.catalogue, {
          collections: () => undefined,
        });
        if (Array.isArray(checked)) throw checked[0];
        const { sql, parameters } = compileWql(checked, { now });
        expect(await own.run(sql, parameters)).toHaveLength(1);
      }),
    );
    await own.close();
  });
});
